/**
 * Sealing large content in chunks, so that it streams both ways and any part can be opened alone. The
 * format is described in `blobChunks.ts`.
 */
import { BlobDamagedError, chunkBytes, contentLength, lengthBytes } from './blobChunks.ts';
import { uint } from './bytes.ts';
import { openChunks, type Pieces, sealChunks } from './chunkStream.ts';
import { padmeLength } from './padding.ts';
import type { RandomBytes } from './random.ts';

export { BlobDamagedError, blobHeaderBytes, chunkBytes } from './blobChunks.ts';
export { openBlobRange, type ReadSealed } from './blobRange.ts';

/**
 * Seals content of a known length.
 *
 * @param root 32 bytes, the key that all blobs of a vault derive theirs from.
 * @param length bytes that `content` will give in total.
 * @yields the sealed bytes: the header, then chunk after chunk.
 * @throws RangeError when `content` gives more or fewer bytes than `length`.
 */
export async function* sealBlob(
  root: Uint8Array,
  length: number,
  content: Pieces,
  random: RandomBytes,
): AsyncGenerator<Uint8Array> {
  yield* sealChunks(root, paddedContent(length, content), random);
}

/**
 * Opens what {@link sealBlob} made.
 *
 * @yields the content in pieces, each already authenticated. A caller that must not act on part of a
 *   damaged blob has to wait for the end.
 * @throws BlobDamagedError at the first chunk that is not authentic.
 */
export async function* openBlob(root: Uint8Array, sealed: Pieces): AsyncGenerator<Uint8Array> {
  let remaining: number | null = null;
  for await (const plain of openChunks(root, sealed)) {
    const part = remaining === null ? plain.subarray(lengthBytes) : plain;
    remaining ??= contentLength(plain);
    const piece = part.subarray(0, remaining);
    if (piece.length > 0) yield piece;
    remaining -= piece.length;
  }
  if (remaining !== 0) throw new BlobDamagedError();
}

async function* paddedContent(length: number, content: Pieces): AsyncGenerator<Uint8Array> {
  yield uint('length', length, lengthBytes);
  let given = 0;
  for await (const part of content) {
    given += part.length;
    if (given > length) break;
    yield part;
  }
  if (given !== length) throw new RangeError(`content gave ${given} bytes, not ${length}`);
  let padding = padmeLength(lengthBytes + length) - lengthBytes - length;
  while (padding > 0) {
    yield new Uint8Array(Math.min(padding, chunkBytes));
    padding -= Math.min(padding, chunkBytes);
  }
}
