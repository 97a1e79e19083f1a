/** BLAKE2b-256 of streamed bytes. Source: RFC 7693; libsodium `crypto_generichash`. */
import { sodium } from './sodium.ts';

export interface ContentHash {
  update(part: Uint8Array): void;
  /** @returns 64 hexadecimal digits; no `update` may follow. */
  hex(): string;
}

export function createContentHash(): ContentHash {
  const state = sodium.crypto_generichash_init(null, 32);
  return {
    update: (part) => sodium.crypto_generichash_update(state, part),
    hex: () => sodium.to_hex(sodium.crypto_generichash_final(state, 32)),
  };
}
