/** Runs one task from the browser's start to its end, and tells how it ended. */
import { EventEmitter } from 'node:events';
import type { TaskFailure } from '../../workspace/model/run.ts';
import type { JsonValue } from '../../workspace/model/workflow.ts';
import { type LaunchedBrowser, launchBrowser } from '../browser/launch.ts';
import { createRequester } from '../browser/request.ts';
import { clearSiteData, isFreshFolder, newerIn, restoreSession } from '../browser/session.ts';
import { watchDialogs } from '../browser/watchDialogs.ts';
import { watchDownloads } from '../browser/watchDownloads.ts';
import { watchPages } from '../browser/watchPages.ts';
import { watchProblems } from '../browser/watchProblems.ts';
import { watchResponses } from '../browser/watchResponses.ts';
import { StepError } from '../steps/definition.ts';
import { prepareSteps } from '../steps/prepare.ts';
import type { TaskSpec, WorkerMessage } from '../worker/protocol.ts';
import { classify } from './classify.ts';
import { closeBrowser, keepSession } from './keepSession.ts';
import { openForPerson } from './openForPerson.ts';
import { createReporter, type Reporter } from './reporter.ts';
import { runMeasurement } from './runMeasurement.ts';
import { StepFailed } from './stepFailed.ts';
import { createStepRunner } from './stepRunner.ts';
import { Cancelled, untilStopped } from './stop.ts';

/** Milliseconds for downloads that are under way after the last step. */
const downloadTime = 60_000;

export interface RunningTask {
  cancel(): void;
  /** Ends what a person has open, in order. */
  close(): void;
  /** Brings its window to the front. */
  show(): void;
  /** Offers it to programs that have the token. */
  attach(token: string): void;
  /** Resolves when `task.finished` has been told and the browser is gone; never rejects. */
  readonly done: Promise<void>;
}

export function runTask(task: TaskSpec, send: (message: WorkerMessage) => void): RunningTask {
  const controller = new AbortController();
  const reporter = createReporter((event) => send({ type: 'event', event }), task.limits);
  const stop = (reason: StepError | Cancelled) => {
    if (!controller.signal.aborted) controller.abort(reason);
  };
  const deadline = setTimeout(
    () => stop(new StepError('deadline', `took longer than ${task.limits.deadline} ms`)),
    task.limits.deadline,
  );
  const person = new EventEmitter<PersonEvents>();
  const body = runBody({ task, send, reporter, stop, signal: controller.signal, person });
  const done = body.then((end) => {
    clearTimeout(deadline);
    reporter.finished(end.status, end.failure);
  });
  return {
    cancel: () => stop(new Cancelled()),
    close: () => person.emit('close'),
    show: () => person.emit('show'),
    attach: (token) => person.emit('attach', token),
    done,
  };
}

interface PersonEvents {
  close: [];
  show: [];
  attach: [token: string];
}

export interface Body {
  readonly task: TaskSpec;
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
  /** What is asked of a person's browser. */
  readonly person: EventEmitter<PersonEvents>;
  send(message: WorkerMessage): void;
  stop(reason: StepError): void;
}

export interface End {
  readonly status: 'succeeded' | 'failed' | 'cancelled' | 'interrupted';
  readonly failure?: TaskFailure;
}

async function runBody(body: Body): Promise<End> {
  const { task, signal } = body;
  const fresh = isFreshFolder(task.userDataDir);
  if (task.stateReplaces) await clearSiteData(task.userDataDir);
  const launching = launchBrowser(task, () => body.person.emit('close'));
  let browser: LaunchedBrowser;
  try {
    browser = await untilStopped(signal, 90_000, launching);
  } catch (error) {
    // A browser that comes up after all goes away with this process, which ends now.
    return endOf(error, body);
  }
  body.send({ type: 'browser', pid: browser.pid });
  if (!task.person && !task.measure) return runInBrowser(body, browser, fresh);
  try {
    if (!task.person) return await runMeasurement(body, browser);
    return await openForPerson(body, task.person, browser, fresh);
  } catch (error) {
    return endOf(error, body);
  }
}

async function runInBrowser(body: Body, browser: LaunchedBrowser, fresh: boolean): Promise<End> {
  const { task, signal, reporter } = body;
  const { context } = browser;
  const watcher = { ...reporter, fatal: body.stop };
  context.on('close', () => body.stop(new StepError('browserLost', 'the browser ended')));
  const dialogs = watchDialogs(context, watcher);
  const responses = watchResponses(context);
  watchProblems(context, watcher);
  const pages = watchPages(context, task.limits, watcher);
  const downloads = watchDownloads(context, task.scratchDir, task.limits.downloadBytes, watcher);
  const session = keepSession(task.storageState, body.send, browser);
  try {
    await untilStopped(
      signal,
      30_000,
      restoreSession(context, task.storageState, newerIn(task, fresh)),
    );
    session.begin();
    reporter.started(browser.version);
    const variables = variablesOf(task);
    const afterStep = session.glance;
    const requester = createRequester(context, task.network);
    const hands = { pages, dialogs, responses, requester, downloads };
    const deps = { reporter, signal, ...hands, variables, afterStep };
    const runner = createStepRunner(deps);
    await runner.run(prepareSteps(task.workflow.steps));
    await untilStopped(signal, downloadTime, downloads.settled());
    const failure = runner.softFailure();
    return failure ? { status: 'failed', failure } : { status: 'succeeded' };
  } catch (error) {
    return endOf(error, body);
  } finally {
    await closeBrowser(session, browser, signal);
  }
}

function variablesOf(task: TaskSpec): Record<string, JsonValue> {
  const names: Record<string, JsonValue> = Object.create(null);
  return Object.assign(names, task.variables, {
    profile: { name: task.profile.name },
    run: { id: task.runId },
  });
}

function endOf(error: unknown, { reporter, signal }: Body): End {
  if (error instanceof StepFailed) return failedWith(error.failure);
  const cause: unknown = signal.aborted ? signal.reason : error;
  if (cause instanceof Cancelled) return { status: 'cancelled' };
  const { reason, detail } = classify(cause);
  return failedWith({ reason, detail: reporter.redactor.clean(detail, 2_000) });
}

/** A browser that goes away says nothing about the workflow: the task was interrupted. */
function failedWith(failure: TaskFailure): End {
  return { status: failure.reason === 'browserLost' ? 'interrupted' : 'failed', failure };
}
