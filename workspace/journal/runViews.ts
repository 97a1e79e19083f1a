/** How each event of a run changes the views. */
import type { RunEvent } from '../model/run.ts';
import type { Database } from '../store/database.ts';

export interface RunViews {
  apply(runId: string, event: RunEvent): void;
  clear(): void;
}

export function createRunViews(database: Database): RunViews {
  const addRun = database.prepare(
    `insert into run_view (id, workflow_id, workflow_name, status, started_at, tasks, variables, headless)
     values (?, ?, ?, 'running', ?, ?, ?, ?)`,
  );
  const addTask = database.prepare(
    `insert into task_view (id, run_id, position, profile_id, profile_name, status)
     values (?, ?, ?, ?, ?, 'queued')`,
  );
  const startTask = database.prepare(
    "update task_view set status = 'running', started_at = ? where id = ?",
  );
  const startStep = database.prepare('update task_view set current_step = ? where id = ?');
  const finishStep = database.prepare(
    'update task_view set steps_finished = steps_finished + 1 where id = ?',
  );
  const finishTask = database.prepare(
    `update task_view set status = ?, started_at = coalesce(started_at, ?), finished_at = ?,
       current_step = null, failure = ? where id = ?`,
  );
  const countTask = database.prepare(
    'update run_view set succeeded = succeeded + ?, failed = failed + ? where id = ?',
  );
  const finishRun = database.prepare(
    'update run_view set status = ?, finished_at = ? where id = ?',
  );
  const markProfile = database.prepare(
    `update record_view set last_run_at = ?, last_outcome = ?
     where id = (select profile_id from task_view where id = ?)`,
  );
  const markWorkflow = database.prepare(
    `update record_view set last_run_at = ?, last_outcome = ?
     where id = (select workflow_id from run_view where id = ?)`,
  );

  return {
    apply(runId, event) {
      switch (event.type) {
        case 'run.started':
          addRun.run(
            runId,
            event.workflowId,
            event.workflowName,
            event.at,
            event.profiles.length,
            JSON.stringify(event.variables),
            event.headless ? 1 : 0,
          );
          event.profiles.forEach((profile, place) => {
            addTask.run(profile.taskId, runId, place, profile.profileId, profile.name);
          });
          markWorkflow.run(event.at, 'running', runId);
          break;
        case 'task.started':
          startTask.run(event.at, event.taskId);
          markProfile.run(event.at, 'running', event.taskId);
          break;
        case 'step.started':
          startStep.run(event.stepName, event.taskId);
          break;
        case 'step.finished':
          finishStep.run(event.taskId);
          break;
        case 'task.finished':
          finishTask.run(
            event.status,
            event.at,
            event.at,
            event.failure ? JSON.stringify(event.failure) : null,
            event.taskId,
          );
          countTask.run(
            event.status === 'succeeded' ? 1 : 0,
            event.status === 'failed' ? 1 : 0,
            runId,
          );
          markProfile.run(event.at, event.status, event.taskId);
          break;
        case 'run.finished':
          finishRun.run(event.status, event.at, runId);
          markWorkflow.run(event.at, event.status, runId);
          break;
        default:
          // The others are read from the journal itself when a timeline is shown.
          break;
      }
    },
    clear() {
      database.exec(
        'delete from run_view; delete from task_view; update record_view set last_run_at = 0, last_outcome = null',
      );
    },
  };
}
