/** Gives an error of a step its reason. Playwright tells its errors apart by their words alone. */
import type { TaskFailureReason } from '../../workspace/model/run.ts';
import { ExpressionError } from '../expressions/expression.ts';
import { TookTooLong } from '../expressions/guard.ts';
import { StepError } from '../steps/definition.ts';

export interface Classified {
  readonly reason: TaskFailureReason;
  readonly detail: string;
}

/** The first that fits counts. */
const words: readonly (readonly [RegExp, TaskFailureReason])[] = [
  [/ERR_NAME_NOT_RESOLVED|ERR_NAME_RESOLUTION_FAILED|ERR_ICANN_NAME_COLLISION/, 'urlNotResolved'],
  [
    /ERR_UNKNOWN_URL_SCHEME|ERR_DISALLOWED_URL_SCHEME|ERR_UNSAFE_PORT|ERR_INVALID_URL/,
    'urlRefused',
  ],
  [/Cannot navigate to invalid URL/, 'urlRefused'],
  [/ERR_HTTP_RESPONSE_CODE_FAILURE|ERR_INVALID_RESPONSE|ERR_EMPTY_RESPONSE/, 'httpError'],
  [/net::ERR_|page\.goto: Timeout|interrupted by another navigation/, 'pageNotLoaded'],
  [/Page crashed|Target crashed/, 'pageCrashed'],
  [/browser has been closed|Browser closed|has been disconnected/, 'browserLost'],
  [/while parsing|is not a valid|Unknown engine|Malformed|InvalidSelector/, 'elementNotFound'],
  [/Element is not|Node is not|is not attached|Unknown key|cannot be filled/i, 'elementNotUsable'],
  [/Timeout \d+ms exceeded/, 'timeout'],
];

export function classify(error: unknown): Classified {
  if (error instanceof StepError) return { reason: error.reason, detail: error.message };
  if (error instanceof ExpressionError || error instanceof TookTooLong) {
    return { reason: 'expressionFailed', detail: error.message };
  }
  const message = error instanceof Error ? error.message : String(error);
  const reason = words.find(([pattern]) => pattern.test(message))?.[1] ?? 'unexpected';
  return { reason, detail: brief(message) };
}

/** What the browser said about the element when it could not be used. */
const telling =
  /intercepts pointer events|is not (?:enabled|visible|stable|editable)|outside of the viewport|did not find some options|resolved to/;

/** The first line and, out of Playwright's long log, what explains it; never the typed value. */
function brief(message: string): string {
  const [first = '', ...log] = message.replaceAll('\r', '').split('\n');
  const reasons = log.map((line) => line.replace(/^[\s\d×-]+/, '').trim());
  const distinct = new Set(reasons.filter((line) => telling.test(line)));
  return [first, ...[...distinct].slice(-4)].join('\n');
}
