/**
 * Who made a change, read from its bytes without taking it in: whoever receives one has to know that it
 * is the sender's before Automerge sees it.
 *
 * Source: Automerge binary format, sections "chunks" and "change": chunk header (magic, checksum, type,
 * length), then number of dependencies, their hashes (32 each), actor length, actor.
 */
import { inflateRawSync } from 'node:zlib';
import { toHex } from '../../crypto/hex.ts';

const typeAt = 8;
const types = { change: 1, compressedChange: 2 } as const;
const hashBytes = 32;
/** Dependencies and the actor lie in the first bytes; nothing beyond is wanted. */
const inflatedAtMost = 64 * 1024 * 1024;

/** @param bytes one change. @returns its actor, hexadecimal, or null when it is no change. */
export function actorOf(bytes: Uint8Array): string | null {
  const length = leb(bytes, typeAt + 1);
  if (!length || length.next + length.value !== bytes.length) return null;
  const content = plainContent(bytes[typeAt], bytes.subarray(length.next));
  const count = content && leb(content, 0);
  if (!content || !count) return null;
  const actorLength = leb(content, count.next + count.value * hashBytes);
  if (!actorLength || actorLength.next + actorLength.value > content.length) return null;
  return toHex(content.subarray(actorLength.next, actorLength.next + actorLength.value));
}

function plainContent(type: number | undefined, content: Uint8Array): Uint8Array | null {
  if (type === types.change) return content;
  if (type !== types.compressedChange) return null;
  try {
    return inflateRawSync(content, { maxOutputLength: inflatedAtMost });
  } catch {
    return null;
  }
}

/** Unsigned LEB128 below 2^53. */
function leb(bytes: Uint8Array, start: number): { value: number; next: number } | null {
  let value = 0;
  for (let at = start, factor = 1; at < start + 8; at++, factor *= 128) {
    const byte = bytes[at];
    if (byte === undefined) return null;
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return { value, next: at + 1 };
  }
  return null;
}
