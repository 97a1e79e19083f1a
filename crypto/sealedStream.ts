/**
 * Sealing content whose length nobody knows beforehand, such as an export that is written as it is
 * gathered. The format is that of sealed blobs (`blobChunks.ts`) under a root of its own, without the
 * length in the first chunk and without padding: the last chunk's mark tells where it ends.
 */
import { requireBytes } from './bytes.ts';
import { openChunks, type Pieces, sealChunks } from './chunkStream.ts';
import { deriveKey, keyBytes } from './derivedKey.ts';
import type { RandomBytes } from './random.ts';

/** @param key 32 bytes. @yields the sealed bytes. */
export async function* sealStream(
  key: Uint8Array,
  content: Pieces,
  random: RandomBytes,
): AsyncGenerator<Uint8Array> {
  yield* sealChunks(streamRoot(key), content, random);
}

/**
 * @param key 32 bytes.
 * @yields the content in pieces, each already authenticated; that nothing is missing is known at the end.
 * @throws BlobDamagedError at the first chunk that is not authentic, or when the end is missing.
 */
export async function* openStream(key: Uint8Array, sealed: Pieces): AsyncGenerator<Uint8Array> {
  yield* openChunks(streamRoot(key), sealed);
}

function streamRoot(key: Uint8Array): Uint8Array {
  requireBytes('key', key, keyBytes);
  return deriveKey(key, 'warren/stream/v1');
}
