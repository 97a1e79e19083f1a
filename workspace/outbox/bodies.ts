/** What lies in an envelope's body, by its kind. Whatever is read here came from a device that signed it. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { decode, encode } from 'cborg';
import { z } from 'zod';
import { concat, encodeParts } from '../../crypto/bytes.ts';
import { decodeStrictly } from '../../crypto/reader.ts';
import { lastTime } from '../model/time.ts';

/** Kinds of envelopes; a device passes over what it does not know. */
export const envelopeKind = {
  /** Changes of documents, each as Automerge encodes it. */
  content: 1,
  /** Documents, or parts of their history, in the place of envelopes of before. */
  snapshot: 2,
  /** Documents that were deleted for good. */
  tombstone: 3,
  /** An entry of the membership log. */
  membership: 4,
  /** Entries of journals, each signed by itself. */
  entries: 5,
  /** Where the newest session of a profile lies. */
  session: 6,
  /** Which envelopes a compaction stands for. */
  coverage: 7,
} as const;
export type EnvelopeKind = keyof typeof envelopeKind;

/** A change of one document, or its removal (no bytes). */
export interface OutgoingChange {
  /** 16 bytes. */
  readonly document: Uint8Array;
  readonly bytes: Uint8Array;
}

/** What is smaller than this grows when it is deflated. */
const worthDeflating = 400;
/** Bytes of a body when inflated; a sender makes far smaller ones. */
const inflatedAtMost = 64 * 1024 * 1024;
const documentBytes = 16;

/** 0 (plain) or 1 (raw deflate) || (document (16) and change), each length-prefixed. */
export function encodeBatch(batch: readonly OutgoingChange[]): Uint8Array {
  return pack(encodeParts(...batch.flatMap(({ document, bytes }) => [document, bytes])));
}

/** @returns null when it is no batch. */
export function decodeBatch(body: Uint8Array): OutgoingChange[] | null {
  const parts = unpack(body);
  return (
    parts &&
    decodeStrictly(parts, (reader) => {
      const batch: OutgoingChange[] = [];
      for (let left = parts.length; left > 0; ) {
        const idLength = reader.uint(4);
        const document = reader.take(idLength);
        const length = reader.uint(4);
        const bytes = reader.take(length);
        left -= 8 + idLength + length;
        batch.push({ document, bytes });
      }
      return batch.every(({ document }) => document.length === documentBytes) ? batch : [];
    })
  );
}

const bytesUpTo = (most: number) =>
  z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length <= most);
const time = z.int().min(0).max(lastTime);

const entriesSchema = z.array(
  z.strictObject({
    journal: z.enum(['run', 'activity']),
    subject: z.string().max(200),
    sequence: z.int().min(1),
    at: time,
    deviceId: z.string().regex(/^[0-9a-f]{32}$/),
    body: z.string().max(4 * 1024 * 1024),
    previous: bytesUpTo(32),
    signature: bytesUpTo(64),
  }),
);
export type SharedEntry = z.output<typeof entriesSchema>[number];

const sessionSchema = z.strictObject({
  profileId: z.string().max(64),
  capturedAt: time,
  /** The sealed storageState: its name at the relays, its sealed length, and what opens it. */
  state: z.strictObject({
    blob: bytesUpTo(32),
    size: z.int().min(1),
    key: bytesUpTo(32),
  }),
});
export type SharedSession = z.output<typeof sessionSchema>;

const coverageSchema = z.array(
  z.strictObject({
    device: z.string().regex(/^[0-9a-f]{32}$/),
    from: z.int().min(1),
    to: z.int().min(1),
    /** The attestation before `from`, and the one at `to` with its proof. */
    previous: bytesUpTo(32),
    outerHeader: bytesUpTo(128),
    attestation: bytesUpTo(4096),
    bodyHash: bytesUpTo(32),
    signature: bytesUpTo(64),
    /** Nonces under which the device wrote, so that its changes are known as its own. */
    nonces: z.array(bytesUpTo(16)).max(10_000),
  }),
);
export type Coverage = z.output<typeof coverageSchema>[number];

export const encodeEntries = (entries: readonly SharedEntry[]): Uint8Array => pack(encode(entries));
export const decodeEntries = (body: Uint8Array) => decoded(entriesSchema, body);
export const encodeSession = (session: SharedSession): Uint8Array => pack(encode(session));
export const decodeSession = (body: Uint8Array) => decoded(sessionSchema, body);
export const encodeCoverage = (coverage: readonly Coverage[]): Uint8Array => pack(encode(coverage));
export const decodeCoverage = (body: Uint8Array) => decoded(coverageSchema, body);

function decoded<T>(schema: z.ZodType<T>, body: Uint8Array): T | null {
  const plain = unpack(body);
  if (!plain) return null;
  try {
    return schema.parse(decode(plain, { strict: true, allowIndefinite: false }));
  } catch {
    return null;
  }
}

function pack(plain: Uint8Array): Uint8Array {
  return plain.length < worthDeflating
    ? concat(Uint8Array.of(0), plain)
    : concat(Uint8Array.of(1), new Uint8Array(deflateRawSync(plain)));
}

function unpack(body: Uint8Array): Uint8Array | null {
  const content = body.subarray(1);
  if (body[0] === 0) return content;
  if (body[0] !== 1) return null;
  try {
    return new Uint8Array(inflateRawSync(content, { maxOutputLength: inflatedAtMost }));
  } catch {
    return null;
  }
}
