/**
 * The host's side of a worker: starts the process, hands on what it tells, and sees to it that a task
 * ends exactly once, whatever becomes of the process and its browser.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Measured } from '../../workspace/model/consistency/measured.ts';
import type { TaskFailure } from '../../workspace/model/run.ts';
import { killBrowser } from '../browser/kill.ts';
import type {
  HostMessage,
  StorageState,
  TaskSpec,
  WorkerEvent,
  WorkerMessage,
} from './protocol.ts';

type Finished = Extract<WorkerEvent, { type: 'task.finished' }>;

export interface WorkerHandlers {
  /** In order; the last one is `task.finished`, of which there is exactly one. */
  onEvent(event: WorkerEvent): void;
  /** Cookies and storage as they are now; each replaces the one before. */
  onSession?(storageState: StorageState): void;
  /** What a browser that is only measured told of itself. */
  onMeasured?(measured: Measured): void;
  /** Where programs attach. */
  onEndpoint?(endpoint: Endpoint): void;
}

export interface Endpoint {
  readonly wsEndpoint: string;
  readonly httpEndpoint: string;
}

export interface WorkerOutcome {
  readonly status: Finished['status'];
  readonly failure: TaskFailure | null;
  /** The last session that was captured; null when there was none. */
  readonly storageState: StorageState | null;
}

export interface WorkerHandle {
  /** Asks for the end. The task is over within a second; calling again changes nothing. */
  cancel(): void;
  /** Ends what a person has open: the session is captured first, for as long as that takes. */
  close(): void;
  /** Brings a person's window to the front. */
  show(): void;
  /** Offers a person's browser to programs that have the token; answered by `onEndpoint`. */
  attach(token: string): void;
  /** Resolves when the process and its browser are gone, so that the folders may be taken away. */
  readonly done: Promise<WorkerOutcome>;
  /** Of the worker, for diagnosis. */
  readonly pid: number | undefined;
}

/** Milliseconds after which a worker that was asked to stop is killed. */
const cancelGrace = 700;
/** Milliseconds after which a person's browser that was asked to close is ended. */
const closeGrace = 12_000;
/** Milliseconds beyond the task's own deadline, for its orderly end. */
const deadlineGrace = 12_000;
/** Milliseconds between the last event and the end of the process. */
const exitGrace = 2_000;

const entry = fileURLToPath(new URL('./main.ts', import.meta.url));

/** What a browser needs to find its way on a desktop; nothing else of the host's environment. */
const passedOn =
  /^(?:PATH|HOME|USER|LANG|LANGUAGE|LC_\w+|TZ|TMPDIR|TEMP|TMP|DISPLAY|XAUTHORITY|WAYLAND_DISPLAY|XDG_\w+|DBUS_SESSION_BUS_ADDRESS|SYSTEMROOT|SYSTEMDRIVE|WINDIR|USERPROFILE|APPDATA|LOCALAPPDATA|PROGRAMFILES|PROGRAMFILES\(X86\)|PROGRAMDATA|COMSPEC|FONTCONFIG_\w+)$/i;

/** A process that has started and waits for its task. */
export interface PreparedWorker {
  readonly child: ChildProcess;
  isReady(): boolean;
  /** Ends it when there is no task for it after all. */
  discard(): void;
}

/** Starts a process ahead of its task, while something else is being made ready. Does not throw. */
export function prepareWorker(): PreparedWorker {
  const child = fork(entry, [], {
    serialization: 'advanced',
    execArgv: [],
    env: environment(),
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  let ready = false;
  child.once('message', () => {
    ready = true;
  });
  // Heard by `watch` as well, which may come later; unheard it would end the host.
  child.on('error', () => undefined);
  return {
    child,
    isReady: () => ready,
    discard: () => child.kill('SIGKILL'),
  };
}

/** Gives a process its task. Does not throw: a process that can not be started is `workerLost`. */
export function startWorker(
  task: TaskSpec,
  handlers: WorkerHandlers,
  prepared: PreparedWorker = prepareWorker(),
): WorkerHandle {
  const life = watch(prepared, task, handlers);
  const { cancel, close, show, attach, done } = life;
  return { cancel, close, show, attach, done, pid: prepared.child.pid };
}

function watch({ child, isReady }: PreparedWorker, task: TaskSpec, handlers: WorkerHandlers) {
  const { promise: done, resolve } = Promise.withResolvers<WorkerOutcome>();
  const timers = new Set<NodeJS.Timeout>();
  let finished: Finished | null = null;
  let storageState: StorageState | null = null;
  let browserPid: number | null = null;
  let ending: 'cancelled' | 'deadline' | null = null;
  let begun = false;
  let left = false;

  const after = (time: number, action: () => void) => timers.add(setTimeout(action, time));
  const kill = () => {
    child.kill('SIGKILL');
    // A stopped process group would keep the folder busy; waited for when the worker is gone.
    if (browserPid !== null) void killBrowser(browserPid, 0);
  };
  const finish = (event: Finished) => {
    if (finished) return;
    finished = event;
    handlers.onEvent(event);
    after(exitGrace, kill);
  };
  const tell = (message: HostMessage) => {
    // A process that dies meanwhile is heard of through its exit.
    if (child.connected) child.send(message, () => undefined);
  };
  const begin = () => {
    begun = true;
    if (!ending) tell({ type: 'start', task });
  };
  const receive = (message: WorkerMessage) => {
    if (message.type === 'ready') begin();
    else if (message.type === 'browser') browserPid = message.pid;
    else if (message.type === 'endpoint') handlers.onEndpoint?.(message);
    else if (message.type === 'measured') handlers.onMeasured?.(message.measured);
    else if (message.type === 'session') {
      storageState = message.storageState;
      handlers.onSession?.(message.storageState);
    } else if (message.type === 'event') {
      if (message.event.type === 'task.finished') finish(message.event);
      else if (!finished) handlers.onEvent(message.event);
    }
  };
  const exited = async (how: string) => {
    if (left) return;
    left = true;
    for (const timer of timers) clearTimeout(timer);
    // A worker that told its end has seen its browser off; the number may be another's by now.
    if (browserPid !== null && !finished) await killBrowser(browserPid, 1_000);
    if (!finished) finished = missingEnd(ending, how);
    resolve({ status: finished.status, failure: finished.failure ?? null, storageState });
  };
  /** The end that the process did not tell itself. */
  const missingEnd = (cause: typeof ending, how: string): Finished => {
    const event = endWithoutWord(cause, how, task.limits.deadline);
    handlers.onEvent(event);
    return event;
  };

  child.on('message', (message) => receive(message as WorkerMessage));
  child.on('exit', (code, signal) => void exited(signal ?? `exit code ${code}`));
  child.on('error', (error) => {
    // Only a process that never came to be has no exit.
    if (child.pid === undefined) void exited(error.message);
  });
  // What happened before anybody listened here.
  if (child.exitCode !== null || child.signalCode !== null) {
    queueMicrotask(() => void exited(child.signalCode ?? `exit code ${child.exitCode}`));
  } else if (isReady()) begin();
  after(task.limits.deadline + deadlineGrace, () => {
    ending ??= 'deadline';
    kill();
  });

  const cancel = () => {
    if (ending || finished) return;
    ending = 'cancelled';
    // Nothing has been started yet that would have to be put in order.
    if (!begun) return kill();
    tell({ type: 'cancel' });
    after(cancelGrace, kill);
  };
  const close = () => {
    if (ending || finished) return;
    if (!begun) return cancel();
    tell({ type: 'close' });
    after(closeGrace, kill);
  };
  return {
    cancel,
    close,
    show: () => tell({ type: 'show' }),
    attach: (token: string) => tell({ type: 'attach', token }),
    done,
  };
}

function endWithoutWord(
  cause: 'cancelled' | 'deadline' | null,
  how: string,
  deadline: number,
): Finished {
  const base = { type: 'task.finished', at: Date.now() } as const;
  if (cause === 'cancelled') return { ...base, status: 'cancelled' };
  if (cause === 'deadline') {
    const failure = { reason: 'deadline', detail: `took longer than ${deadline} ms` } as const;
    return { ...base, status: 'failed', failure };
  }
  const failure = { reason: 'workerLost', detail: `the worker process ended: ${how}` } as const;
  return { ...base, status: 'interrupted', failure };
}

function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => passedOn.test(name));
  // Under Electron the executable is Electron; this makes it behave as Node.
  const runtime = process.versions.electron ? { ELECTRON_RUN_AS_NODE: '1' } : {};
  return { ...Object.fromEntries(kept), ...runtime };
}
