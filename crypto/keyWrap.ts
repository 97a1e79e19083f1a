/**
 * Wrapping a key under another: XChaCha20-Poly1305 with a key commitment.
 *
 * Layout: version (1 byte, 1) || nonce (24) || commitment (32) || ciphertext and tag.
 * The AEAD alone is not key-committing, so one wrapped blob could be made to open under several
 * passphrases; the commitment, compared before anything is opened, closes that.
 * Sources: draft-irtf-cfrg-xchacha-03; libsodium `crypto_aead_xchacha20poly1305_ietf`;
 * Len, Grubbs, Ristenpart, "Partitioning Oracle Attacks" (2021).
 */
import { concat, encodeParts, requireBytes, utf8 } from './bytes.ts';
import { deriveKey, keyBytes } from './derivedKey.ts';
import type { RandomBytes } from './random.ts';
import { sodium } from './sodium.ts';

const version = 1;
const nonceBytes = 24;
const commitmentBytes = 32;
const tagBytes = 16;
const overhead = 1 + nonceBytes + commitmentBytes + tagBytes;

const commit = (wrappingKey: Uint8Array): Uint8Array =>
  deriveKey(wrappingKey, 'warren/commitment/v1');
const encryptionKey = (wrappingKey: Uint8Array): Uint8Array =>
  deriveKey(wrappingKey, 'warren/wrap/v1');

function associated(context: Uint8Array, head: Uint8Array): Uint8Array {
  return encodeParts(utf8('warren/wrapped-key/v1'), context, head);
}

/**
 * @param wrappingKey 32 bytes.
 * @param key the secret to wrap, 1 byte or more.
 * @param context bytes that the wrapped key is bound to, such as the header it stands in.
 */
export function wrapKey(
  wrappingKey: Uint8Array,
  key: Uint8Array,
  context: Uint8Array,
  random: RandomBytes,
): Uint8Array {
  requireBytes('wrappingKey', wrappingKey, keyBytes);
  if (key.length === 0) throw new TypeError('key must not be empty');
  const nonce = random(nonceBytes);
  const head = concat(Uint8Array.of(version), nonce, commit(wrappingKey));
  const sealed = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
    key,
    associated(context, head),
    null,
    nonce,
    encryptionKey(wrappingKey),
  );
  return concat(head, sealed);
}

/** @returns the key, or null when the wrapping key, the context or any bit is not the one it was made with. */
export function unwrapKey(
  wrappingKey: Uint8Array,
  wrapped: Uint8Array,
  context: Uint8Array,
): Uint8Array | null {
  requireBytes('wrappingKey', wrappingKey, keyBytes);
  if (wrapped.length <= overhead || wrapped[0] !== version) return null;
  const head = wrapped.subarray(0, 1 + nonceBytes + commitmentBytes);
  const nonce = head.subarray(1, 1 + nonceBytes);
  const commitment = head.subarray(1 + nonceBytes);
  if (!sodium.memcmp(commitment, commit(wrappingKey))) return null;
  try {
    return sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
      null,
      wrapped.subarray(head.length),
      associated(context, head),
      nonce,
      encryptionKey(wrappingKey),
    );
  } catch {
    return null;
  }
}
