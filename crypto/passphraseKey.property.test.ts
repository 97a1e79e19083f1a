/** Passphrase keys: the bounds hold, whatever is asked for. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseKdf, derivePassphraseKey, kdfAllowed, minimumKdf } from './passphraseKey.ts';

test('the same typing in another normal form gives the same key', () => {
  const salt = new Uint8Array(16);
  const composed = derivePassphraseKey('é'.normalize('NFC'), salt, minimumKdf);
  expect(derivePassphraseKey('é'.normalize('NFD'), salt, minimumKdf)).toEqual(composed);
});

test.each([
  { memory: 63, passes: 3 },
  { memory: 64, passes: 2 },
  { memory: 2_049, passes: 3 },
  { memory: 64.5, passes: 3 },
  { memory: 64, passes: 1e9 },
  { memory: Number.NaN, passes: 3 },
])('refuses parameters out of bounds: %o', (weak) => {
  expect(kdfAllowed({ algorithm: 'argon2id', ...weak })).toBe(false);
  expect(() =>
    derivePassphraseKey('x', new Uint8Array(16), { algorithm: 'argon2id', ...weak }),
  ).toThrow(RangeError);
});

test('calibration stays inside the bounds and near its target', () => {
  fc.assert(
    fc.property(fc.double({ min: 1, max: 60_000, noNaN: true }), (cost) => {
      const chosen = chooseKdf(cost);
      expect(kdfAllowed(chosen)).toBe(true);
      expect(chosen.memory).toBeGreaterThanOrEqual(minimumKdf.memory);
      const expected = (cost / 192) * chosen.memory * chosen.passes;
      if (cost < 900) expect(expected).toBeLessThanOrEqual(901);
    }),
  );
});
