/** What happened in a run, task by task, computed from its events. */
import type {
  BlobReference,
  RecordedRunEvent,
  RunStatus,
  TaskFailure,
} from '../../../../workspace/model/run.ts';
import type { JsonValue } from '../../../../workspace/model/workflow.ts';

type EventOf<T extends RecordedRunEvent['type']> = Extract<RecordedRunEvent, { type: T }>;

export interface StepEntry {
  readonly kind: 'step';
  readonly at: number;
  readonly sequence: number;
  readonly execution: number;
  readonly stepId: string;
  readonly stepType: string;
  readonly stepName: string;
  readonly depth: number;
  readonly iterations: readonly number[];
  readonly outcome: 'running' | EventOf<'step.finished'>['outcome'];
  /** Milliseconds; null while it runs. */
  readonly duration: number | null;
  readonly attempts: number;
  /** It failed, and the workflow was told to go on. */
  readonly continued: boolean;
  readonly failure: TaskFailure | null;
  readonly url: string | null;
  /** The page's address differs from that after the step before. */
  readonly moved: boolean;
  readonly fallbackSelector: string | null;
  readonly screenshots: readonly { readonly name: string; readonly image: BlobReference }[];
  readonly extracted: readonly { readonly name: string; readonly value: JsonValue }[];
}

export type TimelineEntry =
  | StepEntry
  | {
      readonly kind: 'console' | 'network' | 'note';
      readonly at: number;
      readonly sequence: number;
      readonly depth: number;
      readonly event: EventOf<'console.message' | 'network.failed' | 'page.note'>;
    };

export type EntryKind = TimelineEntry['kind'];

export interface TaskTimeline {
  readonly taskId: string;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  readonly status: RunStatus;
  readonly failure: TaskFailure | null;
  readonly browser: string | null;
  readonly entries: readonly TimelineEntry[];
}

/** The same while it is put together. */
interface Draft {
  taskId: string;
  startedAt: number | null;
  finishedAt: number | null;
  status: RunStatus;
  failure: TaskFailure | null;
  browser: string | null;
  entries: TimelineEntry[];
  /** Where the page was after the last finished step. */
  url: string | null;
  /** Where a step's execution is among the entries. */
  places: Map<number, number>;
}

const startDraft = (taskId: string): Draft => ({
  taskId,
  startedAt: null,
  finishedAt: null,
  status: 'queued',
  failure: null,
  browser: null,
  entries: [],
  url: null,
  places: new Map(),
});

export function buildTimelines(
  events: readonly RecordedRunEvent[],
): ReadonlyMap<string, TaskTimeline> {
  const drafts = new Map<string, Draft>();
  const draftOf = (taskId: string): Draft => {
    const draft = drafts.get(taskId) ?? startDraft(taskId);
    drafts.set(taskId, draft);
    return draft;
  };
  for (const event of events) {
    if (event.type === 'run.started') for (const task of event.profiles) draftOf(task.taskId);
    else if ('taskId' in event) apply(draftOf(event.taskId), event);
  }
  return drafts;
}

function apply(draft: Draft, event: Extract<RecordedRunEvent, { taskId: string }>): void {
  switch (event.type) {
    case 'task.started':
      draft.startedAt = event.at;
      draft.status = 'running';
      draft.browser = event.browser;
      return;
    case 'task.finished':
      draft.finishedAt = event.at;
      draft.status = event.status;
      draft.failure = event.failure ?? null;
      closeOpenSteps(draft, event);
      return;
    case 'step.started':
      draft.places.set(event.execution, draft.entries.length);
      draft.entries.push(startStep(event));
      return;
    case 'step.finished':
      change(draft, event.execution, (step) => finishStep(step, event, draft.url));
      draft.url = event.url ?? draft.url;
      return;
    case 'screenshot.taken':
      change(draft, event.execution, (step) => ({
        ...step,
        screenshots: [...step.screenshots, { name: event.name, image: event.image }],
      }));
      return;
    case 'data.extracted':
      change(draft, event.execution, (step) => ({
        ...step,
        extracted: [...step.extracted, { name: event.name, value: event.value }],
      }));
      return;
    default:
      draft.entries.push({
        kind: kindOf(event),
        at: event.at,
        sequence: event.sequence,
        depth: depthOf(draft, event.execution) + 1,
        event,
      });
  }
}

function kindOf(
  event: EventOf<'console.message' | 'network.failed' | 'page.note'>,
): 'console' | 'network' | 'note' {
  if (event.type === 'console.message') return 'console';
  return event.type === 'network.failed' ? 'network' : 'note';
}

function startStep(event: EventOf<'step.started'>): StepEntry {
  return {
    kind: 'step',
    at: event.at,
    sequence: event.sequence,
    execution: event.execution,
    stepId: event.stepId,
    stepType: event.stepType,
    stepName: event.stepName,
    depth: event.depth,
    iterations: event.iterations,
    outcome: 'running',
    duration: null,
    attempts: 1,
    continued: false,
    failure: null,
    url: null,
    moved: false,
    fallbackSelector: null,
    screenshots: [],
    extracted: [],
  };
}

function finishStep(
  step: StepEntry,
  event: EventOf<'step.finished'>,
  before: string | null,
): StepEntry {
  return {
    ...step,
    outcome: event.outcome,
    duration: event.duration,
    attempts: event.attempts,
    continued: event.continued ?? false,
    failure: event.failure ?? null,
    url: event.url ?? null,
    moved: event.url !== undefined && event.url !== before,
    fallbackSelector: event.fallbackSelector ?? null,
  };
}

function change(draft: Draft, execution: number, next: (step: StepEntry) => StepEntry): void {
  const place = draft.places.get(execution);
  const entry = place === undefined ? undefined : draft.entries[place];
  if (place !== undefined && entry?.kind === 'step') draft.entries[place] = next(entry);
}

const depthOf = (draft: Draft, execution: number): number =>
  draft.entries[draft.places.get(execution) ?? -1]?.depth ?? -1;

/** A task that was cut off leaves steps that never finished; they ended with it. */
function closeOpenSteps(draft: Draft, event: EventOf<'task.finished'>): void {
  draft.entries = draft.entries.map((entry) =>
    entry.kind === 'step' && entry.outcome === 'running'
      ? { ...entry, outcome: 'cancelled', duration: event.at - entry.at }
      : entry,
  );
}

/** The innermost step that failed and ended the task. */
export function failedStep(timeline: TaskTimeline): StepEntry | null {
  const failed = timeline.entries.filter(
    (entry): entry is StepEntry =>
      entry.kind === 'step' && entry.outcome === 'failed' && !entry.continued,
  );
  const named = failed.filter((step) => step.stepId === timeline.failure?.stepId);
  const candidates = named.length > 0 ? named : failed;
  return candidates.reduce<StepEntry | null>(
    (deepest, step) => (deepest === null || step.depth >= deepest.depth ? step : deepest),
    null,
  );
}

/** Milliseconds from the task's start to its end, or to `now` while it runs. */
export function spanOf(timeline: TaskTimeline, now: number): number {
  if (timeline.startedAt === null) return 0;
  const last = timeline.entries.reduce(
    (latest, entry) =>
      Math.max(latest, entry.at + (entry.kind === 'step' ? (entry.duration ?? 0) : 0)),
    timeline.startedAt,
  );
  const end = timeline.finishedAt ?? (timeline.status === 'running' ? now : last);
  return Math.max(1, end - timeline.startedAt, last - timeline.startedAt);
}
