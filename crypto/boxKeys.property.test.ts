/** Sealed boxes open for whom they were made, where they were meant, and unaltered. */
import { x25519 } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boxKeyPair, boxOverhead, openSealed, sealTo } from './boxKeys.ts';
import { encodeParts } from './bytes.ts';
import { systemRandom } from './random.ts';
import { anyBytes, key } from './testing/arbitraries.ts';
import { flipBit } from './testing/craft.ts';

test('a key pair is the one of RFC 7748', () => {
  fc.assert(
    fc.property(key, (seed) => {
      expect(boxKeyPair(seed).publicKey).toEqual(new Uint8Array(x25519.getPublicKey(seed)));
    }),
  );
});

test('opening inverts sealing; any flipped bit, cut, other key or other context is refused', () => {
  fc.assert(
    fc.property(key, key, anyBytes, anyBytes, fc.nat(), (seed, other, plain, context, bit) => {
      const pair = boxKeyPair(seed);
      const sealed = sealTo(pair.publicKey, plain, context, systemRandom);
      expect(sealed).toHaveLength(plain.length + boxOverhead);
      expect(openSealed(pair, sealed, context)).toEqual(plain);
      expect(openSealed(pair, flipBit(sealed, bit), context)).toBeNull();
      expect(openSealed(pair, sealed.subarray(0, bit % sealed.length), context)).toBeNull();
      expect(openSealed(boxKeyPair(other), sealed, context)).toBeNull();
      expect(openSealed(pair, sealed, encodeParts(context))).toBeNull();
    }),
  );
});

test('the same content is sealed differently each time', () => {
  const { publicKey } = boxKeyPair(systemRandom(32));
  const seal = () => sealTo(publicKey, new Uint8Array(4), new Uint8Array(), systemRandom);
  expect(seal()).not.toEqual(seal());
});
