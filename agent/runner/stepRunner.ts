/** Works through the steps of a task: order, attempts, failures, pictures and what is told of them. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { TaskFailure } from '../../workspace/model/run.ts';
import type { JsonValue } from '../../workspace/model/workflow.ts';
import { publicAddress } from '../browser/address.ts';
import type { Requester } from '../browser/request.ts';
import type { Dialogs } from '../browser/watchDialogs.ts';
import type { Pages } from '../browser/watchPages.ts';
import type { Responses } from '../browser/watchResponses.ts';
import { within } from '../browser/within.ts';
import { type PreparedStep, StepError } from '../steps/definition.ts';
import {
  type AttemptNotes,
  type Place,
  refineTimeout,
  runAttempt,
  selectorText,
  type TaskHands,
} from './attempt.ts';
import { type Classified, classify } from './classify.ts';
import type { Reporter } from './reporter.ts';
import { StepFailed } from './stepFailed.ts';
import { pause, untilStopped } from './stop.ts';

/** What the runner needs of the browser. */
export interface StepRunnerDeps {
  readonly reporter: Reporter;
  /** Aborted with {@link Cancelled}, or with the StepError that ends the task. */
  readonly signal: AbortSignal;
  readonly pages: Pages;
  readonly dialogs: Dialogs;
  readonly responses: Responses;
  readonly requester: Requester;
  readonly downloads: { settled(): Promise<void> };
  /** The names that expressions can use; steps set variables in it. */
  readonly variables: Record<string, JsonValue>;
  /** Called when a step is over. */
  afterStep(): void;
}

export interface StepRunner {
  /** @throws StepFailed, Cancelled, or the StepError that ended the task */
  run(steps: readonly PreparedStep[]): Promise<void>;
  /** The first soft check that did not hold. */
  softFailure(): TaskFailure | null;
}

/** Milliseconds that steps may run without letting the process hear its host. */
const longestTurn = 15;
/** Milliseconds in which the end of the browser is told after a call has failed of it. */
const lossNotice = 200;
/** Milliseconds for the picture of a failure. */
const pictureTime = 5_000;
/** The same when the task is ending. */
const hurriedPictureTime = 1_000;

export function createStepRunner(deps: StepRunnerDeps): StepRunner {
  const { reporter, signal, pages } = deps;
  let soft: TaskFailure | null = null;
  let lastTurn = performance.now();
  /** When the latest step began, on the monotonic clock. */
  let begun = 0;

  const breathe = async () => {
    if (performance.now() - lastTurn > longestTurn) {
      await nextTurn();
      lastTurn = performance.now();
    }
    signal.throwIfAborted();
  };

  const runSteps = async (steps: readonly PreparedStep[], place: Place): Promise<void> => {
    await breathe();
    for (const step of steps) await execute(step, place);
  };

  const execute = async (step: PreparedStep, place: Place): Promise<void> => {
    await breathe();
    const run = begin(step, place);
    if (step.options.disabled) return run.finish({ outcome: 'skipped', attempts: 0 });
    const hands = handsOf(step, place, run.execution, begun);
    begun = performance.now();
    for (let attempt = 1; ; attempt += 1) {
      const notes: AttemptNotes = { target: null, selector: null, fallback: null };
      try {
        await runAttempt(step, place, hands, notes);
        if (step.options.screenshot === 'always') await takePicture(step, run.execution);
        const fallback = selectorText(notes.fallback);
        run.finish({
          outcome: 'succeeded',
          attempts: attempt,
          ...(fallback ? { fallbackSelector: reporter.redactor.clean(fallback, 500) } : {}),
        });
        return;
      } catch (error) {
        if (signal.aborted) return run.stopped(attempt, error);
        const again = await pauseBeforeRetry(step, attempt);
        if (signal.aborted) return run.stopped(attempt, error);
        if (!again) return await failed(step, run, attempt, error, notes);
      }
    }
  };

  const begin = (step: PreparedStep, place: Place) => {
    const execution = reporter.nextExecution();
    const began = performance.now();
    reporter.stepStarted({
      execution,
      stepId: step.source.id,
      stepType: step.source.type,
      stepName: nameOf(step),
      depth: place.depth,
      iterations: place.iterations,
    });
    type Finish = Omit<
      Parameters<Reporter['stepFinished']>[0],
      'execution' | 'stepId' | 'duration' | 'url'
    >;
    const finish = (result: Finish) => {
      const url = addressNow();
      reporter.stepFinished({
        execution,
        stepId: step.source.id,
        duration: Math.round((performance.now() - began) * 10) / 10,
        ...(url ? { url } : {}),
        ...result,
      });
      deps.afterStep();
    };
    /** Ends the step because the task ends. */
    const stopped = async (attempts: number, error: unknown): Promise<never> => {
      const reason: unknown = signal.reason;
      if (!(reason instanceof StepError)) {
        finish({ outcome: 'cancelled', attempts });
        throw reason;
      }
      if (error instanceof StepFailed) {
        finish({ outcome: 'failed', attempts, failure: error.failure });
        throw error;
      }
      const failure = toFailure(step, classify(reason), null);
      if (step.options.screenshot !== 'never') await takePicture(step, execution);
      finish({ outcome: 'failed', attempts, failure });
      throw new StepFailed(failure);
    };
    return { execution, finish, stopped };
  };

  const failed = async (
    step: PreparedStep,
    run: ReturnType<typeof begin>,
    attempts: number,
    error: unknown,
    notes: AttemptNotes,
  ): Promise<void> => {
    const failure =
      error instanceof StepFailed ? error.failure : await failureOf(step, error, notes);
    if (signal.aborted) return run.stopped(attempts, error);
    // A step inside has already shown the moment.
    const shown = error instanceof StepFailed && step.options.screenshot !== 'always';
    if (step.options.screenshot !== 'never' && !shown) await takePicture(step, run.execution);
    if (signal.aborted) return run.stopped(attempts, error);
    const isSoft = error instanceof StepError && error.soft;
    if (isSoft) soft ??= failure;
    const continued = isSoft || step.options.onError === 'continue';
    run.finish({ outcome: 'failed', attempts, failure, ...(continued ? { continued } : {}) });
    if (!continued) throw new StepFailed(failure);
  };

  const failureOf = async (step: PreparedStep, error: unknown, notes: AttemptNotes) => {
    const found = await settle(classify(error));
    const refined =
      found.reason === 'timeout' && notes.target && !(error instanceof StepError)
        ? { ...found, reason: await refineTimeout(pages.now(), notes.target) }
        : found;
    return toFailure(step, refined, notes);
  };

  /** A closed page and a lost browser sound the same; the browser's own end is told right after. */
  const settle = async (found: Classified): Promise<Classified> => {
    if (found.reason !== 'browserLost') return found;
    await pause(signal, lossNotice).catch(() => undefined);
    return signal.aborted ? found : { reason: 'unexpected', detail: 'the page was closed' };
  };

  const toFailure = (
    step: PreparedStep,
    { reason, detail }: Classified,
    notes: AttemptNotes | null,
  ): TaskFailure => {
    const url = addressNow();
    const selector = selectorText(notes?.selector ?? null);
    return {
      reason,
      detail: reporter.redactor.clean(detail, 2_000),
      stepId: step.source.id,
      stepName: nameOf(step),
      stepType: step.source.type,
      ...(url ? { url } : {}),
      ...(selector ? { selector: reporter.redactor.clean(selector, 500) } : {}),
    };
  };

  /** @returns false when there are no attempts left */
  const pauseBeforeRetry = async (step: PreparedStep, attempt: number): Promise<boolean> => {
    const { retries } = step.options;
    if (!retries || attempt > retries.count) return false;
    const time = Math.min(retries.delay * retries.backoff ** (attempt - 1), 600_000);
    await pause(signal, time).catch((error: unknown) => {
      // The caller looks at the signal; anything else is ours to hear of.
      if (!signal.aborted) throw error;
    });
    return true;
  };

  /** Shows the moment where the browser still can; a person who cancels does not wait for it. */
  const takePicture = async (step: PreparedStep, execution: number): Promise<void> => {
    const page = pages.now();
    if (!page || (signal.aborted && !(signal.reason instanceof StepError))) return;
    const taking = page.screenshot({ type: 'jpeg', quality: 75, timeout: pictureTime });
    const bytes = signal.aborted
      ? await within(hurriedPictureTime, taking)
      : await untilStopped(signal, pictureTime, taking).catch(() => null);
    if (!bytes) return;
    const picture = { bytes, mediaType: 'image/jpeg' } as const;
    reporter.screenshot({ execution, stepId: step.source.id, name: 'page', ...picture });
  };

  const handsOf = (
    step: PreparedStep,
    place: Place,
    execution: number,
    beforeBegan: number,
  ): TaskHands => ({
    signal,
    currentPage: pages.current,
    breathe,
    setVariable(name, value) {
      deps.variables[name] = value;
    },
    extracted: (name, value) =>
      reporter.extracted({
        execution,
        stepId: step.source.id,
        name,
        value,
        iterations: place.iterations,
      }),
    picture: (name, bytes, mediaType) =>
      reporter.screenshot({ execution, stepId: step.source.id, name, bytes, mediaType }),
    typed: reporter.redactor.add,
    runSteps,
    downloadsSettled: deps.downloads.settled,
    pages,
    answerNextDialog: deps.dialogs.answerNext,
    requester: deps.requester,
    responses: () => deps.responses.since(beforeBegan),
  });

  const addressNow = () => reporter.redactor.clean(publicAddress(pages.now()?.url() ?? ''), 500);

  return {
    run: (steps) =>
      runSteps(steps, {
        depth: 0,
        iterations: [],
        scope: deps.variables,
        deadline: Number.POSITIVE_INFINITY,
      }),
    softFailure: () => soft,
  };
}

function nameOf({ source }: PreparedStep): string {
  return source.name || source.type;
}
