/** A rate: a bucket that fills steadily and is emptied by use. */
export interface Bucket {
  /** @returns 0 when there was enough, else the milliseconds after which there will be. */
  take(amount: number): number;
}

/** @param rate per second. @param burst what it holds when full; at least the largest single amount. */
export function createBucket(rate: number, burst: number, now: () => number): Bucket {
  let level = burst;
  let last = now();
  return {
    take(amount) {
      const time = now();
      level = Math.min(burst, level + (Math.max(0, time - last) * rate) / 1000);
      last = time;
      if (amount > level) return Math.ceil(((amount - level) * 1000) / rate);
      level -= amount;
      return 0;
    },
  };
}
