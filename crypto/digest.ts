/** BLAKE2b of bytes that are at hand. Source: RFC 7693; libsodium `crypto_generichash`. */
import { encodeParts, requireByteArray, utf8 } from './bytes.ts';
import { sodium } from './sodium.ts';

/** Bytes of an identifier that others may see: too long to be met twice by chance. */
export const idBytes = 16;
export const hashBytes = 32;

/** BLAKE2b-256 of exactly these bytes. @returns 32 bytes. */
export function hash(bytes: Uint8Array): Uint8Array {
  requireByteArray('bytes', bytes);
  return sodium.crypto_generichash(hashBytes, bytes, null);
}

/**
 * A name for what stands in `parts`.
 *
 * @param size 16 or 32 bytes.
 * @param domain what is named; names of distinct domains never meet.
 * @param parts each is length-prefixed.
 */
export function digest(
  size: typeof idBytes | typeof hashBytes,
  domain: string,
  ...parts: readonly Uint8Array[]
): Uint8Array {
  return sodium.crypto_generichash(size, encodeParts(utf8(domain), ...parts), null);
}
