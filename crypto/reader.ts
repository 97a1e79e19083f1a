/**
 * Reading fixed layouts from untrusted bytes. Whoever reads past the end, or stops before it, holds
 * malformed bytes: both are checked here, once, for every decoder of this room.
 */
import { toHex } from './hex.ts';

/** Thrown by a decoder to refuse; it never leaves {@link decodeStrictly}. */
export class MalformedError extends Error {}

export interface Reader {
  /** The next `length` bytes, as a view. */
  take(length: number): Uint8Array;
  /** The next `length` bytes as lower-case hexadecimal digits. */
  hex(length: number): string;
  /** The next `size` bytes as a big-endian number; refuses what a double can not hold exactly. */
  uint(size: number): number;
  /** Calls `read` `count` times. */
  list<T>(count: number, read: () => T): T[];
  /** All that is left. */
  rest(): Uint8Array;
}

/** @returns what `read` made of all the bytes, or null when they are too few, too many or refused. */
export function decodeStrictly<T>(bytes: Uint8Array, read: (reader: Reader) => T): T | null {
  let at = 0;
  const take = (length: number): Uint8Array => {
    if (at + length > bytes.length) throw new MalformedError();
    at += length;
    return bytes.subarray(at - length, at);
  };
  const reader: Reader = {
    take,
    hex: (length) => toHex(take(length)),
    uint: (size) => readUint(take(size)),
    list: (count, one) => Array.from({ length: count }, one),
    rest: () => take(bytes.length - at),
  };
  try {
    const value = read(reader);
    return at === bytes.length ? value : null;
  } catch (error) {
    if (error instanceof MalformedError) return null;
    throw error;
  }
}

function readUint(bytes: Uint8Array): number {
  const value = bytes.reduce((high, low) => high * 256 + low, 0);
  if (!Number.isSafeInteger(value)) throw new MalformedError();
  return value;
}
