/**
 * What a device states about one envelope of its own: where it stands in the sequence of all it ever sent,
 * what it knew, and which changes are in the body.
 *
 * Layout: device (16) || device sequence (64-bit) || previous attestation (32) || actor nonce (16) ||
 * sequence from (32-bit) || sequence to (32-bit) || last change (32) || digest of what was seen (32) ||
 * number of membership heads (1 byte) || membership heads (32 each, strictly ascending).
 * Numbers are unsigned and big endian. There is one encoding of any attestation, so its id is a name.
 */
import { compareBytes, concat, requireBytes, strictlyAscending, uint } from './bytes.ts';
import { digest, hashBytes, idBytes } from './digest.ts';
import { fromHex } from './hex.ts';
import { decodeStrictly, MalformedError, type Reader } from './reader.ts';

/** More heads than that are no history but an attempt to fill memory. */
export const mostMembershipHeads = 64;

export interface Attestation {
  /** 32 hexadecimal digits. */
  readonly device: string;
  /** Counts the device's envelopes; below 2^53. */
  readonly deviceSequence: number;
  /** 32 bytes: id of the device's attestation before this one; zeros for its first. */
  readonly previous: Uint8Array;
  /** 32 bytes each, at most 64, in any order, none twice. */
  readonly membershipHeads: readonly Uint8Array[];
  /** 16 bytes. */
  readonly actorNonce: Uint8Array;
  /** First and last sequence number of the changes in the body; below 2^32, from <= to. */
  readonly sequenceFrom: number;
  readonly sequenceTo: number;
  /** 32 bytes. */
  readonly lastChange: Uint8Array;
  /** 32 bytes. */
  readonly seenDigest: Uint8Array;
}

/** @throws TypeError or RangeError naming the field that is out of its bounds. */
export function encodeAttestation(attestation: Attestation): Uint8Array {
  requireFields(attestation);
  const heads = requireHeads(attestation.membershipHeads);
  return concat(
    fromHex('device', attestation.device, idBytes),
    uint('deviceSequence', attestation.deviceSequence, 8),
    attestation.previous,
    attestation.actorNonce,
    uint('sequenceFrom', attestation.sequenceFrom, 4),
    uint('sequenceTo', attestation.sequenceTo, 4),
    attestation.lastChange,
    attestation.seenDigest,
    uint('membershipHeads.length', heads.length, 1),
    ...heads,
  );
}

/** @returns null when the bytes are not exactly what {@link encodeAttestation} makes of something. */
export function decodeAttestation(encoded: Uint8Array): Attestation | null {
  return decodeStrictly(encoded, (reader) => {
    const attestation = readFields(reader);
    if (attestation.sequenceFrom > attestation.sequenceTo) throw new MalformedError();
    if (attestation.membershipHeads.length > mostMembershipHeads) throw new MalformedError();
    if (!strictlyAscending(attestation.membershipHeads)) throw new MalformedError();
    return attestation;
  });
}

/** @returns 32 bytes: BLAKE2b-256 of the encoding. */
export function attestationId(attestation: Attestation): Uint8Array {
  return digest(hashBytes, 'warren/attestation-id/v1', encodeAttestation(attestation));
}

function readFields(reader: Reader): Attestation {
  return {
    device: reader.hex(idBytes),
    deviceSequence: reader.uint(8),
    previous: reader.take(hashBytes),
    actorNonce: reader.take(idBytes),
    sequenceFrom: reader.uint(4),
    sequenceTo: reader.uint(4),
    lastChange: reader.take(hashBytes),
    seenDigest: reader.take(hashBytes),
    membershipHeads: reader.list(reader.uint(1), () => reader.take(hashBytes)),
  };
}

function requireFields(attestation: Attestation): void {
  requireBytes('previous', attestation.previous, hashBytes);
  requireBytes('actorNonce', attestation.actorNonce, idBytes);
  requireBytes('lastChange', attestation.lastChange, hashBytes);
  requireBytes('seenDigest', attestation.seenDigest, hashBytes);
  if (attestation.sequenceFrom > attestation.sequenceTo) {
    throw new RangeError('sequenceFrom must not be above sequenceTo');
  }
}

function requireHeads(heads: readonly Uint8Array[]): Uint8Array[] {
  for (const head of heads) requireBytes('membershipHeads', head, hashBytes);
  if (heads.length > mostMembershipHeads) {
    throw new RangeError(`membershipHeads must be at most ${mostMembershipHeads}`);
  }
  const sorted = heads.toSorted(compareBytes);
  if (!strictlyAscending(sorted)) throw new TypeError('membershipHeads must not be named twice');
  return sorted;
}
