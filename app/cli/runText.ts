/** A run's events as lines for a terminal. */
import type { RecordedRunEvent, TaskFailure, TaskRow } from '../../workspace/model/run.ts';
import { formatDuration } from '../text/figures.ts';
import { language, text } from './output.ts';

/** @param names the profile's name by task id. @returns the lines to print, none for what only a program wants. */
export function describeEvent(
  event: RecordedRunEvent,
  names: ReadonlyMap<string, string>,
): readonly string[] {
  const who = 'taskId' in event ? `[${names.get(event.taskId) ?? event.taskId}] ` : '';
  switch (event.type) {
    case 'run.started':
      return [text('cli.runStarted', { id: event.runId, name: event.workflowName })];
    case 'step.started':
      return [`${who}${'  '.repeat(event.depth)}${event.stepName}`];
    case 'step.finished':
      return event.outcome === 'failed'
        ? [
            `${who}  ${describeFailureOfTask(event.failure)} (${formatDuration(language, event.duration)})`,
          ]
        : [];
    case 'data.extracted':
      return [`${who}  ${event.name} = ${JSON.stringify(event.value)}`];
    case 'console.message':
      return [`${who}  console ${event.level}: ${event.text}`];
    case 'network.failed':
      return [`${who}  ${event.method} ${event.url}: ${event.status ?? event.reason}`];
    case 'run.finished':
      return [text(`runStatus.${event.status}`)];
    default:
      return [];
  }
}

export function describeTask(task: TaskRow): string {
  const end = text(`runStatus.${task.status}`);
  const why = task.failure ? `: ${describeFailureOfTask(task.failure)}` : '';
  return `${task.profileName}: ${end}${why}`;
}

function describeFailureOfTask(failure: TaskFailure | undefined): string {
  if (!failure) return '';
  const where = failure.stepName ? ` [${failure.stepName}]` : '';
  const detail = failure.detail ? ` ${failure.detail}` : '';
  return `${text(`taskFailure.${failure.reason}.title`)}${where}${detail}`;
}
