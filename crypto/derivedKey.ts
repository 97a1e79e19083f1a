/**
 * Keys derived from keys: BLAKE2b-256 keyed with the parent over a domain and its context.
 * Source: RFC 7693 section 2.9 (keyed hashing); libsodium `crypto_generichash`.
 */
import { encodeParts, requireBytes, utf8 } from './bytes.ts';
import { sodium } from './sodium.ts';

export const keyBytes = 32;

/**
 * @param parent 32 bytes.
 * @param domain what the key is for, such as `warren/blob/v1`; distinct uses never share one.
 * @param context further parts that set this key apart; each is length-prefixed.
 * @returns 32 bytes.
 */
export function deriveKey(
  parent: Uint8Array,
  domain: string,
  ...context: readonly Uint8Array[]
): Uint8Array {
  requireBytes('parent', parent, keyBytes);
  return sodium.crypto_generichash(keyBytes, encodeParts(utf8(domain), ...context), parent);
}
