/**
 * Sealing large content in chunks, so that it streams both ways and any part can be opened alone.
 *
 * Layout: magic "WRNB" || version (1) || salt (32) || chunks. Each chunk seals 65,536 bytes (the last
 * one fewer, possibly none) and is 16 bytes longer than them. The key of a blob is derived from the
 * blob root and the salt, so chunk numbers can serve as nonces:
 * nonce = chunk number (64-bit big endian) || 1 when it is the last chunk, else 0 || 15 zeros.
 * The "last" mark makes a cut-off or extended blob fail to open (STREAM: Hoang, Reyhanitabar, Rogaway,
 * Vizár 2015). The header is associated data of every chunk. The plaintext is
 * content length (64-bit big endian) || content || zeros up to the Padmé length.
 */
import { concat, requireBytes, utf8 } from './bytes.ts';
import { deriveKey, keyBytes } from './derivedKey.ts';
import { padmeLength } from './padding.ts';
import type { RandomBytes } from './random.ts';
import { sodium } from './sodium.ts';

export const chunkBytes = 65_536;
const tagBytes = 16;
const magic = utf8('WRNB');
const version = 1;
const saltBytes = 32;
const lengthBytes = 8;
export const blobHeaderBytes = magic.length + 1 + saltBytes;

/** Thrown while opening: the bytes are not what was sealed under this key. */
export class BlobDamagedError extends Error {
  constructor() {
    super('the sealed content has been altered, cut short or belongs to another key');
    this.name = 'BlobDamagedError';
  }
}

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
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  random: RandomBytes,
): AsyncGenerator<Uint8Array> {
  requireBytes('root', root, keyBytes);
  const header = concat(magic, Uint8Array.of(version), random(saltBytes));
  const key = blobKey(root, header);
  yield header;
  let number = 0;
  let pending: Uint8Array | null = null;
  for await (const chunk of inChunks(paddedContent(length, content))) {
    if (pending) yield sealChunk(key, header, number++, false, pending);
    pending = chunk;
  }
  yield sealChunk(key, header, number, true, pending ?? new Uint8Array());
}

/**
 * Opens what {@link sealBlob} made.
 *
 * @yields the content in pieces, each already authenticated. A caller that must not act on part of a
 *   damaged blob has to wait for the end.
 * @throws BlobDamagedError at the first chunk that is not authentic.
 */
export async function* openBlob(
  root: Uint8Array,
  sealed: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let remaining: number | null = null;
  for await (const plain of openChunks(root, sealed)) {
    let part = plain;
    if (remaining === null) {
      if (plain.length < lengthBytes) throw new BlobDamagedError();
      remaining = readLength(plain);
      part = plain.subarray(lengthBytes);
    }
    if (remaining > 0 && part.length > 0) yield part.subarray(0, Math.min(part.length, remaining));
    remaining = Math.max(0, remaining - part.length);
  }
  if (remaining !== 0) throw new BlobDamagedError();
}

async function* openChunks(
  root: Uint8Array,
  sealed: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  requireBytes('root', root, keyBytes);
  let header: Uint8Array | null = null;
  let key: Uint8Array | null = null;
  let number = 0;
  let pending: Uint8Array | null = null;
  for await (const block of inBlocks(sealed)) {
    if (!header || !key) {
      header = requireHeader(block);
      key = blobKey(root, header);
      continue;
    }
    if (pending) yield openChunk(key, header, number++, false, pending);
    pending = block;
  }
  if (!header || !key || !pending) throw new BlobDamagedError();
  yield openChunk(key, header, number, true, pending);
}

function requireHeader(block: Uint8Array): Uint8Array {
  const whole = block.length === blobHeaderBytes;
  const known = whole && magic.every((byte, at) => block[at] === byte);
  if (!known || block[magic.length] !== version) throw new BlobDamagedError();
  return block;
}

function blobKey(root: Uint8Array, header: Uint8Array): Uint8Array {
  return deriveKey(root, 'warren/blob/v1', header.subarray(magic.length + 1));
}

function chunkNonce(number: number, last: boolean): Uint8Array {
  const nonce = new Uint8Array(24);
  new DataView(nonce.buffer).setBigUint64(0, BigInt(number));
  nonce[8] = last ? 1 : 0;
  return nonce;
}

function sealChunk(
  key: Uint8Array,
  header: Uint8Array,
  number: number,
  last: boolean,
  plain: Uint8Array,
): Uint8Array {
  return sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
    plain,
    header,
    null,
    chunkNonce(number, last),
    key,
  );
}

function openChunk(
  key: Uint8Array,
  header: Uint8Array,
  number: number,
  last: boolean,
  sealed: Uint8Array,
): Uint8Array {
  if (sealed.length < tagBytes) throw new BlobDamagedError();
  try {
    return sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
      null,
      sealed,
      header,
      chunkNonce(number, last),
      key,
    );
  } catch {
    throw new BlobDamagedError();
  }
}

async function* paddedContent(
  length: number,
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const prefix = new Uint8Array(lengthBytes);
  new DataView(prefix.buffer).setBigUint64(0, BigInt(length));
  yield prefix;
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

function readLength(plain: Uint8Array): number {
  const length = new DataView(plain.buffer, plain.byteOffset).getBigUint64(0);
  if (length > BigInt(Number.MAX_SAFE_INTEGER)) throw new BlobDamagedError();
  return Number(length);
}

/** Regroups a stream into chunks of {@link chunkBytes}, the last one shorter. */
async function* inChunks(parts: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* regroup(parts, () => chunkBytes);
}

/** Regroups a sealed stream into its header and its sealed chunks. */
async function* inBlocks(
  parts: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* regroup(parts, (index) => (index === 0 ? blobHeaderBytes : chunkBytes + tagBytes));
}

async function* regroup(
  parts: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  sizeOf: (index: number) => number,
): AsyncGenerator<Uint8Array> {
  let index = 0;
  let block = new Uint8Array(sizeOf(0));
  let filled = 0;
  for await (const part of parts) {
    let at = 0;
    while (at < part.length) {
      const taken = Math.min(part.length - at, block.length - filled);
      block.set(part.subarray(at, at + taken), filled);
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
