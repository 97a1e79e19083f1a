/**
 * A worker process kept ready for the next task: starting one takes longer than all else that stands
 * between asking for a run and its first step. It holds nothing until it is given a task.
 */
import { type PreparedWorker, prepareWorker } from './client.ts';

export interface SpareWorkers {
  /** A process that is ready, or the next one to be. */
  take(): PreparedWorker;
  /** Ends the one that waits; no other is started. */
  close(): void;
}

/** Milliseconds after a worker was taken until the next one is started: the browser's launch goes first. */
const settle = 2_000;

/** @param keep false where the host lives for one command and a spare would never be used. */
export function createSpareWorkers(keep: boolean): SpareWorkers {
  let spare: PreparedWorker | null = null;
  let timer: NodeJS.Timeout | null = null;
  let closed = !keep;

  function refill(delay: number): void {
    if (closed || timer) return;
    timer = setTimeout(() => {
      timer = null;
      spare ??= prepareWorker();
    }, delay);
    timer.unref();
  }
  refill(settle);

  return {
    take() {
      const ready = spare;
      spare = null;
      refill(settle);
      return ready && alive(ready) ? ready : prepareWorker();
    },
    close() {
      closed = true;
      if (timer) clearTimeout(timer);
      spare?.discard();
      spare = null;
    },
  };
}

const alive = ({ child }: PreparedWorker): boolean =>
  child.exitCode === null && child.signalCode === null && child.connected;
