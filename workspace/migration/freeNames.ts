/** Gives out each name once, with a number where it is taken. */

/** Characters of a name. */
const longest = 200;

/**
 * @param isTaken whether there is something of that name already.
 * @returns the name itself, or `Name (2)` and so on; it remembers what it gave, and where it was.
 */
export function createFreeNames(isTaken: (name: string) => boolean): (wanted: string) => string {
  const given = new Set<string>();
  const next = new Map<string, number>();
  return (wanted) => {
    let free = wanted;
    let number = next.get(wanted) ?? 2;
    while (given.has(free) || isTaken(free)) {
      const suffix = ` (${number++})`;
      free = `${wanted.slice(0, longest - suffix.length).trimEnd()}${suffix}`;
    }
    next.set(wanted, number);
    given.add(free);
    return free;
  };
}
