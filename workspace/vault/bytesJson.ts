/** Bytes in JSON, as base64. */
import { z } from 'zod';

export const base64Of = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** A text of at most so many characters that holds between `min` and `max` bytes. */
export const bytesSchema = (
  min = 0,
  max = Number.POSITIVE_INFINITY,
  longestText = Number.POSITIVE_INFINITY,
) =>
  z
    .base64()
    .max(longestText)
    .transform((text): Uint8Array => new Uint8Array(Buffer.from(text, 'base64')))
    .refine((bytes) => bytes.length >= min && bytes.length <= max);

/** @returns the value's JSON, with bytes wherever they stand in it as {@link bytesSchema} reads them. */
export function stringifyBytes(value: object, indent?: number): string {
  // What a Buffer makes of itself comes as the second argument; what it was is still in its holder.
  return JSON.stringify(
    value,
    function (this: Record<string, unknown>, name, made) {
      const held = this[name];
      return held instanceof Uint8Array ? base64Of(held) : made;
    },
    indent,
  );
}
