/**
 * A record's id is a UUID; its document has the same 16 bytes. automerge-repo spells them in base58 with
 * a checksum, which is what the storage keys use, so that its own code finds what ours has stored.
 */
import {
  type BinaryDocumentId,
  type DocumentId,
  interpretAsDocumentId,
} from '@automerge/automerge-repo/slim';

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const isRecordId = (text: string): boolean => uuidPattern.test(text);

/** @returns 16 bytes. @throws TypeError when `id` is no UUID in lower case. */
export function uuidBytes(id: string): Uint8Array {
  if (!isRecordId(id)) throw new TypeError('id must be a UUID in lower case');
  return new Uint8Array(Buffer.from(id.replaceAll('-', ''), 'hex'));
}

/** @param bytes 16 bytes. */
export function uuidOf(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}

export const documentIdOf = (id: string): DocumentId =>
  interpretAsDocumentId(uuidBytes(id) as BinaryDocumentId);
