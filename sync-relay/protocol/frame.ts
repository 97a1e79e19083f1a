/**
 * Frames: one CBOR array (RFC 8949) of three, [name, number, body]. Definite lengths, no tags, no
 * floating point, maps with text keys, nothing after the array.
 */
import { decode, encode } from 'cborg';
import { z } from 'zod';

export interface Frame {
  /** A request's name, an event's, `ok` or `error`. */
  readonly name: string;
  /** What ties an answer to its request; 0 for what is told unasked. Below 2^32. */
  readonly number: number;
  readonly body: unknown;
}

const frameSchema = z.tuple([
  z.string().max(32),
  z
    .int()
    .min(0)
    .max(2 ** 32 - 1),
  z.record(z.string(), z.unknown()),
]);

const strictly = {
  strict: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowInfinity: false,
  allowNaN: false,
  allowBigInt: false,
  rejectDuplicateMapKeys: true,
};

export function encodeFrame(name: string, number: number, body: object): Uint8Array {
  return encode([name, number, body]);
}

/** @param bytes untrusted. @returns null when they are not one frame. */
export function decodeFrame(bytes: Uint8Array): Frame | null {
  try {
    const [name, number, body] = frameSchema.parse(decode(bytes, strictly));
    return { name, number, body };
  } catch {
    // Whatever the decoder or the stack makes of rubbish, rubbish is what it is.
    return null;
  }
}
