/** One ciphertext, two keys: the cipher alone accepts both, what is built on it only one. */
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { expect, test } from 'vitest';
import { concat, encodeParts, utf8 } from './bytes.ts';
import { deriveKey } from './derivedKey.ts';
import { openEnvelope } from './envelope.ts';
import { unwrapKey } from './keyWrap.ts';
import { encodeOuterHeader } from './outerHeader.ts';
import { counterRandom } from './testing/counterRandom.ts';
import { openUnderBoth } from './testing/twoKeys.ts';

const random = counterRandom('twoKeys');
const opens = (key: Uint8Array, nonce: Uint8Array, associated: Uint8Array, sealed: Uint8Array) =>
  xchacha20poly1305(key, nonce, associated).decrypt(sealed);

test('XChaCha20-Poly1305 opens one ciphertext under two keys', () => {
  const [one, other, nonce, associated] = [random(32), random(32), random(24), random(40)];
  const sealed = openUnderBoth([one, other], nonce, associated);
  const plain = opens(one, nonce, associated, sealed);
  expect(plain).not.toEqual(opens(other, nonce, associated, sealed));
  expect(() => opens(random(32), nonce, associated, sealed)).toThrow();
});

test('a wrapped key opens only under the key that it commits to', () => {
  const [one, other, nonce, context] = [random(32), random(32), random(24), utf8('context')];
  const head = concat(Uint8Array.of(1), nonce, deriveKey(one, 'warren/commitment/v1'));
  const associated = encodeParts(utf8('warren/wrapped-key/v1'), context, head);
  const keyOf = (by: Uint8Array) => deriveKey(by, 'warren/wrap/v1');
  const sealed = openUnderBoth([keyOf(one), keyOf(other)], nonce, associated);
  expect(opens(keyOf(other), nonce, associated, sealed)).toHaveLength(32);
  expect(unwrapKey(one, concat(head, sealed), context)).toHaveLength(32);
  expect(unwrapKey(other, concat(head, sealed), context)).toBeNull();
});

test('an envelope opens only under the epoch key that it commits to', () => {
  const [one, other, channel, documentTag] = [random(32), random(32), random(16), random(16)];
  const by = (key: Uint8Array, domain: string) => deriveKey(key, domain, channel, documentTag);
  const nonce = random(24);
  const keyCommitment = by(one, 'warren/envelope-commitment/v1');
  const epochTag = random(16);
  const header = encodeOuterHeader({
    kind: 1,
    channel,
    documentTag,
    epochTag,
    nonce,
    keyCommitment,
  });
  const keys = [by(one, 'warren/envelope/v1'), by(other, 'warren/envelope/v1')] as const;
  const sealed = openUnderBoth(keys, nonce, header, 16);
  expect(opens(keys[1], nonce, header, sealed)).toHaveLength(256);
  const reasonUnder = (key: Uint8Array) => {
    const opened = openEnvelope(
      concat(header, sealed),
      () => key,
      () => null,
      { channel },
    );
    return opened.ok ? 'opened' : opened.reason;
  };
  // It passes the cipher and fails at what it could not choose.
  expect(reasonUnder(one)).toBe('badPadding');
  expect(reasonUnder(other)).toBe('wrongKey');
});
