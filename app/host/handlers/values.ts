/** Small things that handlers of all kinds need. */

/** The fields of a patch that were given. */
export function definedOf<T extends object>(
  patch: T,
): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

export function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a record that was added is missing from the answer');
  return value;
}
