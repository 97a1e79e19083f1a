/** Padding hides lengths at little cost, and has one form. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pad, padmeLength, unpad } from './padding.ts';
import { flipBit } from './testing/craft.ts';

test('never shrinks, costs at most 12 %, and keeps order', () => {
  fc.assert(
    fc.property(fc.nat({ max: 2 ** 31 - 1 }), (length) => {
      const padded = padmeLength(length);
      expect(padded).toBeGreaterThanOrEqual(length);
      expect(padded).toBeLessThanOrEqual(Math.max(256, length * 1.12));
      expect(padmeLength(length + 1)).toBeGreaterThanOrEqual(padded);
      expect(padmeLength(padded)).toBe(padded);
    }),
  );
});

test('taking the padding off inverts putting it on, and each content has one padded form', () => {
  const content = fc.uint8Array({ maxLength: 2_000 });
  fc.assert(
    fc.property(content, fc.nat(), (plain, bit) => {
      const padded = pad(plain);
      expect(padded).toHaveLength(padmeLength(plain.length + 4));
      expect(unpad(padded)).toEqual(plain);
      expect(unpad(padded.subarray(0, -1))).toBeNull();
      const altered = flipBit(padded, bit);
      const other = unpad(altered);
      if (other) expect(pad(other)).toEqual(altered);
    }),
  );
});
