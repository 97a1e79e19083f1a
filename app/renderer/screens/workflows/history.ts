/** Undo and redo over whole values. Edits with the same `key` shortly after one another count as one. */
export interface History<T> {
  readonly past: readonly T[];
  readonly present: T;
  readonly future: readonly T[];
  readonly lastKey: string | null;
  readonly lastAt: number;
}

/** Milliseconds within which typing goes on being one edit. */
const oneEdit = 1_000;
/** Enough to get back from any mistake; more would only hold memory. */
const kept = 200;

export const startHistory = <T>(present: T): History<T> => ({
  past: [],
  present,
  future: [],
  lastKey: null,
  lastAt: 0,
});

export function record<T>(
  history: History<T>,
  next: T,
  key: string | null,
  at: number,
): History<T> {
  if (next === history.present) return history;
  const goesOn = key !== null && key === history.lastKey && at - history.lastAt < oneEdit;
  return {
    past: goesOn ? history.past : [...history.past, history.present].slice(-kept),
    present: next,
    future: [],
    lastKey: key,
    lastAt: at,
  };
}

export function undo<T>(history: History<T>): History<T> {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    present: before,
    future: [history.present, ...history.future],
    lastKey: null,
    lastAt: 0,
  };
}

export function redo<T>(history: History<T>): History<T> {
  const [after, ...future] = history.future;
  if (after === undefined) return history;
  return {
    past: [...history.past, history.present],
    present: after,
    future,
    lastKey: null,
    lastAt: 0,
  };
}
