/** What a benchmark gives, and the little statistics it needs. */

export interface Figure {
  readonly what: string;
  readonly value: number;
  /** The same thing done plainly, in the same run; null where there is nothing to compare with. */
  readonly baseline: number | null;
  readonly unit: 'ms' | 'MB' | 'a minute' | 'a second' | 'frames';
  /** The figure to reach, from the product's table. */
  readonly goal?: string;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** @param percent 0 to 100. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return (
    sorted[Math.min(sorted.length - 1, Math.floor((percent / 100) * sorted.length))] ?? Number.NaN
  );
}

/** @returns the milliseconds that `work` took. */
export async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
