/**
 * Signed statements: Ed25519 over a domain and a message.
 *
 * What is signed is encodeParts(domain, message), so a statement made for one purpose never passes for
 * another. Keys are 32 bytes (the secret one as its seed), signatures 64.
 *
 * Who refuses what: Node (OpenSSL) refuses signatures of a wrong length, a scalar S that is not below
 * the group's order (RFC 8032 section 5.1.7), and an R that is not byte for byte the one it computes.
 * It accepts public keys with a component of small order, for which one signature can hold for several
 * messages, and Electron's BoringSSL accepts still more of them; so libsodium's
 * `crypto_core_ed25519_is_valid_point` decides first: canonical, on the curve, in the main subgroup.
 * Sources: RFC 8032; RFC 8410 (the DER around the keys); libsodium, "Finite field arithmetic".
 */
import {
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign as signWith,
  verify as verifyWith,
} from 'node:crypto';
import { concat, encodeParts, requireByteArray, requireBytes, utf8 } from './bytes.ts';
import { sodium } from './sodium.ts';

export const signingKeyBytes = 32;
export const signatureBytes = 64;

/** RFC 8410 section 7: what stands before the seed of a PKCS #8 private key. */
const privatePrefix = fromDigits('302e020100300506032b657004220420');
/** RFC 8410 section 4: what stands before the point of a SubjectPublicKeyInfo. */
const publicPrefix = fromDigits('302a300506032b6570032100');

export interface SigningKeyPair {
  readonly publicKey: Uint8Array;
  /** The 32 bytes that the pair is made from. */
  readonly secretSeed: Uint8Array;
}

/** Signs with one key; made once for many statements. */
export interface Signer {
  readonly publicKey: Uint8Array;
  /** @returns 64 bytes, the same for the same domain and message. */
  sign(domain: string, message: Uint8Array): Uint8Array;
}

/** @param seed 32 bytes, random or derived. */
export function signingKeyPair(seed: Uint8Array): SigningKeyPair {
  return { publicKey: createSigner(seed).publicKey, secretSeed: seed.slice() };
}

/** @param seed 32 bytes; may be wiped afterwards. */
export function createSigner(seed: Uint8Array): Signer {
  requireBytes('seed', seed, signingKeyBytes);
  const secret = createPrivateKey(derKey(privatePrefix, seed, 'pkcs8'));
  const encoded = createPublicKey(secret).export({ format: 'der', type: 'spki' });
  return {
    publicKey: new Uint8Array(encoded.subarray(publicPrefix.length)),
    sign: (domain, message) => new Uint8Array(signWith(null, signedBytes(domain, message), secret)),
  };
}

/** Signs one statement; {@link createSigner} is cheaper for several. @returns 64 bytes. */
export function sign(secretSeed: Uint8Array, domain: string, message: Uint8Array): Uint8Array {
  requireBytes('secretSeed', secretSeed, signingKeyBytes);
  return createSigner(secretSeed).sign(domain, message);
}

/**
 * @param publicKey untrusted, any length.
 * @param signature untrusted, any length.
 * @returns whether the holder of `publicKey` signed exactly this message for this domain.
 */
export function verify(
  publicKey: Uint8Array,
  domain: string,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  const key = verifyingKey(publicKey);
  if (!key) return false;
  return verifyWith(null, signedBytes(domain, message), key, signature);
}

function signedBytes(domain: string, message: Uint8Array): Uint8Array {
  requireByteArray('message', message);
  return encodeParts(utf8(domain), message);
}

/** Checking and importing a key costs as much as a verification; the same few devices sign again and again. */
const knownKeys = new Map<string, KeyObject>();
const knownKeysAtMost = 512;

function verifyingKey(publicKey: Uint8Array): KeyObject | null {
  const name = Buffer.from(publicKey).toString('latin1');
  const known = knownKeys.get(name) ?? importKey(publicKey);
  if (known) remember(name, known);
  return known;
}

/** Sets it again, so that the first one in the map is the one that was not used for longest. */
function remember(name: string, key: KeyObject): void {
  knownKeys.delete(name);
  knownKeys.set(name, key);
  const [oldest = name] = knownKeys.keys();
  if (knownKeys.size > knownKeysAtMost) knownKeys.delete(oldest);
}

function importKey(publicKey: Uint8Array): KeyObject | null {
  if (publicKey.length !== signingKeyBytes) return null;
  if (!sodium.crypto_core_ed25519_is_valid_point(publicKey)) return null;
  return createPublicKey(derKey(publicPrefix, publicKey, 'spki'));
}

function derKey<T extends 'pkcs8' | 'spki'>(prefix: Uint8Array, key: Uint8Array, type: T) {
  return { key: Buffer.from(concat(prefix, key)), format: 'der' as const, type };
}

function fromDigits(digits: string): Uint8Array {
  return new Uint8Array(Buffer.from(digits, 'hex'));
}
