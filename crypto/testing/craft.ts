/**
 * Making what our own code refuses to make: rightly encrypted, rightly signed, and wrong in one place.
 * It takes the code's own primitives, so that only the one thing in question differs.
 */
import { sealTo } from '../boxKeys.ts';
import { concat, encodeParts, uint, utf8 } from '../bytes.ts';
import { deriveKey } from '../derivedKey.ts';
import { wrapKey } from '../keyWrap.ts';
import { padmeLength } from '../padding.ts';
import type { RandomBytes } from '../random.ts';
import { sodium } from '../sodium.ts';

export function encrypt(
  key: Uint8Array,
  nonce: Uint8Array,
  associated: Uint8Array,
  plain: Uint8Array,
): Uint8Array {
  return sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(plain, associated, null, nonce, key);
}

/** Copies bytes and writes others over them from `at`. */
export function overwrite(bytes: Uint8Array, at: number, ...values: readonly number[]): Uint8Array {
  const copy = bytes.slice();
  copy.set(values, at);
  return copy;
}

export function flipBit(bytes: Uint8Array, bit: number): Uint8Array {
  const at = (bit >> 3) % bytes.length;
  return overwrite(bytes, at, (bytes[at] ?? 0) ^ (1 << (bit & 7)));
}

/** A key wrapped in a head of the crafter's choice. */
export function wrapUnder(
  by: Uint8Array,
  head: Uint8Array,
  context: Uint8Array,
  plain: Uint8Array,
): Uint8Array {
  const associated = encodeParts(utf8('warren/wrapped-key/v1'), context, head);
  const key = deriveKey(by, 'warren/wrap/v1');
  return concat(head, encrypt(key, head.subarray(1, 25), associated, plain));
}

/** A blob of one chunk with a header and a plaintext of the crafter's choice. */
export function blobOf(root: Uint8Array, header: Uint8Array, plain: Uint8Array): Uint8Array {
  const nonce = overwrite(new Uint8Array(24), 8, 1);
  const key = deriveKey(root, 'warren/blob/v1', header.subarray(5));
  return concat(header, encrypt(key, nonce, header, plain));
}

/** The padded form with the parts of the crafter's choice. */
export function padAs(length: number, content: Uint8Array, filler = 0): Uint8Array {
  const padded = new Uint8Array(padmeLength(4 + content.length)).fill(filler);
  padded.set(uint('length', length, 4));
  padded.set(content, 4);
  return padded;
}

/** The scalar S of a signature with the group's order added: the same equation, another encoding. */
export function addOrder(signature: Uint8Array): Uint8Array {
  const order = (1n << 252n) + 27742317777372353535851937790883648493n;
  const little = BigInt(`0x${Buffer.from(signature.slice(32).reverse()).toString('hex')}`);
  const digits = (little + order).toString(16).padStart(64, '0');
  return concat(signature.subarray(0, 32), Buffer.from(digits, 'hex').reverse());
}

/** A point of order 8 on Ed25519's curve. */
const torsion = sodium.from_hex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05');

/**
 * A public key outside the main subgroup, with a signature that holds for it in implementations that
 * multiply by the cofactor, and here (the challenge being a multiple of 8) in those that do not.
 */
export function mixedOrderKey(domain: string) {
  const one = uint('one', 1, 1);
  const secret = sodium.crypto_core_ed25519_scalar_reduce(sodium.crypto_hash_sha512(one));
  const nonce = sodium.crypto_core_ed25519_scalar_reduce(sodium.crypto_hash_sha512(secret));
  const r = sodium.crypto_scalarmult_ed25519_base_noclamp(nonce);
  const pure = sodium.crypto_scalarmult_ed25519_base_noclamp(secret);
  const publicKey = sodium.crypto_core_ed25519_add(pure, torsion);
  for (let tried = 0; ; tried++) {
    const message = uint('tried', tried, 4);
    const hashed = concat(r, publicKey, encodeParts(utf8(domain), message));
    const challenge = sodium.crypto_core_ed25519_scalar_reduce(sodium.crypto_hash_sha512(hashed));
    if (((challenge[0] ?? 1) & 7) !== 0) continue;
    const product = sodium.crypto_core_ed25519_scalar_mul(challenge, secret);
    const s = sodium.crypto_core_ed25519_scalar_add(nonce, product);
    return { publicKey, message, signature: concat(r, s) };
  }
}

/** The identity of the group as a key, and a signature that holds under it for every message. */
export function identityKey() {
  const publicKey = overwrite(new Uint8Array(32), 0, 1);
  return { publicKey, signature: concat(publicKey, new Uint8Array(32)) };
}

/** An epoch sealed with a head, key and parents of the crafter's choice, for one recipient. */
export function epochOf(
  head: Uint8Array,
  recipients: readonly Uint8Array[],
  key: Uint8Array,
  parents: Uint8Array,
  context: Uint8Array,
  random: RandomBytes,
): Uint8Array {
  const bound = encodeParts(utf8('warren/sealed-epoch/v1'), context, head);
  const boxes = recipients.map((recipient) => sealTo(recipient, key, bound, random));
  return concat(head, ...boxes, wrapKey(key, parents, bound, random));
}

/** An envelope with a header and a padded plaintext of the crafter's choice. */
export function envelopeOf(epochKey: Uint8Array, header: Uint8Array, padded: Uint8Array) {
  const place = [header.subarray(2, 18), header.subarray(18, 34)];
  const key = deriveKey(epochKey, 'warren/envelope/v1', ...place);
  return concat(header, encrypt(key, header.subarray(50, 74), header, padded));
}
