/** Streams of bytes to the sealed chunks of `blobChunks.ts` and back, however they are cut on the way. */
import {
  type BlobChunks,
  BlobDamagedError,
  blobChunks,
  blobHeaderBytes,
  chunkBytes,
  magic,
  saltBytes,
  sealedChunkBytes,
  version,
} from './blobChunks.ts';
import { concat } from './bytes.ts';
import type { RandomBytes } from './random.ts';

/** Bytes in pieces of any length. */
export type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** @param root 32 bytes. @yields a header of fresh salt, then each chunk sealed, the last one marked. */
export async function* sealChunks(
  root: Uint8Array,
  plain: Pieces,
  random: RandomBytes,
): AsyncGenerator<Uint8Array> {
  const header = concat(magic, Uint8Array.of(version), random(saltBytes));
  const chunks = blobChunks(root, header);
  yield header;
  let number = 0;
  let pending: Uint8Array | null = null;
  for await (const chunk of regroup(plain, () => chunkBytes)) {
    if (pending) yield chunks.seal(number++, false, pending);
    pending = chunk;
  }
  yield chunks.seal(number, true, pending ?? new Uint8Array());
}

/**
 * @param root 32 bytes.
 * @yields each chunk opened; that nothing is missing is known at the end.
 * @throws BlobDamagedError at the first chunk that is not authentic, or when the end is missing.
 */
export async function* openChunks(root: Uint8Array, sealed: Pieces): AsyncGenerator<Uint8Array> {
  let chunks: BlobChunks | null = null;
  let number = 0;
  let pending: Uint8Array | null = null;
  const blocks = regroup(sealed, (index) => (index === 0 ? blobHeaderBytes : sealedChunkBytes));
  for await (const block of blocks) {
    if (!chunks) {
      chunks = blobChunks(root, block);
      continue;
    }
    if (pending) yield chunks.open(number++, false, pending);
    pending = block;
  }
  if (!chunks) throw new BlobDamagedError();
  yield chunks.open(number, true, pending ?? new Uint8Array());
}

/** Cuts a stream anew into blocks of `sizeOf` bytes, the last one shorter. */
async function* regroup(
  pieces: Pieces,
  sizeOf: (index: number) => number,
): AsyncGenerator<Uint8Array> {
  let index = 0;
  let block = new Uint8Array(sizeOf(0));
  let filled = 0;
  for await (const piece of pieces) {
    let at = 0;
    while (at < piece.length) {
      const taken = Math.min(piece.length - at, block.length - filled);
      block.set(piece.subarray(at, at + taken), filled);
      filled += taken;
      at += taken;
      if (filled === block.length) {
        yield block;
        block = new Uint8Array(sizeOf(++index));
        filled = 0;
      }
    }
  }
  if (filled > 0) yield block.subarray(0, filled);
}
