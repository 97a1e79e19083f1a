/** Long work: one at a time, told about as it goes, ended when somebody asks for that. */
import { FailureError } from '../../workspace/model/failure.ts';
import type { TaskName } from '../ipc/contract.ts';

export interface LongTasks {
  /** @throws FailureError `taskBusy` while another one is under way, `locked`; what `work` throws. */
  run<T>(
    name: TaskName,
    work: (signal: AbortSignal, onProgress: (done: number, total: number) => void) => Promise<T>,
  ): Promise<T>;
  cancel(name: string): void;
  /** Ends what is under way, waits until it has let go, and lets nothing begin any more. */
  stop(): Promise<void>;
}

/** Progress is told at most this often, in milliseconds. */
const tellEvery = 60;

export function createLongTasks(
  tell: (task: TaskName, done: number, total: number) => void,
): LongTasks {
  let current: { name: TaskName; abort: AbortController; ended: Promise<unknown> } | null = null;
  let stopped = false;

  return {
    async run(name, work) {
      if (stopped) throw new FailureError({ code: 'locked' });
      if (current) throw new FailureError({ code: 'taskBusy', task: current.name });
      const abort = new AbortController();
      let told = 0;
      const ended = work(abort.signal, (done, total) => {
        const now = performance.now();
        if (done < total && now - told < tellEvery) return;
        told = now;
        tell(name, done, total);
      });
      current = { name, abort, ended: ended.catch(() => undefined) };
      try {
        return await ended;
      } catch (error) {
        if (abort.signal.aborted) throw new FailureError({ code: 'cancelled' });
        throw error;
      } finally {
        current = null;
      }
    },
    cancel(name) {
      if (current?.name === name) current.abort.abort();
    },
    async stop() {
      stopped = true;
      current?.abort.abort();
      await current?.ended;
    },
  };
}
