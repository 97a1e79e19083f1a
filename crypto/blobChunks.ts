/**
 * The format of sealed blobs: header, chunks and the nonce of each.
 *
 * Layout: magic "WRNB" || version (1) || salt (32) || chunks. Each chunk seals 65,536 bytes (the last
 * one fewer, possibly none) and is 16 bytes longer than them. The key of a blob is derived from the
 * blob root and the salt, so chunk numbers can serve as nonces:
 * nonce = chunk number (64-bit big endian) || 1 when it is the last chunk, else 0 || 15 zeros.
 * The "last" mark makes a cut-off or extended blob fail to open (STREAM: Hoang, Reyhanitabar, Rogaway,
 * Vizár 2015). The header is associated data of every chunk. The plaintext is
 * content length (64-bit big endian) || content || zeros up to the Padmé length.
 */
import { requireBytes, utf8 } from './bytes.ts';
import { deriveKey, keyBytes } from './derivedKey.ts';
import { sodium } from './sodium.ts';

export const chunkBytes = 65_536;
export const tagBytes = 16;
export const sealedChunkBytes = chunkBytes + tagBytes;
export const magic = utf8('WRNB');
export const version = 1;
export const saltBytes = 32;
/** Bytes of the content's length, at the start of the first chunk. */
export const lengthBytes = 8;
export const blobHeaderBytes = magic.length + 1 + saltBytes;

/** With the length before it, what a double still holds exactly. */
const longestContent = BigInt(Number.MAX_SAFE_INTEGER - lengthBytes);

/** Thrown while opening: the bytes are not what was sealed under this key. */
export class BlobDamagedError extends Error {
  constructor() {
    super('the sealed content has been altered, cut short or belongs to another key');
    this.name = 'BlobDamagedError';
  }
}

/** Seals and opens the chunks of one blob by their number. */
export interface BlobChunks {
  seal(number: number, last: boolean, plain: Uint8Array): Uint8Array;
  /** @throws BlobDamagedError when it is not the chunk of that number, or not last as told. */
  open(number: number, last: boolean, sealed: Uint8Array): Uint8Array;
}

/**
 * @param root 32 bytes.
 * @param header the blob's first 37 bytes.
 * @throws BlobDamagedError when they are not a header of a known version.
 */
export function blobChunks(root: Uint8Array, header: Uint8Array): BlobChunks {
  requireBytes('root', root, keyBytes);
  requireHeader(header);
  const key = deriveKey(root, 'warren/blob/v1', header.subarray(magic.length + 1));
  return {
    seal: (number, last, plain) =>
      sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
        plain,
        header,
        null,
        chunkNonce(number, last),
        key,
      ),
    open: (number, last, sealed) => openChunk(key, header, chunkNonce(number, last), sealed),
  };
}

/** The length of the content, from the first chunk. @throws BlobDamagedError when there is none. */
export function contentLength(firstChunk: Uint8Array): number {
  if (firstChunk.length < lengthBytes) throw new BlobDamagedError();
  const length = new DataView(firstChunk.buffer, firstChunk.byteOffset).getBigUint64(0);
  if (length > longestContent) throw new BlobDamagedError();
  return Number(length);
}

/** Its length needs no check: with another one the key would be another. */
function requireHeader(header: Uint8Array): void {
  if (magic.some((byte, at) => header[at] !== byte)) throw new BlobDamagedError();
  if (header[magic.length] !== version) throw new BlobDamagedError();
}

function chunkNonce(number: number, last: boolean): Uint8Array {
  const nonce = new Uint8Array(24);
  new DataView(nonce.buffer).setBigUint64(0, BigInt(number));
  nonce[8] = last ? 1 : 0;
  return nonce;
}

/** libsodium refuses what is shorter than a tag. */
function openChunk(
  key: Uint8Array,
  header: Uint8Array,
  nonce: Uint8Array,
  sealed: Uint8Array,
): Uint8Array {
  try {
    return sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, sealed, header, nonce, key);
  } catch {
    throw new BlobDamagedError();
  }
}
