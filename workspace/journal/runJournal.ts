/**
 * What runs did: events that never change, in order, with the views that lists and screens read. Events
 * and views are written in one transaction; the views can be rebuilt from the events at any time.
 */

import type { BlobUses } from '../blobs/blobUses.ts';
import type { VaultKeys } from '../keys/vaultKeys.ts';
import { FailureError } from '../model/failure.ts';
import {
  finalStatuses,
  type RecordedRunEvent,
  type RunDetail,
  type RunEvent,
  type RunRow,
  type RunStatus,
  type TaskFailure,
  type TaskRow,
} from '../model/run.ts';
import type { JsonValue } from '../model/workflow.ts';
import type { ListPage } from '../records/records.ts';
import type { Database } from '../store/database.ts';
import type { Store } from '../store/store.ts';
import { countedTo, decodeCursor, encodeCursor } from '../views/cursor.ts';
import { createJournal, type Entry, type ForeignEntry, type Journal } from './journal.ts';
import { createRunViews } from './runViews.ts';

export interface RunQuery {
  readonly workflowId?: string | undefined;
  readonly profileId?: string | undefined;
  readonly status?: RunStatus | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

export interface RunJournal {
  /** Appends in order and durably: when it returns, the events are on disk. */
  append(runId: string, events: readonly RunEvent[]): RecordedRunEvent[];
  events(runId: string, after: number, limit: number): RecordedRunEvent[];
  /** @throws FailureError `notFound`. */
  detail(runId: string): RunDetail;
  list(query: RunQuery): ListPage<RunRow>;
  /** Ends what a host that died left unfinished. @returns the runs that it ended. */
  interruptUnfinished(): string[];
  readonly journal: Journal;
  /** Shows entries that were taken from another vault, and uses the pictures they name. */
  adopt(entries: readonly Entry[]): void;
  /** Empties the views; what is appended until the last page waits for its turn. */
  beginRebuild(): void;
  /** @returns the position to go on after, or null when all is shown again. */
  rebuildPage(after: number, limit: number): number | null;
}

interface RunViewRow {
  id: string;
  workflow_id: string;
  workflow_name: string;
  status: RunStatus;
  started_at: number;
  finished_at: number | null;
  tasks: number;
  succeeded: number;
  failed: number;
  variables: string;
  headless: number;
}

interface TaskViewRow {
  id: string;
  run_id: string;
  profile_id: string;
  profile_name: string;
  status: RunStatus;
  started_at: number | null;
  finished_at: number | null;
  steps_finished: number;
  current_step: string | null;
  failure: string | null;
}

export function createRunJournal(
  store: Store,
  keys: VaultKeys,
  blobUses: BlobUses,
  now: () => number,
  tell: (entries: readonly ForeignEntry[]) => void,
): RunJournal {
  const { database } = store;
  const journal = createJournal(store, keys, 'run', tell);
  const views = createRunViews(database);
  const tasksOf = database.prepare<[string], TaskViewRow>(
    'select * from task_view where run_id = ? order by position',
  );
  const workflowOf = database
    .prepare<[string], string>('select workflow_id from run_view where id = ?')
    .pluck();
  const profileOf = database
    .prepare<[string], string>('select profile_id from task_view where id = ?')
    .pluck();
  let rebuilding = false;

  const show = (entries: readonly Entry[]) => {
    for (const { subject, body } of entries) {
      views.apply(subject, JSON.parse(body) as RunEvent);
    }
  };

  function usePictures(runId: string, events: readonly RunEvent[]): void {
    for (const event of events) {
      if (event.type === 'screenshot.taken') blobUses.add(event.image.id, `run:${runId}`);
    }
  }

  const append = (runId: string, events: readonly RunEvent[]): RecordedRunEvent[] =>
    store.write(() => {
      const entries = journal.append(
        runId,
        events.map((event) => JSON.stringify(event)),
      );
      // A rebuild comes to these entries by itself, in their order.
      if (!rebuilding) show(entries);
      usePictures(runId, events);
      touch(runId, events);
      return events.map((event, index) => ({
        ...event,
        runId,
        sequence: entries[index]?.sequence ?? 0,
      }));
    });

  /**
   * A run's life shows in lists; what its steps do shows only where somebody looks at the run. Only the
   * profiles that the events are about are told: a run of thousands has a few events of each.
   */
  function touch(runId: string, events: readonly RunEvent[]): void {
    store.touch('runEvents', runId);
    const lives = events.filter((event) => /^(run|task)\./.test(event.type));
    if (lives.length === 0) return;
    store.touch('run', runId);
    // While the views are made again a run may not be there yet; its lists are told at the end.
    const workflow = workflowOf.get(runId);
    if (workflow) store.touch('workflow', workflow);
    for (const event of lives) {
      if (event.type === 'run.started') {
        for (const { profileId } of event.profiles) store.touch('profile', profileId);
      } else if ('taskId' in event) {
        const profile = profileOf.get(event.taskId);
        if (profile) store.touch('profile', profile);
      }
    }
  }

  const runRow = (runId: string): RunViewRow => {
    const row = database
      .prepare<[string], RunViewRow>('select * from run_view where id = ?')
      .get(runId);
    if (!row) throw new FailureError({ code: 'notFound', kind: 'run', name: runId });
    return row;
  };

  return {
    journal,
    append,
    events: (runId, after, limit) =>
      journal
        .entries(runId, after, limit)
        .map(({ sequence, body }) => ({ ...(JSON.parse(body) as RunEvent), runId, sequence })),
    detail(runId) {
      const row = runRow(runId);
      return {
        ...toRun(row),
        variables: JSON.parse(row.variables) as Record<string, JsonValue>,
        headless: row.headless === 1,
        taskRows: tasksOf.all(runId).map(toTask),
      };
    },
    list: (query) => listRuns(database, query),
    interruptUnfinished: () =>
      store.write(() => {
        const unfinished = database
          .prepare<[string], RunViewRow>(
            // Those of other devices may well be going on there.
            `select run_view.* from run_view
             join entry on journal = 'run' and subject = run_view.id and sequence = 1
             where status in ('queued', 'running') and device_id = ?`,
          )
          .all(keys.device.id);
        for (const run of unfinished) {
          const tasks = tasksOf.all(run.id).filter((task) => !finalStatuses.includes(task.status));
          append(run.id, [
            ...tasks.map(
              (task): RunEvent => ({
                type: 'task.finished',
                at: now(),
                taskId: task.id,
                status: 'interrupted',
                failure: { reason: 'interrupted', detail: '' },
              }),
            ),
            { type: 'run.finished', at: now(), status: 'interrupted' },
          ]);
        }
        return unfinished.map((run) => run.id);
      }),
    adopt: (entries) =>
      store.write(() => {
        if (!rebuilding) show(entries);
        for (const { subject, body } of entries) {
          usePictures(subject, [JSON.parse(body) as RunEvent]);
          store.touch('run', subject);
          store.touch('runEvents', subject);
        }
      }),
    beginRebuild() {
      rebuilding = true;
      store.write(() => views.clear());
    },
    rebuildPage: (after, limit) =>
      store.write(() => {
        const entries = journal.page(after, limit);
        show(entries);
        const last = entries.at(-1);
        if (entries.length < limit) rebuilding = false;
        return entries.length < limit ? null : (last?.position ?? null);
      }),
  };
}

function listRuns(database: Database, query: RunQuery): ListPage<RunRow> {
  const conditions: string[] = ['true'];
  const values: unknown[] = [];
  const where = (condition: string, value: unknown) => {
    conditions.push(condition);
    values.push(value);
  };
  if (query.workflowId) where('workflow_id = ?', query.workflowId);
  if (query.status) where('status = ?', query.status);
  if (query.profileId)
    where('id in (select run_id from task_view where profile_id = ?)', query.profileId);
  const matching = conditions.join(' and ');
  const from = query.after ? decodeCursor(query.after) : null;
  const rows = database
    .prepare<unknown[], RunViewRow>(
      `select * from run_view where ${matching}
       ${from ? 'and (started_at < ? or (started_at = ? and id > ?))' : ''}
       order by started_at desc, id limit ?`,
    )
    .all(...values, ...(from ? [from[0], from[0], from[1]] : []), query.limit + 1);
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  const own = query.profileId ? tasksIn(database, query.profileId, shown) : null;
  return {
    rows: shown.map((row) => {
      const task = own?.get(row.id);
      return task ? { ...toRun(row), own: task } : toRun(row);
    }),
    next: last && rows.length > query.limit ? encodeCursor([last.started_at, last.id]) : null,
    total: Number(
      database
        .prepare(
          `select count(*) from (select 1 from run_view where ${matching} limit ${countedTo + 1})`,
        )
        .pluck()
        .get(...values),
    ),
  };
}

/** What became of one profile in each of these runs. */
function tasksIn(
  database: Database,
  profileId: string,
  runs: readonly RunViewRow[],
): ReadonlyMap<string, NonNullable<RunRow['own']>> {
  const rows = database
    .prepare<[string, string], TaskViewRow>(
      `select * from task_view
       where run_id in (select value from json_each(?)) and profile_id = ?`,
    )
    .all(JSON.stringify(runs.map(({ id }) => id)), profileId);
  return new Map(
    rows.map((row) => {
      const { runId, status, startedAt, finishedAt } = toTask(row);
      return [runId, { status, startedAt, finishedAt }];
    }),
  );
}

function toRun(row: RunViewRow): RunRow {
  return {
    id: row.id,
    workflowId: row.workflow_id,
    workflowName: row.workflow_name,
    status: row.status,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    tasks: row.tasks,
    succeeded: row.succeeded,
    failed: row.failed,
  };
}

function toTask(row: TaskViewRow): TaskRow {
  return {
    id: row.id,
    runId: row.run_id,
    profileId: row.profile_id,
    profileName: row.profile_name,
    status: row.status,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    stepsFinished: row.steps_finished,
    currentStep: row.current_step,
    failure: row.failure === null ? null : (JSON.parse(row.failure) as TaskFailure),
  };
}
