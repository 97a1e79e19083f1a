/**
 * Padmé: lengths rounded so that a ciphertext tells at most O(log log n) bits of its content's length,
 * for at most 12 % more bytes. Source: Nikitin et al., "Reducing Metadata Leakage from Encrypted Files
 * and Communication with PURBs" (2019), algorithm 1.
 */

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
