/**
 * The keys that a device makes for itself and never gives away, and the certificate by which its owner's
 * account root takes it in.
 *
 * Certificate: version (1 byte, 1) || signing key (32) || box key (32) || time (64-bit big endian,
 * milliseconds since 1970) || signature (64) by the account's signing key over all before it.
 * Sources: RFC 8032, RFC 7748, RFC 7693.
 */
import { type BoxKeyPair, boxKeyBytes, boxKeyPair } from './boxKeys.ts';
import { concat, requireBytes, uint } from './bytes.ts';
import { deriveKey, keyBytes } from './derivedKey.ts';
import { digest, idBytes } from './digest.ts';
import { toHex } from './hex.ts';
import type { RandomBytes } from './random.ts';
import { decodeStrictly, MalformedError, type Reader } from './reader.ts';
import { createSigner, type Signer, signatureBytes, signingKeyBytes, verify } from './signing.ts';

const version = 1;
const timeBytes = 8;
const certificateDomain = 'warren/device-certificate/v1';
const statementBytes = 1 + signingKeyBytes + boxKeyBytes + timeBytes;

/** What is stored of a device's keys: 32 random bytes each, independent of one another. */
export interface DeviceSeeds {
  readonly signingSeed: Uint8Array;
  readonly boxSeed: Uint8Array;
}

export interface DevicePublicKeys {
  /** Ed25519, 32 bytes. */
  readonly signing: Uint8Array;
  /** X25519, 32 bytes. */
  readonly box: Uint8Array;
}

export interface DeviceKeyset {
  /** {@link deviceId} of the public keys. */
  readonly id: string;
  readonly signer: Signer;
  readonly box: BoxKeyPair;
  readonly publicKeys: DevicePublicKeys;
}

/** What a certificate says. */
export interface CertifiedDevice {
  readonly id: string;
  readonly publicKeys: DevicePublicKeys;
  /** Milliseconds since 1970, by the clock of whoever certified. */
  readonly at: number;
}

export function createDeviceKeyset(random: RandomBytes): DeviceSeeds {
  return { signingSeed: random(signingKeyBytes), boxSeed: random(boxKeyBytes) };
}

/** @param seeds 32 bytes each. */
export function openDeviceKeyset(seeds: DeviceSeeds): DeviceKeyset {
  requireBytes('signingSeed', seeds.signingSeed, signingKeyBytes);
  requireBytes('boxSeed', seeds.boxSeed, boxKeyBytes);
  const signer = createSigner(seeds.signingSeed);
  const box = boxKeyPair(seeds.boxSeed);
  const publicKeys = { signing: signer.publicKey, box: box.publicKey };
  return { id: deviceId(publicKeys), signer, box, publicKeys };
}

/** @returns 32 hexadecimal digits: BLAKE2b-128 of both public keys. */
export function deviceId(publicKeys: DevicePublicKeys): string {
  requireBytes('publicKeys.signing', publicKeys.signing, signingKeyBytes);
  requireBytes('publicKeys.box', publicKeys.box, boxKeyBytes);
  return toHex(digest(idBytes, 'warren/device-id/v1', publicKeys.signing, publicKeys.box));
}

/** The key that certifies an account's devices. @param accountRoot 32 random bytes. */
export function accountSigner(accountRoot: Uint8Array): Signer {
  requireBytes('accountRoot', accountRoot, keyBytes);
  return createSigner(deriveKey(accountRoot, 'warren/account-signing/v1'));
}

/**
 * @param accountRoot 32 bytes.
 * @param at milliseconds since 1970, a whole number.
 * @returns 137 bytes, the same for the same arguments.
 */
export function certifyDevice(
  accountRoot: Uint8Array,
  publicKeys: DevicePublicKeys,
  at: number,
): Uint8Array {
  requireBytes('publicKeys.signing', publicKeys.signing, signingKeyBytes);
  requireBytes('publicKeys.box', publicKeys.box, boxKeyBytes);
  const statement = concat(
    Uint8Array.of(version),
    publicKeys.signing,
    publicKeys.box,
    uint('at', at, timeBytes),
  );
  return concat(statement, accountSigner(accountRoot).sign(certificateDomain, statement));
}

/** @returns what the account certified, or null when any bit differs or another account signed. */
export function verifyCertificate(
  accountPublicKey: Uint8Array,
  certificate: Uint8Array,
): CertifiedDevice | null {
  requireBytes('accountPublicKey', accountPublicKey, signingKeyBytes);
  return decodeStrictly(certificate, (reader) => {
    const device = readDevice(reader);
    const statement = certificate.subarray(0, statementBytes);
    const signature = reader.take(signatureBytes);
    if (!verify(accountPublicKey, certificateDomain, statement, signature)) {
      throw new MalformedError();
    }
    return device;
  });
}

function readDevice(reader: Reader): CertifiedDevice {
  if (reader.uint(1) !== version) throw new MalformedError();
  const publicKeys = {
    signing: reader.take(signingKeyBytes).slice(),
    box: reader.take(boxKeyBytes).slice(),
  };
  return { id: deviceId(publicKeys), publicKeys, at: reader.uint(timeBytes) };
}
