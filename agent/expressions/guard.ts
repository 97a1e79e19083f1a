/**
 * Bounds the time of a synchronous call. Regular expressions and nested comprehensions can take longer
 * than any deadline that a timer of the same thread could keep; V8's own watchdog can stop them.
 */
import { Script } from 'node:vm';

// Not a sandbox: the script only calls back into this file, it is the `timeout` option that is wanted.
const call = new Script('globalThis[Symbol.for("warren.guarded")]()');
const slot = Symbol.for('warren.guarded');

/** Thrown when the call took longer than it may. */
export class TookTooLong extends Error {
  constructor(milliseconds: number) {
    super(`took longer than ${milliseconds} ms`);
    this.name = 'TookTooLong';
  }
}

/**
 * @param milliseconds wall time, at least 1
 * @returns what `action` returns
 * @throws TookTooLong, or what `action` throws
 */
export function withinTime<T>(milliseconds: number, action: () => T): T {
  let result: { value: T } | undefined;
  const outer: unknown = Reflect.get(globalThis, slot);
  Reflect.set(globalThis, slot, () => {
    result = { value: action() };
  });
  try {
    call.runInThisContext({ timeout: milliseconds });
  } catch (error) {
    if (isTimeout(error)) throw new TookTooLong(milliseconds);
    throw error;
  } finally {
    Reflect.set(globalThis, slot, outer);
  }
  if (!result) throw new Error('the guarded call did not run');
  return result.value;
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && Reflect.get(error, 'code') === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}
