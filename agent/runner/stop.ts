/** Waiting that ends when the task is stopped. Playwright's own calls can not be taken back. */
import { setTimeout as wait } from 'node:timers/promises';
import { StepError } from '../steps/definition.ts';

/** Reason of the abort signal when a person or the host asked for the end. */
export class Cancelled extends Error {
  constructor() {
    super('cancelled');
    this.name = 'Cancelled';
  }
}

/**
 * @param bound milliseconds after which the wait is given up as `timeout`; null waits as long as it takes
 * @throws the signal's reason as soon as it is aborted; the promise goes on unheard
 */
export async function untilStopped<T>(
  signal: AbortSignal,
  bound: number | null,
  promise: Promise<T>,
): Promise<T> {
  // When we stop listening, its failure is nobody's any more.
  promise.catch(() => undefined);
  signal.throwIfAborted();
  let end: () => void = () => undefined;
  const stopped = new Promise<never>((_, reject) => {
    const abort = () => reject(signal.reason);
    const late = () => reject(new StepError('timeout', 'the browser did not answer in time'));
    const timer = bound === null ? undefined : setTimeout(late, bound);
    signal.addEventListener('abort', abort);
    end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    };
  });
  try {
    return await Promise.race([promise, stopped]);
  } finally {
    end();
  }
}

/** @throws the signal's reason */
export async function pause(signal: AbortSignal, milliseconds: number): Promise<void> {
  try {
    await wait(milliseconds, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}
