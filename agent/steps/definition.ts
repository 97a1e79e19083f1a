/**
 * What a kind of step is: its fields, its form, and what it does. One file a kind; the registry in
 * `index.ts` lists them.
 */
import type { Locator, Page } from 'playwright-core';
import { z } from 'zod';
import type { TaskFailure, TaskFailureReason } from '../../workspace/model/run.ts';
import type { JsonValue, Step } from '../../workspace/model/workflow.ts';
import type { Condition, Field } from './fields.ts';
import type { Selector } from './selector.ts';

export type Fields = Readonly<Record<string, Field<unknown>>>;

/** The step as its executor sees it: defaults filled in, templates rendered. */
export type RunStep<F extends Fields> = {
  readonly [K in keyof F]: F[K] extends Field<infer R> ? R : never;
};

export type StepGroup = 'page' | 'input' | 'wait' | 'data' | 'flow' | 'outside';

export interface StepDefinition<F extends Fields = Fields> {
  /** The word in workflow files; never changed once released. */
  readonly type: string;
  readonly group: StepGroup;
  readonly fields: F;
  /** Milliseconds of an attempt when the step says nothing; null for steps that contain others. */
  readonly timeout: number | null;
  /** Refuses combinations of fields that no single field can see. */
  readonly check?: ((step: RunStep<F>) => readonly FieldIssue[]) | undefined;
  /** A new step of this kind in the builder, without its id. */
  readonly template: Readonly<Record<string, JsonValue>>;
  /** @throws StepError, or whatever Playwright throws; the runner classifies it */
  run(context: StepContext, step: RunStep<F>): Promise<void>;
}

export interface FieldIssue {
  readonly field: string;
  readonly message: string;
}

/** A step checked against its kind, with its nested steps in the same form. */
export interface PreparedStep {
  readonly source: Step;
  readonly definition: StepDefinition;
  readonly options: CommonOptions;
  readonly values: Readonly<Record<string, unknown>>;
}

/** An element to act on, as the target fields say it. */
export interface Target {
  readonly selectors: readonly Selector[];
  readonly frame?: readonly (string | number)[] | undefined;
  readonly nth?: number | undefined;
}

/** What a step may do to the world and to the run. */
export interface StepContext {
  /** The page that the workflow works in. */
  readonly page: Page;
  /** Milliseconds left for this attempt, at least 1. */
  remaining(): number;
  /** Rejects when the task is stopped. */
  pause(milliseconds: number): Promise<void>;
  /** Lets the task hear that it is to stop; work that never waits calls it again and again. */
  breathe(): Promise<void>;
  /**
   * The element: waits until a selector matches, the earlier preferred, and remembers which did.
   * With a single selector nothing is asked of the page; acting on the locator waits by itself.
   * @throws StepError `elementNotFound`
   */
  locate(target: Target): Promise<Locator>;
  /** All elements of the first selector that matches now; of the last one when none does. */
  matches(target: Target): Promise<Locator>;
  holds(condition: Condition): Promise<boolean>;
  setVariable(name: string, value: JsonValue): void;
  /** Records extracted data. @throws StepError `dataTooLarge` */
  extracted(name: string, value: JsonValue): void;
  picture(name: string, bytes: Uint8Array, mediaType: 'image/png' | 'image/jpeg'): void;
  /** Text that was typed and must not appear in any event. */
  typed(text: string): void;
  /** Runs nested steps, in a loop with the iteration's number and names. */
  runSteps(
    steps: readonly PreparedStep[],
    iteration?: { readonly index: number; readonly names: Readonly<Record<string, JsonValue>> },
  ): Promise<void>;
  /** Evaluates with the names of an iteration. */
  evaluateIn(names: Readonly<Record<string, JsonValue>>, expression: string): JsonValue;
  /** As `runSteps`; @returns what failed in them, or null. What ends the task goes on to its end. */
  trySteps(
    steps: readonly PreparedStep[],
    names?: Readonly<Record<string, JsonValue>>,
  ): Promise<TaskFailure | null>;
  /** Fails the step with what failed inside of it. */
  failAgain(failure: TaskFailure): never;
  /** Resolves when the downloads that are under way are on the disk. */
  downloadsSettled(): Promise<void>;
  readonly pages: WorkingPages;
  /** How the next dialog of any page is answered; those after it are dismissed again. */
  answerNextDialog(answer: DialogAnswer): void;
  /** @throws what the network says */
  request(asked: HttpRequest): Promise<HttpAnswer>;
  /** Answers that pages have had since the step before this one began, the oldest first. */
  responses(): readonly SeenResponse[];
}

/** The pages of the task, in the order in which they were opened. */
export interface WorkingPages {
  all(): readonly Page[];
  /** @throws StepError `tooManyPages` */
  open(): Promise<Page>;
  /** The page that the following steps work in. */
  use(page: Page): void;
}

export interface DialogAnswer {
  readonly accept: boolean;
  /** What a prompt is told, where it is accepted. */
  readonly promptText?: string | undefined;
}

export interface HttpRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** An object goes as JSON. */
  readonly body?: string | object | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface SeenResponse {
  readonly url: string;
  readonly status: number;
}

/** A failure with its reason, thrown by steps and caught by the runner. */
export class StepError extends Error {
  readonly reason: TaskFailureReason;
  /** For a check that lets the workflow go on and fails the task at its end. */
  readonly soft: boolean;
  constructor(reason: TaskFailureReason, message: string, options: { soft?: boolean } = {}) {
    super(message);
    this.name = 'StepError';
    this.reason = reason;
    this.soft = options.soft ?? false;
  }
}

const milliseconds = z.int().min(1).max(600_000);

/** The options of every step, whatever its kind. */
export const commonOptions = {
  name: z.string().max(200).optional(),
  /** Milliseconds for one attempt. */
  timeout: milliseconds.optional(),
  /** Tried again `count` times after a failure, `delay` ms apart, each pause `backoff` times longer. */
  retries: z
    .strictObject({
      count: z.int().min(0).max(20),
      delay: z.int().min(0).max(600_000).default(1_000),
      backoff: z.number().min(1).max(10).default(1),
    })
    .optional(),
  onError: z.enum(['stop', 'continue']).default('stop'),
  screenshot: z.enum(['never', 'onError', 'always']).default('onError'),
  disabled: z.boolean().default(false),
  note: z.string().max(5_000).optional(),
};

const commonSchema = z.object(commonOptions);
export type CommonOptions = z.output<typeof commonSchema>;

/** Milliseconds of an attempt for kinds that act on a page. */
export const defaultTimeout = 30_000;

/** Checks nothing at run time; it ties the executor's types to the fields. */
export function defineStep<const F extends Fields>(
  definition: Omit<StepDefinition<F>, 'timeout'> & { readonly timeout?: number | null },
): StepDefinition {
  const complete: StepDefinition<F> = {
    ...definition,
    timeout: definition.timeout === undefined ? defaultTimeout : definition.timeout,
  };
  // The registry holds kinds with different fields; `prepare` only ever pairs a kind with its own.
  return complete as unknown as StepDefinition;
}

const schemas = new WeakMap<StepDefinition, z.ZodType<Record<string, unknown>>>();

/**
 * The whole step: kind, common options and the kind's own fields; any other field is refused. A kind
 * that has a `name` of its own (a variable's, a picture's) goes by that name in the timeline.
 */
export function schemaOf(definition: StepDefinition): z.ZodType<Record<string, unknown>> {
  const known = schemas.get(definition);
  if (known) return known;
  const own = Object.entries(definition.fields).map(([name, field]) => [name, field.schema]);
  const schema = z.strictObject({
    id: stepIdSchema.optional(),
    type: z.literal(definition.type),
    ...commonOptions,
    ...(Object.fromEntries(own) as Record<string, z.ZodType>),
  });
  schemas.set(definition, schema);
  return schema;
}

/** Ids are the author's or ours; they appear in events and paths. */
const stepIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1 to 64 letters, digits, "-" or "_"')
  .refine((id) => id !== '__proto__', 'is a reserved name');
