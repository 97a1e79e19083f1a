/**
 * A run: one execution of a workflow over chosen profiles, one task a profile. What happened is a list
 * of events that never change; everything a screen shows about a run is computed from them.
 */
import { z } from 'zod';
import { type JsonValue, jsonValueSchema } from './workflow.ts';

export type RunStatus = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled' | 'interrupted';

export const finalStatuses: readonly RunStatus[] = [
  'succeeded',
  'failed',
  'cancelled',
  'interrupted',
];

/** Why a step or a task ended badly; the words come from `app/text`. */
export const taskFailureReasons = [
  'timeout',
  'elementNotFound',
  'elementNotUsable',
  'urlNotResolved',
  'urlRefused',
  'pageNotLoaded',
  'httpError',
  'downloadTooLarge',
  'tooManyPages',
  'dialogBlocked',
  'assertionFailed',
  'expressionFailed',
  'loopLimit',
  'dataTooLarge',
  'pageCrashed',
  'browserMissing',
  'browserFailed',
  'browserLost',
  'workerLost',
  'sessionUnreadable',
  'sessionNotSealed',
  'profileBusy',
  'profileLocked',
  'lockUnknown',
  'sessionElsewhere',
  'leaseLost',
  'proxyMissing',
  'extensionMissing',
  'recordUnusable',
  'proxyFailed',
  'deadline',
  'cancelled',
  'interrupted',
  'unexpected',
] as const;

export type TaskFailureReason = (typeof taskFailureReasons)[number];

export interface TaskFailure {
  readonly reason: TaskFailureReason;
  /** What the browser or the check said, in its own words, without secrets; at most 2,000 characters. */
  readonly detail: string;
  /** The step it happened in, where it happened in one. */
  readonly stepId?: string | undefined;
  readonly stepName?: string | undefined;
  readonly stepType?: string | undefined;
  readonly url?: string | undefined;
  readonly selector?: string | undefined;
}

/** A sealed file beside the database. */
export interface BlobReference {
  /** Hex BLAKE2b-256 of the ciphertext. */
  readonly id: string;
  /** Bytes before sealing. */
  readonly size: number;
  readonly mediaType: string;
}

/** What a worker tells while it runs a task. `at` is milliseconds since 1970, durations are milliseconds. */
export type TaskEvent =
  | { readonly type: 'task.started'; readonly at: number; readonly browser: string }
  | {
      readonly type: 'step.started';
      readonly at: number;
      /** Numbers this execution of the step within the task, from 1; a loop executes a step many times. */
      readonly execution: number;
      readonly stepId: string;
      readonly stepType: string;
      readonly stepName: string;
      /** Nesting depth, 0 at the top; with the loop iterations (0-based) that lead here. */
      readonly depth: number;
      readonly iterations: readonly number[];
    }
  | {
      readonly type: 'step.finished';
      readonly at: number;
      readonly execution: number;
      readonly stepId: string;
      readonly outcome: 'succeeded' | 'failed' | 'skipped' | 'cancelled';
      readonly duration: number;
      /** True when the step failed but the workflow was told to go on. */
      readonly continued?: boolean | undefined;
      readonly attempts: number;
      readonly failure?: TaskFailure | undefined;
      /** The page's address afterwards, without user name, password, query or fragment. */
      readonly url?: string | undefined;
      /** The selector that matched, when it was not the first one given. */
      readonly fallbackSelector?: string | undefined;
    }
  | {
      readonly type: 'screenshot.taken';
      readonly at: number;
      readonly execution: number;
      readonly stepId: string;
      readonly name: string;
      readonly image: BlobReference;
    }
  | {
      readonly type: 'data.extracted';
      readonly at: number;
      readonly execution: number;
      readonly stepId: string;
      readonly name: string;
      readonly value: JsonValue;
      readonly iterations: readonly number[];
    }
  | {
      readonly type: 'console.message';
      readonly at: number;
      readonly execution: number;
      readonly level: 'error' | 'warning';
      readonly text: string;
      readonly url: string;
    }
  | {
      readonly type: 'network.failed';
      readonly at: number;
      readonly execution: number;
      readonly method: string;
      readonly url: string;
      readonly status: number | null;
      readonly reason: string;
    }
  | {
      readonly type: 'page.note';
      readonly at: number;
      readonly execution: number;
      readonly note:
        | 'dialogDismissed'
        | 'dialogAccepted'
        | 'pageBlocked'
        | 'downloadSaved'
        | 'downloadRefused'
        | 'eventsDropped';
      readonly text: string;
    }
  | {
      readonly type: 'task.finished';
      readonly at: number;
      readonly status: 'succeeded' | 'failed' | 'cancelled' | 'interrupted';
      readonly failure?: TaskFailure | undefined;
    };

export type RunEvent =
  | {
      readonly type: 'run.started';
      readonly at: number;
      readonly workflowId: string;
      readonly workflowName: string;
      readonly variables: Readonly<Record<string, JsonValue>>;
      readonly headless: boolean;
      readonly profiles: readonly {
        readonly taskId: string;
        readonly profileId: string;
        readonly name: string;
      }[];
    }
  | (TaskEvent & { readonly taskId: string })
  | { readonly type: 'run.cancelRequested'; readonly at: number }
  | { readonly type: 'run.finished'; readonly at: number; readonly status: RunStatus };

/** An event at its place in the run's journal; `sequence` rises by one within a run. */
export type RecordedRunEvent = RunEvent & { readonly runId: string; readonly sequence: number };

export interface TaskRow {
  readonly id: string;
  readonly runId: string;
  readonly profileId: string;
  readonly profileName: string;
  readonly status: RunStatus;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  readonly stepsFinished: number;
  /** The step it is in now, while it runs. */
  readonly currentStep: string | null;
  readonly failure: TaskFailure | null;
}

export interface RunRow {
  readonly id: string;
  readonly workflowId: string;
  readonly workflowName: string;
  readonly status: RunStatus;
  readonly startedAt: number;
  readonly finishedAt: number | null;
  readonly tasks: number;
  readonly succeeded: number;
  readonly failed: number;
  /** In a list of one profile's runs: what became of that profile, whatever the others did. */
  readonly own?: Pick<TaskRow, 'status' | 'startedAt' | 'finishedAt'>;
}

export interface RunDetail extends RunRow {
  readonly taskRows: readonly TaskRow[];
  readonly variables: Readonly<Record<string, JsonValue>>;
  readonly headless: boolean;
}

export const runInputSchema = z.strictObject({
  /** Id or exact name. */
  workflow: z.string().min(1),
  /** Ids or exact names, each once. */
  profiles: z.array(z.string().min(1)).min(1).max(2_000),
  variables: z.record(z.string(), jsonValueSchema).default({}),
  headless: z.boolean().default(true),
  /** Goes on where no relay can say whether another device uses a profile, with the session that is here. */
  branch: z.boolean().default(false),
  /** How many browsers at once. */
  parallel: z.int().min(1).max(32).optional(),
  /** Milliseconds for one task as a whole. */
  deadline: z
    .int()
    .min(1_000)
    .max(24 * 3_600_000)
    .optional(),
});

export type RunInput = z.output<typeof runInputSchema>;

/** One row of a run's extracted data: the task's columns and what was extracted under each name. */
export interface ResultTable {
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly taskId: string;
    readonly profile: string;
    readonly cells: Readonly<Record<string, JsonValue>>;
  }[];
}
