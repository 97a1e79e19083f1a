/**
 * What an epoch is, and its name: BLAKE2b-128 of its key and its parents' names, so that whoever is given
 * another key under the same name sees it. Source: RFC 7693; libsodium `crypto_generichash`.
 */
import { requireBytes } from './bytes.ts';
import { keyBytes } from './derivedKey.ts';
import { digest, idBytes } from './digest.ts';
import { fromHex, toHex } from './hex.ts';

export interface Epoch {
  /** 32 hexadecimal digits; {@link epochId} of the other two. */
  readonly id: string;
  /** 32 random bytes. */
  readonly key: Uint8Array;
  /** Ids of the epochs that this one follows, ascending; several where branches are merged. */
  readonly parents: readonly string[];
}

/** @returns 32 hexadecimal digits that commit to the key and to the parents in their order. */
export function epochId(key: Uint8Array, parents: readonly string[]): string {
  requireBytes('key', key, keyBytes);
  const ids = parents.map((parent) => fromHex('parents', parent, idBytes));
  return toHex(digest(idBytes, 'warren/epoch-id/v1', key, ...ids));
}
