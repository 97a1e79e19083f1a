/**
 * Entries of the membership log: who belongs to a workspace, with which devices, and the epochs that they
 * read. Each is signed and names the entries that its author knew, so that everybody resolves the same
 * entries alike, in whatever order they come.
 *
 * Encoding: CBOR of [statement, signature]; the statement is CBOR of a map. Ed25519 over the statement in
 * the domain `warren/membership/v1`, by the author's signing key. Id: BLAKE2b-256 of the whole.
 */
import { decode, encode } from 'cborg';
import { z } from 'zod';
import { digest, hashBytes } from '../../crypto/digest.ts';
import { toHex } from '../../crypto/hex.ts';
import { type Signer, verify } from '../../crypto/signing.ts';
import { lastTime } from '../model/time.ts';

const bytes = (length: number) =>
  z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length === length);
const someBytes = (most: number) =>
  z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length <= most);
const hex = (length: number) => z.string().regex(new RegExp(`^[0-9a-f]{${2 * length}}$`));
const deviceId = hex(16);
const name = z.string().min(1).max(100);

/** An author that is not a device: whoever holds the recovery words. */
export const recoveryAuthor = 'recovery';

const common = {
  /** Ids of the entries that its author knew and that no other of them follows. */
  parents: z.array(hex(32)).max(64),
  author: z.union([deviceId, z.literal(recoveryAuthor)]),
  at: z.int().min(0).max(lastTime),
};

const statementSchema = z.discriminatedUnion('type', [
  /** The first: the account, what recovers it, and its first device. */
  z.strictObject({
    ...common,
    type: z.literal('create'),
    channel: bytes(16),
    account: bytes(32),
    recovery: z.strictObject({ signing: bytes(32), box: bytes(32) }).nullable(),
    certificate: bytes(137),
    name,
  }),
  z.strictObject({ ...common, type: z.literal('addDevice'), certificate: bytes(137), name }),
  z.strictObject({ ...common, type: z.literal('renameDevice'), device: deviceId, name }),
  z.strictObject({
    ...common,
    type: z.literal('removeDevice'),
    device: deviceId,
    /** How much of what it sent counts: its last sequence that the author had. */
    pin: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
    /** Whether it is asked to delete its vault. */
    wipe: z.boolean(),
  }),
  z.strictObject({ ...common, type: z.literal('epoch'), sealed: someBytes(256 * 1024) }),
]);

export type Statement = z.output<typeof statementSchema>;
export type StatementOf<Type extends Statement['type']> = Extract<Statement, { type: Type }>;

export interface Entry {
  /** 64 hexadecimal digits. */
  readonly id: string;
  readonly statement: Statement;
  readonly encoded: Uint8Array;
  /** What the author's key has to have signed. */
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
}

const domain = 'warren/membership/v1';
const strictly = {
  strict: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowBigInt: false,
  rejectDuplicateMapKeys: true,
};
const pairSchema = z.tuple([someBytes(300 * 1024), bytes(64)]);

export function signStatement(statement: Statement, signer: Signer): Entry {
  const signed = encode(statement);
  const signature = signer.sign(domain, signed);
  const encoded = encode([signed, signature]);
  return { id: idOf(encoded), statement, encoded, signed, signature };
}

/** @param encoded untrusted. @returns null when it is no entry; whose it is, is not checked here. */
export function decodeEntry(encoded: Uint8Array): Entry | null {
  try {
    const [signed, signature] = pairSchema.parse(decode(encoded, strictly));
    const statement = statementSchema.parse(decode(signed, strictly));
    return { id: idOf(encoded), statement, encoded, signed, signature };
  } catch {
    // Rubbish, in whatever way it is.
    return null;
  }
}

export const isSignedBy = (entry: Entry, publicKey: Uint8Array): boolean =>
  verify(publicKey, domain, entry.signed, entry.signature);

const idOf = (encoded: Uint8Array): string =>
  toHex(digest(hashBytes, 'warren/membership-id/v1', encoded));
