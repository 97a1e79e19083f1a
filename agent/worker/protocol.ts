/**
 * What the host and a worker process say to each other, over the child process's own channel
 * (`serialization: 'advanced'`, so bytes travel as bytes).
 *
 * A worker runs one task. It is given what that task needs and nothing else: no vault key, no other
 * profile. It never outlives its host: when the channel closes it closes the browser and ends.
 */
import type { Measured } from '../../workspace/model/consistency/measured.ts';
import type { ProfileInput } from '../../workspace/model/profile.ts';
import type { TaskEvent } from '../../workspace/model/run.ts';
import type { JsonValue, Step, Variable } from '../../workspace/model/workflow.ts';

/** Cookies and storage in Playwright's own format. */
export interface StorageState {
  readonly cookies: readonly Record<string, JsonValue>[];
  readonly origins: readonly Record<string, JsonValue>[];
  /** Addresses of the tabs that a person had open, in their order. */
  readonly tabs?: readonly string[];
}

/** Bounds of a task; a page that goes past one fails the task with the reason named. */
export interface TaskLimits {
  /** Milliseconds for the whole task. */
  readonly deadline: number;
  /** Bytes of one download. */
  readonly downloadBytes: number;
  /** Pages open at once; what opens beyond is closed at once and noted. */
  readonly pages: number;
  /** How many pages may be opened against that bound before the task fails. */
  readonly blockedPages: number;
  /** Console and network events kept; the rest is counted in one note. */
  readonly events: number;
  /** Bytes of extracted data, as JSON. */
  readonly extractedBytes: number;
}

export const defaultLimits: TaskLimits = {
  deadline: 30 * 60_000,
  downloadBytes: 256 * 1024 * 1024,
  pages: 20,
  blockedPages: 50,
  events: 2_000,
  extractedBytes: 32 * 1024 * 1024,
};

export interface TaskSpec {
  readonly taskId: string;
  readonly runId: string;
  readonly workflow: {
    readonly name: string;
    readonly steps: readonly Step[];
    readonly variables: readonly Variable[];
  };
  /** Values of the run, defaults already filled in. */
  readonly variables: Readonly<Record<string, JsonValue>>;
  readonly profile: ProfileInput & { readonly id: string };
  /** The opened user-data folder; the host made it and takes it away again. */
  readonly userDataDir: string;
  /** A folder of this task alone for downloads; the host wipes it. */
  readonly scratchDir: string;
  /** What was captured at the end of the last run; its session cookies are put back before the first step. */
  readonly storageState: StorageState | null;
  /** The state is newer than what the folder has, and replaces it. */
  readonly stateReplaces: boolean;
  /** The browser did not end in order: cookies of the state are newer than the folder's. */
  readonly cookiesNewer?: boolean;
  /** The local proxy that everything goes through; null where a browser is measured or tested by itself. */
  readonly network: {
    readonly server: string;
    readonly username: string;
    readonly password: string;
    /** Whether it leads on to a proxy, so that nothing may find another way out. */
    readonly isProxied: boolean;
  } | null;
  /** Given when a person uses the browser: no steps are run, and it stays until it is closed. */
  readonly person: PersonSpec | null;
  /** Given when the browser is only measured: nothing leaves this machine, no step is run. */
  readonly measure?: {
    /** Whether the profile has a proxy, without which WebRTC may not find a way out. */
    readonly isProxied: boolean;
  };
  readonly browser: {
    readonly executablePath: string;
    readonly sandbox: boolean;
    readonly headless: boolean;
    /** Folders of unpacked extensions. */
    readonly extensions: readonly string[];
  };
  readonly limits: TaskLimits;
}

export interface PersonSpec {
  /** Opened where there are no tabs to bring back. */
  readonly startPages: readonly string[];
  /** Where downloads end up. */
  readonly downloadsDir: string;
}

export type HostMessage =
  | { readonly type: 'start'; readonly task: TaskSpec }
  /** Stop now: the running step is aborted, the session captured, the browser closed. */
  | { readonly type: 'cancel' }
  /** To a person's browser: close it in order. */
  | { readonly type: 'close' }
  /** Bring its window to the front. */
  | { readonly type: 'show' }
  /** Offer the browser to programs that have the token. */
  | { readonly type: 'attach'; readonly token: string };

/** A task event before the host has sealed its picture. */
export type WorkerEvent =
  | Exclude<TaskEvent, { type: 'screenshot.taken' }>
  | (Omit<Extract<TaskEvent, { type: 'screenshot.taken' }>, 'image'> & {
      readonly bytes: Uint8Array;
      readonly mediaType: 'image/png' | 'image/jpeg';
    });

export type WorkerMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'event'; readonly event: WorkerEvent }
  /** The session as it is now; the last one before the end is the one that is kept. */
  | { readonly type: 'session'; readonly storageState: StorageState }
  /** What the browser told of itself, where it was only measured. */
  | { readonly type: 'measured'; readonly measured: Measured }
  /** Where programs attach, once that was asked for. */
  | { readonly type: 'endpoint'; readonly wsEndpoint: string; readonly httpEndpoint: string }
  /** Process id of the browser, so that the host can end it when the worker can not. */
  | { readonly type: 'browser'; readonly pid: number };
