/** Signatures: as a second implementation makes them, and good for nothing else. */
import { ed25519 } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeParts, utf8 } from './bytes.ts';
import { createSigner, sign, signingKeyPair, verify } from './signing.ts';
import { sodium } from './sodium.ts';
import { anyBytes, key } from './testing/arbitraries.ts';
import { addOrder, flipBit, mixedOrderKey } from './testing/craft.ts';

test('verifying accepts what was signed, and two other implementations agree', () => {
  fc.assert(
    fc.property(key, fc.string(), anyBytes, (seed, domain, message) => {
      const { publicKey, sign } = createSigner(seed);
      const signature = sign(domain, message);
      const signed = encodeParts(utf8(domain), message);
      expect(verify(publicKey, domain, message, signature)).toBe(true);
      expect(signature).toEqual(new Uint8Array(ed25519.sign(signed, seed)));
      expect(publicKey).toEqual(sodium.crypto_sign_seed_keypair(seed).publicKey);
      expect(sodium.crypto_sign_verify_detached(signature, signed, publicKey)).toBe(true);
    }),
  );
});

test('any flipped bit, other domain, message or key is refused', () => {
  fc.assert(
    fc.property(key, fc.string(), anyBytes, fc.nat(), (seed, domain, message, bit) => {
      const { publicKey, secretSeed } = signingKeyPair(seed);
      const signature = sign(secretSeed, domain, message);
      expect(verify(publicKey, domain, message, flipBit(signature, bit))).toBe(false);
      expect(verify(flipBit(publicKey, bit), domain, message, signature)).toBe(false);
      expect(verify(publicKey, `${domain}.`, message, signature)).toBe(false);
      expect(verify(publicKey, domain, encodeParts(message), signature)).toBe(false);
      expect(verify(publicKey, domain, message, addOrder(signature))).toBe(false);
    }),
  );
});

test('bytes moved between domain and message are refused', () => {
  const { publicKey, sign } = createSigner(new Uint8Array(32).fill(3));
  expect(verify(publicKey, 'ab', utf8('c'), sign('a', utf8('bc')))).toBe(false);
});

test('untrusted keys and signatures of any length are refused, never thrown at', () => {
  fc.assert(
    fc.property(anyBytes, anyBytes, (publicKey, signature) => {
      expect(verify(publicKey, 'domain', new Uint8Array(), signature)).toBe(false);
    }),
  );
});

/** Points of small order in every encoding that some implementation accepts: libsodium's own list. */
const smallOrder = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
];

test.each(smallOrder)('a key of small order is refused, whatever is signed: %s', (digits) => {
  const keys = [
    digits,
    digits.slice(0, 62) + (Number.parseInt(digits.slice(62), 16) | 128).toString(16),
  ];
  for (const publicKey of keys.map((one) => sodium.from_hex(one))) {
    for (let tried = 0; tried < 16; tried++) {
      const s = sodium.crypto_core_ed25519_scalar_random();
      const r = sodium.crypto_scalarmult_ed25519_base_noclamp(s);
      const signature = new Uint8Array([...r, ...s]);
      expect(verify(publicKey, 'domain', Uint8Array.of(tried), signature)).toBe(false);
    }
  }
});

test('a key outside the main subgroup is refused, though its signature satisfies the equation', () => {
  const { publicKey, message, signature } = mixedOrderKey('domain');
  const signed = encodeParts(utf8('domain'), message);
  expect(sodium.crypto_sign_verify_detached(signature, signed, publicKey)).toBe(true);
  expect(verify(publicKey, 'domain', message, signature)).toBe(false);
});

test('more keys than are remembered are still told apart', () => {
  const signers = Array.from({ length: 600 }, (_, at) =>
    createSigner(new Uint8Array(32).fill(at & 255).fill(at >> 8, 16)),
  );
  const message = utf8('message');
  for (const { publicKey, sign } of [...signers, ...signers]) {
    expect(verify(publicKey, 'domain', message, sign('domain', message))).toBe(true);
    expect(verify(publicKey, 'domain', message, sign('other', message))).toBe(false);
  }
});
