/** Unwrapping inverts wrapping, and any change is refused. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeParts } from './bytes.ts';
import { unwrapKey, wrapKey } from './keyWrap.ts';
import { systemRandom } from './random.ts';
import { anyBytes, key } from './testing/arbitraries.ts';
import { flipBit } from './testing/craft.ts';

test('unwrapping inverts wrapping', () => {
  fc.assert(
    fc.property(
      key,
      fc.uint8Array({ minLength: 1, maxLength: 64 }),
      anyBytes,
      (by, it, context) => {
        const wrapped = wrapKey(by, it, context, systemRandom);
        expect(unwrapKey(by, wrapped, context)).toEqual(it);
      },
    ),
  );
});

test('any flipped bit, other key or other context is refused', () => {
  fc.assert(
    fc.property(key, key, anyBytes, fc.nat(), (by, it, context, bit) => {
      const wrapped = wrapKey(by, it, context, systemRandom);
      expect(unwrapKey(by, flipBit(wrapped, bit), context)).toBeNull();
      expect(unwrapKey(flipBit(by, bit), wrapped, context)).toBeNull();
      expect(unwrapKey(by, wrapped, encodeParts(context))).toBeNull();
      expect(unwrapKey(by, wrapped.subarray(0, bit % wrapped.length), context)).toBeNull();
    }),
  );
});
