/**
 * The last value that was there. A part that is about to go may be asked once more for what has gone
 * already; it is given what it had, instead of failing on nothing.
 */
import { type Accessor, createMemo } from 'solid-js';

export function held<T>(read: Accessor<T | null | undefined>, first: T): Accessor<T> {
  return createMemo<T>((before) => read() ?? before, first);
}
