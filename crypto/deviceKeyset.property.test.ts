/** Devices and their certificates: what one account certified, and nothing near it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  accountSigner,
  certifyDevice,
  createDeviceKeyset,
  openDeviceKeyset,
  verifyCertificate,
} from './deviceKeyset.ts';
import { systemRandom } from './random.ts';
import { openRecoveryKeys } from './recoveryKeys.ts';
import { key } from './testing/arbitraries.ts';
import { flipBit } from './testing/craft.ts';

const time = fc.nat({ max: Number.MAX_SAFE_INTEGER });

test('a certificate says what was certified; any flipped bit or other account is refused', () => {
  fc.assert(
    fc.property(key, key, time, fc.nat(), (root, otherRoot, at, bit) => {
      const { id, publicKeys } = openDeviceKeyset(createDeviceKeyset(systemRandom));
      const certificate = certifyDevice(root, publicKeys, at);
      const { publicKey } = accountSigner(root);
      expect(verifyCertificate(publicKey, certificate)).toEqual({ id, publicKeys, at });
      expect(verifyCertificate(publicKey, flipBit(certificate, bit))).toBeNull();
      expect(verifyCertificate(accountSigner(otherRoot).publicKey, certificate)).toBeNull();
      expect(certifyDevice(root, publicKeys, at)).toEqual(certificate);
    }),
  );
});

test('every bit of a certificate counts', () => {
  const root = systemRandom(32);
  const { publicKeys } = openDeviceKeyset(createDeviceKeyset(systemRandom));
  const certificate = certifyDevice(root, publicKeys, 1);
  const { publicKey } = accountSigner(root);
  for (let bit = 0; bit < certificate.length * 8; bit++) {
    expect(verifyCertificate(publicKey, flipBit(certificate, bit)), `bit ${bit}`).toBeNull();
  }
});

test('the same seeds are the same device, others another', () => {
  fc.assert(
    fc.property(key, key, fc.nat(), (signingSeed, boxSeed, bit) => {
      const { id } = openDeviceKeyset({ signingSeed, boxSeed });
      expect(openDeviceKeyset({ signingSeed, boxSeed }).id).toBe(id);
      const other = { signingSeed: flipBit(signingSeed, bit), boxSeed };
      expect(openDeviceKeyset(other).id).not.toBe(id);
    }),
  );
});

test('the keys of a recovery key and of an account root are unlike', () => {
  fc.assert(
    fc.property(key, (secret) => {
      const { signer, box } = openRecoveryKeys(secret);
      expect(signer.publicKey).not.toEqual(accountSigner(secret).publicKey);
      expect(box.publicKey).not.toEqual(signer.publicKey);
    }),
  );
});
