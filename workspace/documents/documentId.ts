/**
 * A record's id is a UUID; its document has the same 16 bytes. automerge-repo spells them in base58 with
 * a checksum, which is what the storage keys use, so that its own code finds what ours has stored.
 */
import type { DocumentId } from '@automerge/automerge-repo';
import bs58check from 'bs58check';

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const isRecordId = (text: string): boolean => uuidPattern.test(text);

/** @returns 16 bytes. @throws TypeError when `id` is no UUID in lower case. */
export function uuidBytes(id: string): Uint8Array {
  if (!isRecordId(id)) throw new TypeError('id must be a UUID in lower case');
  return new Uint8Array(Buffer.from(id.replaceAll('-', ''), 'hex'));
}

/** @param bytes 16. @returns the UUID of these bytes. */
export function uuidOf(bytes: Uint8Array): string {
  const digits = Buffer.from(bytes).toString('hex');
  return [8, 12, 16, 20].reduceRight(
    (text, at) => `${text.slice(0, at)}-${text.slice(at)}`,
    digits,
  );
}

/** As automerge-repo spells it, without loading all of it: a host starts without live documents. */
export const documentIdOf = (id: string): DocumentId =>
  bs58check.encode(uuidBytes(id)) as DocumentId;
