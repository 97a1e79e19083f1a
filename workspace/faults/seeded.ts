/** Choices that a seed repeats. Source: mulberry32, a 32-bit generator by T. Ettinger, public domain. */

export interface SeededChoice {
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number;
  of<T>(items: readonly T[]): T | undefined;
  /** @throws when there is nothing to choose from. */
  required<T>(items: readonly T[]): T;
}

export function seededChoice(seed: number): SeededChoice {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  const of = <T>(items: readonly T[]) => items[below(items.length)];
  return {
    below,
    of,
    required(items) {
      const chosen = of(items);
      if (chosen === undefined) throw new Error('there is nothing to choose from');
      return chosen;
    },
  };
}
