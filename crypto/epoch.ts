/**
 * Epochs: a random content key, the epochs it follows, and a name that commits to both.
 *
 * The id (see `epochId.ts`) names the epoch in public; a key that it does not commit to is refused.
 * Everything that is encrypted or named under an epoch derives its own key from the epoch's, so a
 * document's key can be handed on without the epoch's.
 * Source: RFC 7693; libsodium `crypto_generichash`.
 */
import { encodeParts, requireByteArray, requireBytes, utf8 } from './bytes.ts';
import { deriveKey, keyBytes } from './derivedKey.ts';
import { digest, idBytes } from './digest.ts';
import { type Epoch, epochId } from './epochId.ts';
import { fromHex } from './hex.ts';
import type { RandomBytes } from './random.ts';
import { sodium } from './sodium.ts';

export { type Epoch, epochId } from './epochId.ts';
export {
  type OpenedEpoch,
  openEpoch,
  openEpochParents,
  readSealedEpoch,
  type SealedEpochHead,
  sealEpoch,
} from './sealedEpoch.ts';

/** @param parents the epochs that the new one follows, at most 255; none for the first. */
export function createEpoch(random: RandomBytes, parents: readonly Epoch[]): Epoch {
  const ids = [...new Set(parents.map((parent) => parent.id))].sort();
  const key = random(keyBytes);
  return { id: epochId(key, ids), key, parents: ids };
}

/** What one document's content is encrypted under. @returns 32 bytes. */
export function documentKey(epochKey: Uint8Array, documentId: Uint8Array): Uint8Array {
  requireBytes('epochKey', epochKey, keyBytes);
  requireByteArray('documentId', documentId);
  return deriveKey(epochKey, 'warren/document/v1', documentId);
}

/**
 * What a document is called in public: the same throughout an epoch, so that a relay can group what
 * belongs together, and telling nothing without the epoch's key. @returns 16 bytes.
 */
export function blindedTag(epochKey: Uint8Array, documentId: Uint8Array): Uint8Array {
  requireBytes('epochKey', epochKey, keyBytes);
  requireByteArray('documentId', documentId);
  const named = encodeParts(utf8('warren/document-tag/v1'), documentId);
  return sodium.crypto_generichash(idBytes, named, epochKey);
}

/** What an epoch is called in public. @param id 32 hexadecimal digits. @returns 16 bytes. */
export function epochTag(id: string): Uint8Array {
  return digest(idBytes, 'warren/epoch-tag/v1', fromHex('id', id, idBytes));
}
