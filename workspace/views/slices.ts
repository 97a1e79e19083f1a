/** Long work in slices, so that nothing else waits longer than one of them. */

/** Milliseconds after which work lets everything else have its turn. */
const turn = 4;

/**
 * Calls `work` with slice after slice of at most `size` items; pauses when a turn is over.
 *
 * @param size small enough that one slice takes a few milliseconds.
 */
export async function eachSlice<T>(
  items: readonly T[],
  size: number,
  work: (slice: readonly T[], from: number) => void | Promise<void>,
): Promise<void> {
  let started = performance.now();
  for (let from = 0; from < items.length; from += size) {
    await work(items.slice(from, from + size), from);
    if (performance.now() - started < turn) continue;
    await pause();
    started = performance.now();
  }
}

/** Lets timers, requests and answers that wait have their turn. */
export const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
