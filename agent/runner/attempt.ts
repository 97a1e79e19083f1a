/** One attempt at one step: what the step may use, and what is known about it afterwards. */
import type { Locator, Page } from 'playwright-core';
import type { JsonValue } from '../../workspace/model/workflow.ts';
import type { Requester } from '../browser/request.ts';
import { within } from '../browser/within.ts';
import { evaluate, evaluateCondition, type Scope } from '../expressions/expression.ts';
import { bareExpression } from '../expressions/template.ts';
import { renderField, renderStrings } from '../steps/content.ts';
import {
  type DialogAnswer,
  type Fields,
  type PreparedStep,
  type RunStep,
  type SeenResponse,
  type StepContext,
  StepError,
  type Target,
  type WorkingPages,
} from '../steps/definition.ts';
import type { Condition } from '../steps/fields.ts';
import { describeSelector, type Selector } from '../steps/selector.ts';
import { type Found, locate, matchesNow } from './locate.ts';
import { StepFailed } from './stepFailed.ts';
import { pause, untilStopped } from './stop.ts';

/** Where in the workflow a step stands. */
export interface Place {
  readonly depth: number;
  readonly iterations: readonly number[];
  readonly scope: Scope;
  /** When the containers around it run out of time, on the monotonic clock; Infinity without such. */
  readonly deadline: number;
}

/** What an attempt needs of the task. */
export interface TaskHands {
  readonly signal: AbortSignal;
  currentPage(): Promise<Page>;
  breathe(): Promise<void>;
  setVariable(name: string, value: JsonValue): void;
  extracted(name: string, value: JsonValue): void;
  picture(name: string, bytes: Uint8Array, mediaType: 'image/png' | 'image/jpeg'): void;
  typed(text: string): void;
  runSteps(steps: readonly PreparedStep[], place: Place): Promise<void>;
  downloadsSettled(): Promise<void>;
  readonly pages: WorkingPages;
  answerNextDialog(answer: DialogAnswer): void;
  responses(): readonly SeenResponse[];
  readonly requester: Requester;
}

/** Filled in while the attempt runs, read when it is over. */
export interface AttemptNotes {
  /** The rendered target, once the step has looked for it. */
  target: Target | null;
  selector: Selector | null;
  fallback: Selector | null;
}

/** Milliseconds that Playwright's own timeout, which says more, gets before ours. */
const grace = 500;

/** @throws whatever the step threw, or the reason why the task was stopped */
export async function runAttempt(
  prepared: PreparedStep,
  place: Place,
  hands: TaskHands,
  notes: AttemptNotes,
): Promise<void> {
  const { definition, options } = prepared;
  const timeout = options.timeout ?? definition.timeout ?? Number.POSITIVE_INFINITY;
  const deadline = Math.min(place.deadline, performance.now() + timeout);
  if (performance.now() >= place.deadline) {
    throw new StepError('timeout', 'the time of the step around it is up');
  }
  const values = render(prepared, place.scope);
  const page = await untilStopped(hands.signal, limit(deadline), hands.currentPage());
  const attempt = createContext({ ...place, deadline }, page, hands, notes);
  try {
    const running = definition.run(attempt.context, values);
    // What contains steps ends when they do, each of which is watched.
    if (definition.timeout === null) await running;
    else await untilStopped(hands.signal, limit(deadline), running);
  } finally {
    attempt.end();
  }
}

function limit(deadline: number): number {
  // Timers can not wait longer than this; the task's own deadline is shorter.
  return Math.min(deadline - performance.now() + grace, 2_000_000_000);
}

function render({ definition, values }: PreparedStep, scope: Scope): RunStep<Fields> {
  const rendered = Object.entries(definition.fields).map(([name, field]) => [
    name,
    renderField(values[name], field.content, scope),
  ]);
  return Object.fromEntries(rendered);
}

function createContext(place: Place, page: Page, hands: TaskHands, notes: AttemptNotes) {
  let over = false;
  /** An abandoned step may still be running; it has no say any more. */
  const live = () => {
    if (over) throw new StepError('timeout', 'the attempt is over');
  };
  const remaining = () => {
    const left = Math.ceil(place.deadline - performance.now());
    return Number.isFinite(left) ? Math.max(1, left) : 600_000;
  };
  const patience = { remaining, pause: (time: number) => pause(hands.signal, time) };
  const note = (target: Target, { selector, position }: Found): void => {
    notes.target = target;
    notes.selector = selector ?? null;
    notes.fallback = position > 0 ? (selector ?? null) : null;
  };
  const context: StepContext = {
    page,
    remaining,
    pause: patience.pause,
    breathe: hands.breathe,
    async locate(target): Promise<Locator> {
      notes.target = target;
      notes.selector = target.selectors[0] ?? null;
      const found = await locate(page, target, patience);
      note(target, found);
      return found.locator;
    },
    async matches(target): Promise<Locator> {
      const found = await matchesNow(page, target);
      note(target, found);
      return found.locator;
    },
    evaluateIn: (names, expression) =>
      evaluate(bareExpression(expression), scopeWith(place.scope, names)),
    holds: (condition) =>
      untilStopped(hands.signal, limit(place.deadline), holds(page, condition, place.scope)),
    setVariable(name, value) {
      live();
      hands.setVariable(name, value);
    },
    extracted(name, value) {
      live();
      hands.extracted(name, value);
    },
    picture(name, bytes, mediaType) {
      live();
      hands.picture(name, bytes, mediaType);
    },
    typed: hands.typed,
    async runSteps(steps, iteration) {
      live();
      const inner = { ...place, depth: place.depth + 1 };
      if (!iteration) return hands.runSteps(steps, inner);
      const iterations = [...place.iterations, iteration.index];
      const scope = scopeWith(place.scope, iteration.names);
      return hands.runSteps(steps, { ...inner, iterations, scope });
    },
    async trySteps(steps, names = {}) {
      live();
      const scope = scopeWith(place.scope, names);
      try {
        await hands.runSteps(steps, { ...place, depth: place.depth + 1, scope });
        return null;
      } catch (error) {
        if (error instanceof StepFailed && !hands.signal.aborted) return error.failure;
        throw error;
      }
    },
    failAgain(failure) {
      throw new StepFailed(failure);
    },
    downloadsSettled: hands.downloadsSettled,
    pages: hands.pages,
    answerNextDialog: hands.answerNextDialog,
    responses: hands.responses,
    request: (asked) => hands.requester.send(page, asked, remaining()),
  };
  const end = () => {
    over = true;
  };
  return { context, end };
}

/** Names of an iteration in front of the others; the others may still change underneath. */
function scopeWith(scope: Scope, names: Readonly<Record<string, JsonValue>>): Scope {
  return Object.assign(Object.create(scope) as Record<string, JsonValue>, names);
}

async function holds(page: Page, condition: Condition, scope: Scope): Promise<boolean> {
  if (typeof condition === 'string') return evaluateCondition(bareExpression(condition), scope);
  const wanted = 'visible' in condition;
  const written = wanted ? condition.visible : condition.hidden;
  const selectors = renderStrings(written as JsonValue, scope) as readonly Selector[];
  const counts = await Promise.all(
    selectors.map(async (selector) => {
      const { locator } = await matchesNow(page, { selectors: [selector] });
      return locator.filter({ visible: true }).count();
    }),
  );
  return counts.some((count) => count > 0) === wanted;
}

/** Milliseconds for a last look at why an element could not be used. */
const lastLook = 500;

/** Tells a missing element from one that is there and can not be used. */
export async function refineTimeout(
  page: Page | null,
  target: Target,
): Promise<'elementNotFound' | 'elementNotUsable' | 'timeout'> {
  if (!page) return 'timeout';
  const looking = matchesNow(page, target).then(({ locator }) => locator.count());
  const count = await within(lastLook, looking);
  if (count === null) return 'timeout';
  return count > (target.nth ?? 0) ? 'elementNotUsable' : 'elementNotFound';
}

export function selectorText(selector: Selector | null): string | undefined {
  return selector === null ? undefined : describeSelector(selector);
}
