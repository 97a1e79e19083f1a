/** Asks a server without a page, with the profile's cookies and by its way out. */
import { z } from 'zod';
import type { JsonValue } from '../../workspace/model/workflow.ts';
import { allowedUrl } from './address.ts';
import { defineStep, StepError } from './definition.ts';
import {
  choice,
  type Field,
  flag,
  json,
  optional,
  template,
  variable,
  withDefault,
} from './fields.ts';

/** What the connection itself says is not the workflow's to say. */
const reserved = /^(?:host|content-length|connection|transfer-encoding|proxy-.*|cookie)$/i;

function headersField(): Field<Readonly<Record<string, JsonValue>>> {
  const name = z
    .string()
    .max(200)
    .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'is not a header’s name')
    .refine((header) => !reserved.test(header), 'is a header that the browser says itself');
  return { schema: z.record(name, z.string().max(8_000)), editor: 'json', content: 'json' };
}

/** Bytes of an answer that a variable takes. */
const largestBody = 10 * 1024 * 1024;

export const httpRequest = defineStep({
  type: 'httpRequest',
  group: 'outside',
  fields: {
    method: withDefault(choice(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']), 'GET'),
    url: template(20_000),
    headers: withDefault(headersField(), {}),
    /** Text as it is; anything else as JSON. */
    body: optional(json()),
    /** The variable with its `status`, `headers` and `body`, which is JSON where the answer says so. */
    as: optional(variable()),
    /** An answer from 400 up fails the step. */
    failOnStatus: withDefault(flag(), true),
  },
  template: { type: 'httpRequest', method: 'GET', url: 'https://example.com/api', as: 'answer' },
  async run(context, step) {
    const url = allowedUrl(step.url);
    if (!/^https?:/.test(url)) throw new StepError('urlRefused', 'only http and https are asked');
    const headers = headersOf(step.headers);
    // Tokens are what such headers are for; none of them is to be seen in an event.
    for (const value of Object.values(headers)) context.typed(value);
    const {
      status,
      headers: told,
      body,
    } = await context
      .request({ url, method: step.method, headers, body: bodyOf(step.body) })
      .catch(notReached);
    if (step.failOnStatus && status >= 400) throw new StepError('httpError', `status ${status}`);
    if (step.as === undefined) return;
    if (body.length > largestBody) {
      throw new StepError('dataTooLarge', `${body.length} bytes, at most ${largestBody} are kept`);
    }
    context.setVariable(step.as, { status, headers: told, body: contentOf(body, told) });
  },
});

function headersOf(written: Readonly<Record<string, JsonValue>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(written).map(([name, value]) => {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      if (/[\r\n\0]/.test(text)) {
        throw new StepError('expressionFailed', `the header ${name} has a line break in it`);
      }
      return [name, text];
    }),
  );
}

/** @returns what is sent: JSON is marked as such where it is no text. */
function bodyOf(body: JsonValue | undefined): string | object | undefined {
  if (body === undefined || typeof body === 'string') return body;
  return typeof body === 'object' && body !== null ? body : JSON.stringify(body);
}

/** The browser's words without the log behind them, which repeats the address. */
function notReached(error: unknown): never {
  const [first = ''] = error instanceof Error ? error.message.split('\n') : [];
  if (/Timeout \d+ms exceeded/.test(first)) throw error;
  throw new StepError('pageNotLoaded', first.replace(/^apiRequestContext\.\w+: /, ''));
}

function contentOf(body: Buffer, headers: Readonly<Record<string, string>>): JsonValue {
  const text = body.toString('utf8');
  if (!/[/+]json\b/.test(headers['content-type'] ?? '')) return text;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}
