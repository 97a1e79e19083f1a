/**
 * All of an envelope that a relay sees, apart from how long it is.
 *
 * Layout (106 bytes): version (1 byte, 1) || kind (1) || channel (16) || document tag (16) ||
 * epoch tag (16) || nonce (24) || key commitment (32). The ciphertext follows.
 */
import { concat, requireBytes, uint } from './bytes.ts';
import { hashBytes, idBytes } from './digest.ts';
import { smallestPadded } from './padding.ts';
import { decodeStrictly, MalformedError, type Reader } from './reader.ts';

export const envelopeVersion = 1;
export const nonceBytes = 24;
const tagBytes = 16;
export const outerHeaderBytes = 1 + 1 + 3 * idBytes + nonceBytes + hashBytes;
/** The header and the smallest ciphertext with its tag. */
export const smallestEnvelope = outerHeaderBytes + smallestPadded + tagBytes;

/** Kinds that all rooms agree on; up to 255 others may be given a meaning elsewhere. */
export const envelopeKinds = { content: 1, snapshot: 2, tombstone: 3, epoch: 4 } as const;

export interface OuterHeader {
  /** 1 to 255. */
  readonly kind: number;
  /** 16 bytes. */
  readonly channel: Uint8Array;
  /** 16 bytes; zeros when the envelope holds a batch of several documents. */
  readonly documentTag: Uint8Array;
  /** 16 bytes. */
  readonly epochTag: Uint8Array;
  /** 24 bytes, random. */
  readonly nonce: Uint8Array;
  /** 32 bytes. */
  readonly keyCommitment: Uint8Array;
}

export type ReadHeader =
  | { readonly ok: true; readonly header: OuterHeader }
  | { readonly ok: false; readonly reason: 'malformed' | 'unknownVersion' };

/** @throws TypeError or RangeError naming the field that is out of its bounds. */
export function encodeOuterHeader(header: OuterHeader): Uint8Array {
  requireBytes('channel', header.channel, idBytes);
  requireBytes('documentTag', header.documentTag, idBytes);
  requireBytes('epochTag', header.epochTag, idBytes);
  requireBytes('nonce', header.nonce, nonceBytes);
  requireBytes('keyCommitment', header.keyCommitment, hashBytes);
  if (header.kind === 0) throw new RangeError('kind must be 1 to 255');
  return concat(
    Uint8Array.of(envelopeVersion),
    uint('kind', header.kind, 1),
    header.channel,
    header.documentTag,
    header.epochTag,
    header.nonce,
    header.keyCommitment,
  );
}

/** @param envelope a whole one; the header's fields are views of it. Nothing in it is authentic yet. */
export function readOuterHeader(envelope: Uint8Array): ReadHeader {
  if (envelope.length < smallestEnvelope) return { ok: false, reason: 'malformed' };
  if (envelope[0] !== envelopeVersion) return { ok: false, reason: 'unknownVersion' };
  const header = decodeStrictly(envelope.subarray(1, outerHeaderBytes), readFields);
  return header ? { ok: true, header } : { ok: false, reason: 'malformed' };
}

function readFields(reader: Reader): OuterHeader {
  const kind = reader.uint(1);
  if (kind === 0) throw new MalformedError();
  return {
    kind,
    channel: reader.take(idBytes),
    documentTag: reader.take(idBytes),
    epochTag: reader.take(idBytes),
    nonce: reader.take(nonceBytes),
    keyCommitment: reader.take(hashBytes),
  };
}
