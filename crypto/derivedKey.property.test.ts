/** Derived keys differ wherever anything that goes in differs. */
import { blake2b } from '@noble/hashes/blake2.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeParts, utf8 } from './bytes.ts';
import { deriveKey } from './derivedKey.ts';
import { anyBytes, key } from './testing/arbitraries.ts';

test('agree with a second implementation and differ by domain and by context', () => {
  fc.assert(
    fc.property(key, fc.string(), anyBytes, (parent, domain, context) => {
      const derived = deriveKey(parent, domain, context);
      const second = blake2b(encodeParts(utf8(domain), context), { key: parent, dkLen: 32 });
      expect(derived).toEqual(new Uint8Array(second));
      expect(deriveKey(parent, `${domain}.`, context)).not.toEqual(derived);
      expect(deriveKey(parent, domain, context, new Uint8Array())).not.toEqual(derived);
    }),
  );
});
