/**
 * Envelopes: what devices say to one another through a relay that must not understand it.
 *
 * Layout: outer header (106 bytes, see `outerHeader.ts`) || ciphertext and tag (16). XChaCha20-Poly1305;
 * the outer header, with its key commitment, is the associated data. The plaintext is padded (see
 * `padding.ts`): attestation length (16-bit big endian) || attestation || signature (64) || body.
 * The signature is Ed25519 over (outer header, attestation, BLAKE2b-256 of the body), each
 * length-prefixed, in the domain `warren/envelope/v1`: it is inside, so a relay can not tell who wrote,
 * and it covers the outer header, so nobody can seal somebody's statement again for another place.
 *
 * The key is derived from the epoch's, the channel and the document tag. An envelope may hold changes of
 * many documents, so its key can not be one document's; the tag is zeros then, and the key is the epoch's
 * for this channel. Where the tag names a document the key is that document's alone. Since both are in
 * the derivation, an envelope moved to another channel or document does not even meet the right key.
 * The AEAD alone is not key-committing (see `keyWrap.ts`); the commitment, compared first, is.
 * Sources: draft-irtf-cfrg-xchacha-03; RFC 8032; RFC 7693; libsodium
 * `crypto_aead_xchacha20poly1305_ietf`.
 */
import {
  type Attestation,
  attestationId,
  decodeAttestation,
  encodeAttestation,
} from './attestation.ts';
import {
  compareBytes,
  concat,
  encodeParts,
  requireByteArray,
  requireBytes,
  uint,
} from './bytes.ts';
import { deriveKey, keyBytes } from './derivedKey.ts';
import { hash, idBytes } from './digest.ts';
import {
  encodeOuterHeader,
  nonceBytes,
  type OuterHeader,
  outerHeaderBytes,
  readOuterHeader,
} from './outerHeader.ts';
import { pad, unpad } from './padding.ts';
import type { RandomBytes } from './random.ts';
import { decodeStrictly } from './reader.ts';
import { type Signer, signatureBytes, verify } from './signing.ts';
import { sodium } from './sodium.ts';

export { type Attestation, attestationId } from './attestation.ts';
export { envelopeKinds, type OuterHeader, readOuterHeader } from './outerHeader.ts';

const signatureDomain = 'warren/envelope/v1';

export interface EnvelopeContent {
  /** 1 to 255. */
  readonly kind: number;
  /** 16 bytes. */
  readonly channel: Uint8Array;
  /** 16 bytes; zeros when the body holds a batch of several documents. */
  readonly documentTag: Uint8Array;
  /** 16 bytes. */
  readonly epochTag: Uint8Array;
  /** 32 bytes. */
  readonly epochKey: Uint8Array;
  readonly attestation: Attestation;
  /** At most 16 MiB together with the attestation. */
  readonly body: Uint8Array;
  readonly signer: Signer;
  readonly random: RandomBytes;
}

export type EnvelopeRefusal =
  | 'malformed'
  | 'unknownVersion'
  | 'wrongChannel'
  | 'unknownEpoch'
  | 'wrongKey'
  | 'notAuthentic'
  | 'badPadding'
  | 'badAttestation'
  | 'unknownDevice'
  | 'badSignature';

/** All that proves who wrote a body; whoever replaces the envelope carries this along. */
export interface SignedAttestation {
  /** 106 bytes. */
  readonly outerHeader: Uint8Array;
  readonly attestation: Uint8Array;
  /** BLAKE2b-256 of the body, 32 bytes. */
  readonly bodyHash: Uint8Array;
  readonly signature: Uint8Array;
}

export type OpenedEnvelope =
  | {
      readonly ok: true;
      readonly header: OuterHeader;
      readonly attestation: Attestation;
      readonly attestationId: Uint8Array;
      readonly body: Uint8Array;
      readonly signed: SignedAttestation;
    }
  | { readonly ok: false; readonly reason: EnvelopeRefusal };

/** @returns the 32-byte key of the epoch that the header's tag names, or null when it is not known. */
export type EpochKeyFor = (header: OuterHeader) => Uint8Array | null;

/** @returns the signing public key of a device, or null when there is no such device. */
export type VerifyKeyFor = (device: string) => Uint8Array | null;

/** Where the envelope was found. */
export interface ExpectedPlace {
  /** 16 bytes. */
  readonly channel: Uint8Array;
}

/** @throws TypeError or RangeError naming the argument that is out of its bounds. */
export function sealEnvelope(content: EnvelopeContent): Uint8Array {
  requireByteArray('body', content.body);
  const keys = envelopeKeys(content.epochKey, content);
  const nonce = content.random(nonceBytes);
  const header = encodeOuterHeader({ ...content, nonce, keyCommitment: keys.commitment });
  const sealed = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
    pad(encodeContent(header, content)),
    header,
    null,
    nonce,
    keys.encryption,
  );
  return concat(header, sealed);
}

/**
 * @param envelope untrusted.
 * @returns what was sealed and who signed it, or the first thing that is wrong with it. Whether that
 *   device may write here, and whether its sequence fits, is for the caller to decide.
 */
export function openEnvelope(
  envelope: Uint8Array,
  keyFor: EpochKeyFor,
  verifyKeyFor: VerifyKeyFor,
  expected: ExpectedPlace,
): OpenedEnvelope {
  const unsealed = unseal(envelope, keyFor, expected);
  if (!unsealed.ok) return unsealed;
  const { header, attestation, content } = unsealed;
  const verifyKey = verifyKeyFor(attestation.device);
  if (!verifyKey) return refused('unknownDevice');
  const signed = {
    outerHeader: envelope.subarray(0, outerHeaderBytes),
    attestation: content.attestation,
    bodyHash: hash(content.body),
    signature: content.signature,
  };
  if (!verifySignedAttestation(verifyKey, signed)) return refused('badSignature');
  const id = attestationId(attestation);
  return { ok: true, header, attestation, attestationId: id, body: content.body, signed };
}

/** What this device verified or sealed itself, read back from where it keeps it. */
export type ReopenedEnvelope = Pick<
  Extract<OpenedEnvelope, { ok: true }>,
  'header' | 'attestation' | 'body'
>;

/**
 * Opens what this device verified or sealed itself, and kept, without verifying the signature again. Never
 * for what has just come from elsewhere.
 *
 * @returns null when it is not what was sealed under that key.
 */
export function reopenEnvelope(
  envelope: Uint8Array,
  keyFor: EpochKeyFor,
  expected: ExpectedPlace,
): ReopenedEnvelope | null {
  const unsealed = unseal(envelope, keyFor, expected);
  if (!unsealed.ok) return null;
  const { header, attestation, content } = unsealed;
  return { header, attestation, body: content.body };
}

/** @returns whether the holder of `publicKey` signed an attestation that was carried along. */
export function verifySignedAttestation(publicKey: Uint8Array, signed: SignedAttestation): boolean {
  return verify(publicKey, signatureDomain, signedBytes(signed), signed.signature);
}

/** @returns 32 bytes, BLAKE2b-256 of the whole envelope: what relays and devices know it by. */
export const envelopeId = (envelope: Uint8Array): Uint8Array => hash(envelope);

const refused = (reason: EnvelopeRefusal) => ({ ok: false, reason }) as const;

function envelopeKeys(epochKey: Uint8Array, place: Pick<OuterHeader, 'channel' | 'documentTag'>) {
  requireBytes('epochKey', epochKey, keyBytes);
  const { channel, documentTag } = place;
  return {
    encryption: deriveKey(epochKey, 'warren/envelope/v1', channel, documentTag),
    commitment: deriveKey(epochKey, 'warren/envelope-commitment/v1', channel, documentTag),
  };
}

function signedBytes(signed: Omit<SignedAttestation, 'signature'>): Uint8Array {
  return encodeParts(signed.outerHeader, signed.attestation, signed.bodyHash);
}

function encodeContent(outerHeader: Uint8Array, content: EnvelopeContent): Uint8Array {
  const { body, signer } = content;
  const attestation = encodeAttestation(content.attestation);
  const statement = signedBytes({ outerHeader, attestation, bodyHash: hash(body) });
  const signature = signer.sign(signatureDomain, statement);
  return concat(uint('attestation.length', attestation.length, 2), attestation, signature, body);
}

function decrypt(envelope: Uint8Array, nonce: Uint8Array, key: Uint8Array): Uint8Array | null {
  try {
    return sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
      null,
      envelope.subarray(outerHeaderBytes),
      envelope.subarray(0, outerHeaderBytes),
      nonce,
      key,
    );
  } catch {
    return null;
  }
}

/** All that the epoch's key tells of an envelope; by whom it was signed is not among it. */
function unseal(envelope: Uint8Array, keyFor: EpochKeyFor, expected: ExpectedPlace) {
  requireByteArray('envelope', envelope);
  requireBytes('expected.channel', expected.channel, idBytes);
  const read = readOuterHeader(envelope);
  if (!read.ok) return refused(read.reason);
  const { header } = read;
  if (compareBytes(header.channel, expected.channel) !== 0) return refused('wrongChannel');
  const epochKey = keyFor(header);
  if (!epochKey) return refused('unknownEpoch');
  const keys = envelopeKeys(epochKey, header);
  if (!sodium.memcmp(header.keyCommitment, keys.commitment)) return refused('wrongKey');
  const padded = decrypt(envelope, header.nonce, keys.encryption);
  if (!padded) return refused('notAuthentic');
  const plain = unpad(padded);
  if (!plain) return refused('badPadding');
  const content = splitContent(plain);
  const attestation = content && decodeAttestation(content.attestation);
  if (!attestation) return refused('badAttestation');
  return { ok: true, header, attestation, content } as const;
}

function splitContent(plain: Uint8Array) {
  return decodeStrictly(plain, (reader) => ({
    attestation: reader.take(reader.uint(2)),
    signature: reader.take(signatureBytes),
    body: reader.rest(),
  }));
}
