/** Opening a part of a sealed blob: only the chunks that it lies in are read. */
import {
  type BlobChunks,
  BlobDamagedError,
  blobChunks,
  blobHeaderBytes,
  chunkBytes,
  contentLength,
  lengthBytes,
  sealedChunkBytes,
  tagBytes,
} from './blobChunks.ts';
import { padmeLength } from './padding.ts';

/** @returns the sealed bytes from `offset`, as many as `length`, or fewer when there are no more. */
export type ReadSealed = (offset: number, length: number) => Promise<Uint8Array>;

/**
 * Reads the header and the first chunk, which tells the content's length, then the chunks of the range.
 * The length of what is sealed has to be the one that this content seals to, so a blob that was cut short
 * is refused even where the range is whole.
 *
 * @param root 32 bytes.
 * @param sealedLength bytes of the whole sealed blob, header included.
 * @param from first byte of the content that is asked for.
 * @param to the byte after the last one; `from` for none.
 * @yields exactly these bytes in pieces, each already authenticated.
 * @throws BlobDamagedError when anything read is not authentic, or the length is not right.
 * @throws RangeError when the range is not inside the content.
 */
export async function* openBlobRange(
  root: Uint8Array,
  readSealed: ReadSealed,
  sealedLength: number,
  from: number,
  to: number,
): AsyncGenerator<Uint8Array> {
  requireRange(from, to);
  const blob = await openedBlob(root, readSealed, sealedLength);
  if (to > blob.length) throw new RangeError('to must not be beyond the content');
  if (from === to) return;
  const start = from + lengthBytes;
  const end = to + lengthBytes;
  for (let number = Math.floor(start / chunkBytes); number * chunkBytes < end; number++) {
    const plain = number === 0 ? blob.first : await blob.read(number);
    const begin = number * chunkBytes;
    yield plain.subarray(Math.max(0, start - begin), Math.min(plain.length, end - begin));
  }
}

interface OpenedBlob {
  /** Of the content, in bytes. */
  readonly length: number;
  readonly first: Uint8Array;
  read(number: number): Promise<Uint8Array>;
}

async function openedBlob(
  root: Uint8Array,
  readSealed: ReadSealed,
  sealedLength: number,
): Promise<OpenedBlob> {
  const chunks = blobChunks(root, await readSealed(0, blobHeaderBytes));
  const count = Math.ceil((sealedLength - blobHeaderBytes) / sealedChunkBytes);
  const read = (number: number) => readChunk(chunks, readSealed, sealedLength, count, number);
  const first = await read(0);
  const length = contentLength(first);
  const padded = padmeLength(lengthBytes + length);
  if (sealedLength !== blobHeaderBytes + padded + count * tagBytes) throw new BlobDamagedError();
  return { length, first, read };
}

async function readChunk(
  chunks: BlobChunks,
  readSealed: ReadSealed,
  sealedLength: number,
  count: number,
  number: number,
): Promise<Uint8Array> {
  const offset = blobHeaderBytes + number * sealedChunkBytes;
  const sealed = await readSealed(offset, Math.min(sealedChunkBytes, sealedLength - offset));
  return chunks.open(number, number === count - 1, sealed);
}

function requireRange(from: number, to: number): void {
  const whole = Number.isSafeInteger(from) && Number.isSafeInteger(to);
  if (!whole || from < 0 || from > to) {
    throw new RangeError('from and to must be whole numbers, 0 <= from <= to');
  }
}
