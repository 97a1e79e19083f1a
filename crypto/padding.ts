/**
 * Padmé: lengths rounded so that a ciphertext tells at most O(log log n) bits of its content's length,
 * for at most 12 % more bytes. Source: Nikitin et al., "Reducing Metadata Leakage from Encrypted Files
 * and Communication with PURBs" (2019), algorithm 1.
 *
 * Layout of padded content: content length (32-bit big endian) || content || zeros up to the Padmé length
 * of what stands before them. There is one padded form of any content, so padding carries no message.
 */
import { requireByteArray, uint } from './bytes.ts';

/** The smallest padded length; below it everything looks alike. */
export const smallestPadded = 256;

/** @param length bytes, 0 to 2^52. @returns the padded length, never less than `length`. */
export function padmeLength(length: number): number {
  if (!Number.isSafeInteger(length) || length < 0) throw new RangeError('length must be 0 or more');
  if (length <= smallestPadded) return smallestPadded;
  const exponent = Math.floor(Math.log2(length));
  const mantissaBits = Math.floor(Math.log2(exponent)) + 1;
  const step = 2 ** (exponent - mantissaBits);
  return Math.ceil(length / step) * step;
}

/** What is larger belongs into a sealed blob, which streams. */
export const largestPaddedContent = 16 * 1024 * 1024;
const prefixBytes = 4;

/**
 * @param content at most 16 MiB.
 * @returns a copy in its padded form, 256 bytes or more.
 * @throws RangeError when it is larger.
 */
export function pad(content: Uint8Array): Uint8Array {
  requireByteArray('content', content);
  if (content.length > largestPaddedContent) throw new RangeError('content is larger than 16 MiB');
  const padded = new Uint8Array(padmeLength(prefixBytes + content.length));
  padded.set(uint('content.length', content.length, prefixBytes));
  padded.set(content, prefixBytes);
  return padded;
}

/** @returns a view of the content, or null when this is not what {@link pad} makes of it. */
export function unpad(padded: Uint8Array): Uint8Array | null {
  if (padded.length < smallestPadded) return null;
  const length = new DataView(padded.buffer, padded.byteOffset).getUint32(0);
  const end = prefixBytes + length;
  if (padded.length !== padmeLength(end)) return null;
  if (padded.subarray(end).some((byte) => byte !== 0)) return null;
  return padded.subarray(prefixBytes, end);
}
