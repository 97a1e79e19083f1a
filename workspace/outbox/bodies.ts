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
  /** Several bodies of one transaction, each with its kind. */
  mixed: 8,
  /** Like `mixed`, in the place of many envelopes of before; its first body says at which level. */
  compacted: 9,
} as const;
export type EnvelopeKind = keyof typeof envelopeKind;

/** @returns null for one of a later version. */
export function kindName(kind: number): EnvelopeKind | null {
  const found = Object.entries(envelopeKind).find(([, number]) => number === kind);
  return found ? (found[0] as EnvelopeKind) : null;
}

/** A change of one document, or its removal (no bytes). */
export interface OutgoingChange {
  /** 16 bytes. */
  readonly document: Uint8Array;
  readonly bytes: Uint8Array;
}

/** What a list shows of a document, so that whoever gets it can show it before opening it. */
export interface ListRow {
  readonly kind: string;
  readonly name: string;
  readonly searchText: string;
  /** JSON. */
  readonly summary: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly trashedAt: number | null;
}

/** A whole document, with its row where lists show it. */
export interface OutgoingDocument extends OutgoingChange {
  readonly row: ListRow | null;
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
  const read = parts && readParts(parts);
  if (!read || read.length % 2 !== 0) return null;
  const batch: OutgoingChange[] = [];
  for (let at = 0; at < read.length; at += 2) {
    const [document, bytes] = read.slice(at, at + 2) as [Uint8Array, Uint8Array];
    if (document.length !== documentBytes) return null;
    batch.push({ document, bytes });
  }
  return batch;
}

const rowSchema = z.strictObject({
  kind: z.string().max(100),
  name: z.string().max(10_000),
  searchText: z.string().max(1_000_000),
  summary: z.string().max(1_000_000),
  createdAt: z.int().min(0).max(lastTime),
  updatedAt: z.int().min(0).max(lastTime),
  trashedAt: z.int().min(0).max(lastTime).nullable(),
});

/** Like a batch, with a row (CBOR, or nothing) after each document. */
export function encodeDocuments(documents: readonly OutgoingDocument[]): Uint8Array {
  return pack(
    encodeParts(
      ...documents.flatMap(({ document, bytes, row }) => [
        document,
        bytes,
        row ? encode(row) : new Uint8Array(),
      ]),
    ),
  );
}

/** @returns null when they are none. */
export function decodeDocuments(body: Uint8Array): OutgoingDocument[] | null {
  const parts = unpack(body);
  const read = parts && readParts(parts);
  if (!read || read.length % 3 !== 0) return null;
  const documents: OutgoingDocument[] = [];
  for (let at = 0; at < read.length; at += 3) {
    const [document, bytes, row] = read.slice(at, at + 3) as [Uint8Array, Uint8Array, Uint8Array];
    if (document.length !== documentBytes) return null;
    documents.push({ document, bytes, row: row.length > 0 ? rowOf(row) : null });
  }
  return documents;
}

function rowOf(bytes: Uint8Array): ListRow | null {
  try {
    return rowSchema.parse(decode(bytes, { strict: true, allowIndefinite: false }));
  } catch {
    // Without it the document is opened at once.
    return null;
  }
}

function readParts(bytes: Uint8Array): Uint8Array[] | null {
  return decodeStrictly(bytes, (reader) => {
    const parts: Uint8Array[] = [];
    for (let left = bytes.length; left > 0; ) {
      const part = reader.take(reader.uint(4));
      parts.push(part);
      left -= 4 + part.length;
    }
    return parts;
  });
}

const nested: ReadonlySet<number> = new Set([envelopeKind.mixed, envelopeKind.compacted]);

/** One byte, the level, before the bodies. */
export const encodeCompacted = (
  level: number,
  bodies: readonly { kind: number; body: Uint8Array }[],
): Uint8Array => concat(Uint8Array.of(level), encodeMixed(bodies));

/** @returns null when it is none. */
export function decodeCompacted(
  body: Uint8Array,
): { level: number; bodies: { kind: number; body: Uint8Array }[] } | null {
  const [level] = body;
  const bodies = decodeMixed(body.subarray(1));
  return level !== undefined && level > 0 && bodies ? { level, bodies } : null;
}

/** Several bodies in one: kind (1 byte) and body, each length-prefixed. */
export const encodeMixed = (bodies: readonly { kind: number; body: Uint8Array }[]): Uint8Array =>
  encodeParts(...bodies.flatMap(({ kind, body }) => [Uint8Array.of(kind), body]));

/** @returns null when they are none, or mixed themselves. */
export function decodeMixed(body: Uint8Array): { kind: number; body: Uint8Array }[] | null {
  const parts = readParts(body);
  if (!parts || parts.length % 2 !== 0) return null;
  const bodies = [];
  for (let at = 0; at < parts.length; at += 2) {
    const kind = parts[at]?.[0] ?? 0;
    if (parts[at]?.length !== 1 || nested.has(kind)) return null;
    bodies.push({ kind, body: parts[at + 1] as Uint8Array });
  }
  return bodies;
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
