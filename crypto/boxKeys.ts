/**
 * Sealing to a public key, from nobody in particular: X25519, then XChaCha20-Poly1305.
 *
 * Layout: version (1 byte, 1) || ephemeral public key (32) || ciphertext and tag (16).
 * The key of a box is derived from the shared secret and both public keys, and used for this box alone,
 * so its nonce is zero. Whoever opens it learns that it was made for this key and this context, not by
 * whom: that takes a signature. A box does not commit to its recipient either: a sender could make one
 * that opens differently under two keys, so what two people must see alike needs a commitment of its own.
 * Sources: RFC 7748 section 6.1; draft-irtf-cfrg-xchacha-03; libsodium "Sealed boxes".
 */
import { concat, encodeParts, requireByteArray, requireBytes, utf8, wipe } from './bytes.ts';
import { deriveKey } from './derivedKey.ts';
import type { RandomBytes } from './random.ts';
import { sodium } from './sodium.ts';

export const boxKeyBytes = 32;
const version = 1;
const tagBytes = 16;
/** How much longer a box is than what is in it. */
export const boxOverhead = 1 + boxKeyBytes + tagBytes;
const singleUseNonce = new Uint8Array(24);

export interface BoxKeyPair {
  readonly publicKey: Uint8Array;
  readonly secretKey: Uint8Array;
}

/** @param seed 32 bytes, random or derived; they are the scalar, clamped when used (RFC 7748 section 5). */
export function boxKeyPair(seed: Uint8Array): BoxKeyPair {
  requireBytes('seed', seed, boxKeyBytes);
  return { publicKey: sodium.crypto_scalarmult_base(seed), secretKey: seed.slice() };
}

/**
 * @param publicKey 32 bytes, the recipient's.
 * @param context bytes that the box is bound to; opening takes the same.
 * @returns 49 bytes more than `plain`.
 * @throws TypeError when `publicKey` is a point of small order, which would give away the content.
 */
export function sealTo(
  publicKey: Uint8Array,
  plain: Uint8Array,
  context: Uint8Array,
  random: RandomBytes,
): Uint8Array {
  requireBytes('publicKey', publicKey, boxKeyBytes);
  requireByteArray('plain', plain);
  const ephemeral = boxKeyPair(random(boxKeyBytes));
  const key = boxKey(ephemeral.secretKey, publicKey, ephemeral.publicKey, publicKey);
  wipe(ephemeral.secretKey);
  if (!key) throw new TypeError('publicKey must not be a point of small order');
  const sealed = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
    plain,
    associated(context),
    null,
    singleUseNonce,
    key,
  );
  wipe(key);
  return concat(Uint8Array.of(version), ephemeral.publicKey, sealed);
}

/** @returns what was sealed, or null when it was not sealed to this key, for this context, or is altered. */
export function openSealed(
  keyPair: BoxKeyPair,
  sealed: Uint8Array,
  context: Uint8Array,
): Uint8Array | null {
  requireBytes('keyPair.secretKey', keyPair.secretKey, boxKeyBytes);
  requireBytes('keyPair.publicKey', keyPair.publicKey, boxKeyBytes);
  if (sealed[0] !== version) return null;
  const ephemeral = sealed.subarray(1, 1 + boxKeyBytes);
  const key = boxKey(keyPair.secretKey, ephemeral, ephemeral, keyPair.publicKey);
  if (!key) return null;
  try {
    return sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
      null,
      sealed.subarray(1 + boxKeyBytes),
      associated(context),
      singleUseNonce,
      key,
    );
  } catch {
    return null;
  } finally {
    wipe(key);
  }
}

/**
 * libsodium refuses other lengths and, as RFC 7748 section 6.1 asks for, points of small order, whose
 * shared secret would be all zeros whatever the secret key is.
 */
function boxKey(
  secretKey: Uint8Array,
  theirs: Uint8Array,
  ephemeral: Uint8Array,
  recipient: Uint8Array,
): Uint8Array | null {
  let shared: Uint8Array;
  try {
    shared = sodium.crypto_scalarmult(secretKey, theirs);
  } catch {
    return null;
  }
  const key = deriveKey(shared, 'warren/box/v1', ephemeral, recipient);
  wipe(shared);
  return key;
}

function associated(context: Uint8Array): Uint8Array {
  requireByteArray('context', context);
  return encodeParts(utf8('warren/sealed-box/v1'), context);
}
