/**
 * All messages between a client and a relay, with their shapes and bounds. README.md beside this file
 * tells what they mean. Unknown names, missing or further fields and wrong types are refused.
 */
import { z } from 'zod';
import { limits } from './limits.ts';

const bytes = (length: number) =>
  z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length === length);
const bytesUpTo = (most: number) =>
  z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length <= most);
const count = z.int().min(0).max(Number.MAX_SAFE_INTEGER);

const channel = bytes(16);
const id = bytes(32);
const key = bytes(32);
const signature = bytes(64);
const chain = bytes(32);
const register = bytes(16);
const envelope = bytesUpTo(limits.envelope).refine((value) => value.length > 0);
const envelopes = z.array(envelope).min(1).max(limits.envelopes);
const entries = z.array(z.strictObject({ position: count, envelope }));
const slot = { version: count, value: bytesUpTo(limits.register), age: count };

/** What a client asks for; each is answered by `ok` or `error` with the same number. */
export const requestSchemas = {
  open: z.strictObject({ channel, key, signature, create: z.boolean() }),
  subscribe: z.strictObject({ channel, position: count, chain }),
  append: z.strictObject({ channel, envelopes }),
  compact: z.strictObject({
    channel,
    envelopes: z.array(envelope).max(limits.envelopes),
    supersedes: z.array(id).max(limits.ids),
  }),
  read: z.strictObject({ channel, after: count }),
  fetch: z.strictObject({ channel, ids: z.array(id).min(1).max(limits.ids) }),
  summarize: z.strictObject({ channel, from: id, to: id }),
  ephemeral: z.strictObject({ channel, frame: bytesUpTo(limits.ephemeral) }),
  getRegister: z.strictObject({ channel, register }),
  setRegister: z.strictObject({
    channel,
    register,
    version: count,
    value: bytesUpTo(limits.register),
  }),
  putBlob: z.strictObject({
    channel,
    blob: id,
    size: z.int().min(1).max(limits.blob),
    offset: count,
    bytes: bytesUpTo(limits.blobPart),
  }),
  getBlob: z.strictObject({
    channel,
    blob: id,
    offset: count,
    length: z.int().min(0).max(limits.blobPart),
  }),
  dropBlob: z.strictObject({ channel, blob: id }),
  rotate: z.strictObject({
    channel,
    key,
    next: key,
    signature,
    notice: bytesUpTo(limits.notice),
  }),
  erase: z.strictObject({ channel }),
  identify: z.strictObject({ channel, nonce: bytes(32) }),
} as const;

const range = z.strictObject({ from: id, to: id, count, fingerprint: id });

/** What `ok` carries, by the name of the request that it answers. */
export const answerSchemas = {
  open: z.strictObject({ head: count, chain, created: z.boolean() }),
  subscribe: z.strictObject({ head: count, chain }),
  append: z.strictObject({ positions: z.array(count), head: count, chain }),
  compact: z.strictObject({ positions: z.array(count), head: count, chain, hidden: count }),
  read: z.strictObject({ entries, end: count, chain, head: count }),
  fetch: z.strictObject({ envelopes: z.array(envelope) }),
  summarize: z.strictObject({ ranges: z.array(range), ids: z.array(id).nullable() }),
  ephemeral: z.strictObject({ listeners: count }),
  getRegister: z.strictObject(slot),
  setRegister: z.strictObject({ set: z.boolean(), ...slot }),
  putBlob: z.strictObject({ received: count }),
  getBlob: z.strictObject({ size: count, bytes: bytesUpTo(limits.blobPart) }),
  dropBlob: z.strictObject({}),
  rotate: z.strictObject({}),
  erase: z.strictObject({}),
  identify: z.strictObject({ signature }),
} as const;

/** What a relay tells unasked. */
export const eventSchemas = {
  hello: z.strictObject({
    version: count,
    name: z.string().max(255),
    incarnation: bytes(16),
    challenge: bytes(32),
  }),
  entries: z.strictObject({ channel, entries, head: count, chain }),
  behind: z.strictObject({ channel, head: count }),
  ephemeral: z.strictObject({ channel, frame: bytesUpTo(limits.ephemeral) }),
  register: z.strictObject({ channel, register, ...slot }),
  rotated: z.strictObject({ channel, next: key, notice: bytesUpTo(limits.notice) }),
} as const;

export const errorCodes = [
  'badFrame',
  'notOpen',
  'unknownChannel',
  'badProof',
  'rotated',
  'unknownCursor',
  'unknownBlob',
  'badOffset',
  'tooLarge',
  'tooMany',
  'noIdentity',
  'quota',
  'rate',
  'stopping',
  'internal',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

export const errorSchema = z.strictObject({
  code: z.enum(errorCodes),
  /** Milliseconds after which asking again makes sense. */
  retryAfter: count.optional(),
  /** With `rotated`: the key that follows the refused one, and what its holder left for those before. */
  next: key.optional(),
  notice: bytesUpTo(limits.notice).optional(),
});

export type RequestName = keyof typeof requestSchemas;
export type Requests = { [Name in RequestName]: z.output<(typeof requestSchemas)[Name]> };
export type Answers = { [Name in RequestName]: z.output<(typeof answerSchemas)[Name]> };
export type EventName = keyof typeof eventSchemas;
export type Events = { [Name in EventName]: z.output<(typeof eventSchemas)[Name]> };
export type ErrorBody = z.output<typeof errorSchema>;

/** A relay's refusal, by its code. */
export class RelayError extends Error {
  readonly body: ErrorBody;
  constructor(body: ErrorBody) {
    super(`the relay refuses: ${body.code}`);
    this.body = body;
  }
}
