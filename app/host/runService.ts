/**
 * Runs on this device: queues a run's tasks, gives each a worker process, the profile's opened session
 * and nothing more, and writes down in order what the workers tell.
 */
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { type PreparedWorker, startWorker, type WorkerHandle } from '../../agent/worker/client.ts';
import {
  defaultLimits,
  type StorageState,
  type TaskSpec,
  type WorkerEvent,
} from '../../agent/worker/protocol.ts';
import type { SpareWorkers } from '../../agent/worker/spare.ts';
import { contentOf } from '../../workspace/blobs/blobStore.ts';
import { FailureError } from '../../workspace/model/failure.ts';
import type { Profile } from '../../workspace/model/profile.ts';
import type {
  RecordedRunEvent,
  RunDetail,
  RunEvent,
  RunInput,
  RunStatus,
  TaskEvent,
  TaskFailure,
} from '../../workspace/model/run.ts';
import { resolveVariables } from '../../workspace/model/variables.ts';
import type { JsonValue } from '../../workspace/model/workflow.ts';
import { requireBrowser } from './browser.ts';
import { extensionFolders } from './extensions.ts';
import { keepCaptures } from './keptCaptures.ts';
import type { ProfileConnection, ProfileNetwork } from './profileNetwork.ts';
import type { ProfileUse } from './profileUse.ts';
import type { Services } from './services.ts';
import { requireUsableProfile, requireUsableWorkflow } from './usable.ts';

export interface RunService {
  /** @throws FailureError when the run can not be started; nothing is recorded then. */
  start(input: RunInput): Promise<RunDetail>;
  /** @throws FailureError `runNotActive`. */
  cancel(runId: string): void;
  isActive(): boolean;
  /** Cancels everything and waits until it has ended and is written down. */
  stop(): Promise<void>;
}

export interface RunListener {
  recorded(runId: string, events: readonly RecordedRunEvent[]): void;
  /** A run's events could not be written (a full disk, say); it has been cancelled. */
  notRecorded(runId: string): void;
}

interface ActiveRun {
  readonly id: string;
  readonly workers: Set<WorkerHandle>;
  cancelled: boolean;
  cancel(): void;
  /** Events in the order in which they have to be written; what is not a promise is ready. */
  readonly append: (event: RunEvent | Promise<RunEvent>) => void;
  /** Settles when all that was appended so far is on disk. */
  readonly flushed: () => Promise<void>;
  finished: Promise<void>;
}

type FinishedEvent = Extract<TaskEvent, { type: 'task.finished' }>;

export function createRunService(
  services: Services,
  listener: RunListener,
  now: () => number,
  spares: SpareWorkers,
  profileUse: ProfileUse,
  network: ProfileNetwork,
): RunService {
  const active = new Map<string, ActiveRun>();

  async function start(input: RunInput): Promise<RunDetail> {
    const workflow = services.workflows.get(input.workflow);
    requireUsableWorkflow(workflow);
    const profiles = uniqueProfiles(services, input.profiles);
    const variables = resolveVariables(
      workflow.variables,
      input.variables as Record<string, JsonValue>,
    );
    if (!variables.ok) throw new FailureError(variables.failure);
    const settings = services.settings.read();
    const executablePath = await requireBrowser(settings.browserPath);

    const tasks = profiles.map((profile) => ({ taskId: randomUUID(), profile }));
    const run = openRun(services, listener, randomUUID(), now);
    active.set(run.id, run);
    run.append({
      type: 'run.started',
      at: now(),
      workflowId: workflow.id,
      workflowName: workflow.name,
      variables: variables.value,
      headless: input.headless,
      profiles: tasks.map(({ taskId, profile }) => ({
        taskId,
        profileId: profile.id,
        name: profile.name,
      })),
    });
    await run.flushed();
    const shared = {
      runId: run.id,
      workflow: { name: workflow.name, steps: workflow.steps, variables: workflow.variables },
      variables: variables.value,
      browser: {
        executablePath,
        sandbox: !runsAsRoot(),
        headless: input.headless,
        extensions: [],
      },
      limits: { ...defaultLimits, deadline: input.deadline ?? defaultLimits.deadline },
      branch: input.branch,
    };
    run.finished = runTasks(run, tasks, shared, input.parallel ?? settings.parallelTasks);
    return services.journal.detail(run.id);
  }

  type Shared = Pick<TaskSpec, 'runId' | 'workflow' | 'variables' | 'browser' | 'limits'> & {
    readonly branch: boolean;
  };
  type Task = { readonly taskId: string; readonly profile: Profile };

  async function runTasks(
    run: ActiveRun,
    tasks: readonly Task[],
    shared: Shared,
    parallel: number,
  ): Promise<void> {
    const waiting = [...tasks];
    const ends: FinishedEvent[] = [];
    const lane = async () => {
      for (let task = waiting.shift(); task; task = waiting.shift()) {
        const end = run.cancelled ? cancelledTask(now()) : await runTask(run, task, shared);
        run.append({ ...end, taskId: task.taskId });
        ends.push(end);
      }
    };
    await Promise.all(Array.from({ length: Math.min(parallel, tasks.length) }, lane));
    run.append({ type: 'run.finished', at: now(), status: outcomeOf(ends, run.cancelled) });
    await run.flushed();
    active.delete(run.id);
  }

  /** @returns how the task ended; by then its session is sealed again. */
  async function runTask(run: ActiveRun, task: Task, shared: Shared): Promise<FinishedEvent> {
    const { profile, taskId } = task;
    const { branch, ...spec } = shared;
    // Starting the process and opening the session take about as long; neither waits for the other.
    const worker = spares.take();
    const handles: WorkerHandle[] = [];
    let lost = false;
    let release: (() => Promise<void>) | null = null;
    let connection: ProfileConnection | null = null;
    try {
      requireUsableProfile(profile);
      const use = await profileUse.begin(profile, 'run', branch, () => {
        lost = true;
        // The gate first: nothing of this profile may leave from here once another device may start.
        void connection?.close();
        for (const one of handles) one.cancel();
      });
      release = use.release;
      const settings = services.settings.read();
      const extensions = await extensionFolders(settings, profile);
      const executablePath = await requireBrowser(settings.browserPath, profile);
      connection = await network.connect(profile);
      if (lost) await connection.close();
      const session = await services.sessions.open(profile.id, profile.name);
      const captures = keepCaptures(services.sessions, profile.id);
      const end = await work(
        run,
        worker,
        {
          ...spec,
          taskId,
          profile,
          browser: { ...spec.browser, executablePath, extensions },
          userDataDir: resolve(session.userDataDir),
          scratchDir: resolve(session.scratchDir),
          storageState: session.storageState as StorageState | null,
          stateReplaces: session.stateReplaces,
          cookiesNewer: session.cookiesNewer,
          network: connection.network,
          person: null,
        },
        captures.take,
        (handle) => {
          handles.push(handle);
          if (lost) handle.cancel();
        },
      );
      const notSealed = await captures.close().then(() => null, describe);
      if (notSealed !== null) {
        return failedTask({ reason: 'sessionNotSealed', detail: notSealed }, now());
      }
      if (lost) return failedTask({ reason: 'leaseLost', detail: '' }, now());
      return byNetwork(end, connection);
    } catch (error) {
      worker.discard();
      return failedTask(failureBeforeStart(error), now());
    } finally {
      await connection?.close();
      await release?.();
    }
  }

  async function work(
    run: ActiveRun,
    prepared: PreparedWorker,
    spec: TaskSpec,
    onSession: (state: StorageState) => void,
    onWorker: (handle: WorkerHandle) => void,
  ): Promise<FinishedEvent> {
    let end: FinishedEvent | null = null;
    const worker = startWorker(
      spec,
      {
        onSession,
        onEvent(event) {
          if (event.type === 'task.finished') end = event;
          else run.append(recordable(event, spec.taskId));
        },
      },
      prepared,
    );
    run.workers.add(worker);
    onWorker(worker);
    // The run may have been cancelled while the session was being unsealed.
    if (run.cancelled) worker.cancel();
    await worker.done;
    run.workers.delete(worker);
    return end ?? failedTask({ reason: 'workerLost', detail: '' }, now());
  }

  function recordable(
    event: Exclude<WorkerEvent, FinishedEvent>,
    taskId: string,
  ): RunEvent | Promise<RunEvent> {
    if (event.type !== 'screenshot.taken') return { ...event, taskId };
    const { bytes, mediaType, ...rest } = event;
    return services.blobs
      .put(contentOf(bytes), mediaType)
      .then((image): RunEvent => ({ ...rest, image, taskId }))
      .catch(
        (): RunEvent => ({
          type: 'page.note',
          at: event.at,
          taskId,
          execution: event.execution,
          note: 'eventsDropped',
          text: event.name,
        }),
      );
  }

  return {
    start,
    cancel(runId) {
      const run = active.get(runId);
      if (!run) throw new FailureError({ code: 'runNotActive' });
      run.cancel();
    },
    isActive: () => active.size > 0,
    async stop() {
      for (const run of active.values()) run.cancel();
      await Promise.all([...active.values()].map((run) => run.finished));
    },
  };
}

/** A run's way into the journal: in order, and grouped while a commit is under way. */
function openRun(
  services: Services,
  listener: RunListener,
  id: string,
  now: () => number,
): ActiveRun {
  let last: Promise<void> = Promise.resolve();
  let group: RunEvent[] = [];

  async function write(): Promise<void> {
    if (group.length === 0) return;
    const events = group;
    group = [];
    try {
      const recorded = await services.vault.store.commit(() => services.journal.append(id, events));
      listener.recorded(id, recorded);
    } catch {
      // What can not be written down must not go on; the next start marks the run as interrupted.
      listener.notRecorded(id);
      for (const worker of run.workers) worker.cancel();
      run.cancelled = true;
    }
  }

  const run: ActiveRun = {
    id,
    workers: new Set(),
    cancelled: false,
    cancel() {
      if (run.cancelled) return;
      run.cancelled = true;
      run.append({ type: 'run.cancelRequested', at: now() });
      for (const worker of run.workers) worker.cancel();
    },
    append(event) {
      last = last.then(async () => {
        // Waited for first: the group may be another one by then, and its events on their way.
        const ready = await event;
        group.push(ready);
        // What else is ready joins this commit: it costs a disk sync.
        if (group.length === 1) setImmediate(() => void write());
      });
    },
    async flushed() {
      await last;
      await write();
      await services.vault.store.commit(() => undefined);
    },
    finished: Promise.resolve(),
  };
  return run;
}

function uniqueProfiles(services: Services, references: readonly string[]): Profile[] {
  const byId = new Map(
    references.map((reference) => {
      const profile = services.profiles.get(reference);
      return [profile.id, profile] as const;
    }),
  );
  return [...byId.values()];
}

function outcomeOf(ends: readonly FinishedEvent[], cancelled: boolean): RunStatus {
  const some = (status: RunStatus) => ends.some((end) => end.status === status);
  if (some('interrupted')) return 'interrupted';
  if (cancelled && some('cancelled')) return 'cancelled';
  return some('failed') ? 'failed' : 'succeeded';
}

const cancelledTask = (at: number): FinishedEvent => ({
  type: 'task.finished',
  at,
  status: 'cancelled',
  failure: { reason: 'cancelled', detail: '' },
});

const failedTask = (failure: TaskFailure, at: number): FinishedEvent => ({
  type: 'task.finished',
  at,
  status: failure.reason === 'workerLost' ? 'interrupted' : 'failed',
  failure,
});

/** The browser only knows that nothing came; why, the profile's way out knows. */
function byNetwork(end: FinishedEvent, connection: ProfileConnection): FinishedEvent {
  const { failure } = end;
  const isPage = failure?.reason === 'pageNotLoaded' || failure?.reason === 'httpError';
  if (!failure || !isPage) return end;
  const problem = connection.problem();
  if (problem) return { ...end, failure: { ...failure, reason: 'proxyFailed', detail: problem } };
  const [address = ''] = /https?:\/\/[^\s"']+/.exec(failure.detail) ?? [];
  if (!connection.isUnknown(failure.url ?? address) && !connection.isUnknown(address)) return end;
  return { ...end, failure: { ...failure, reason: 'urlNotResolved' } };
}

/** The system's word for what is wrong with the disk; its whole sentence could name files. */
const describe = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

function failureBeforeStart(error: unknown): TaskFailure {
  const failure = error instanceof FailureError ? error.failure : null;
  if (failure?.code === 'profileBusy') return { reason: 'profileBusy', detail: failure.name };
  if (failure?.code === 'profileLocked') return { reason: failure.code, detail: failure.device };
  if (failure?.code === 'sessionElsewhere') return { reason: failure.code, detail: failure.device };
  if (failure?.code === 'proxyMissing') return { reason: failure.code, detail: failure.name };
  if (failure?.code === 'recordUnusable') {
    return { reason: failure.code, detail: `${failure.name}: ${failure.field}` };
  }
  if (failure?.code === 'browserMissing') {
    return { reason: failure.code, detail: failure.looked.join(', ') };
  }
  if (failure?.code === 'extensionMissing') {
    return { reason: failure.code, detail: failure.extension };
  }
  if (failure?.code === 'lockUnknown') return { reason: failure.code, detail: failure.name };
  if (failure?.code === 'vaultDamaged')
    return { reason: 'sessionUnreadable', detail: failure.part };
  return { reason: 'unexpected', detail: error instanceof Error ? error.name : '' };
}

/** Chromium's sandbox can not be set up by root; everybody else gets it. */
const runsAsRoot = (): boolean => process.getuid?.() === 0;
