/** Backups that Warren makes by itself, while the vault is unlocked and nothing else long is under way. */
import { FailureError } from '../../workspace/model/failure.ts';
import type { LongTasks } from './longTasks.ts';
import type { Services } from './services.ts';

/** How often is looked whether a backup is due, in milliseconds. */
const lookEvery = 10 * 60_000;

export function scheduleBackups(
  { backups }: Services,
  tasks: LongTasks,
  now: () => number,
  log: (line: string) => void,
): NodeJS.Timeout {
  const look = async () => {
    try {
      if (await backups.due(now())) {
        await tasks.run('backup', (signal, onProgress) => backups.now(signal, onProgress));
      }
    } catch (error) {
      // Other long work goes first; the next look comes soon.
      if (error instanceof FailureError && error.failure.code === 'taskBusy') return;
      log('A backup could not be made.');
    }
  };
  const timer = setInterval(() => void look(), lookEvery);
  timer.unref();
  return timer;
}
