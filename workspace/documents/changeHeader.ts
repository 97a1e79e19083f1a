/**
 * Who made a change and when, read from its bytes without taking it in: whoever receives one has to know that it
 * is the sender's before Automerge sees it.
 *
 * Source: Automerge binary format, sections "chunks" and "change": chunk header (magic, checksum, type,
 * length), then number of dependencies, their hashes (32 each), actor length, actor, sequence, first
 * operation, time (signed LEB128).
 */
import { inflateRawSync } from 'node:zlib';
import { toHex } from '../../crypto/hex.ts';
import { isTime } from '../model/time.ts';

const typeAt = 8;
const types = { change: 1, compressedChange: 2 } as const;
const hashBytes = 32;
/** Dependencies and the actor lie in the first bytes; nothing beyond is wanted. */
const inflatedAtMost = 64 * 1024 * 1024;

export interface ChangeHeader {
  /** Hexadecimal. */
  readonly actor: string;
  /** Milliseconds since 1970, whatever its author wrote there; 0 where that is no such time. */
  readonly time: number;
}

/** @param bytes one change. @returns null when it is none. */
export function changeHeader(bytes: Uint8Array): ChangeHeader | null {
  const length = leb(bytes, typeAt + 1);
  if (!length || length.next + length.value !== bytes.length) return null;
  const content = plainContent(bytes[typeAt], bytes.subarray(length.next));
  const count = content && leb(content, 0);
  if (!content || !count) return null;
  const actorLength = leb(content, count.next + count.value * hashBytes);
  if (!actorLength || actorLength.next + actorLength.value > content.length) return null;
  const actorEnd = actorLength.next + actorLength.value;
  const sequence = leb(content, actorEnd);
  const firstOperation = sequence && leb(content, sequence.next);
  if (!firstOperation) return null;
  const time = signedLeb(content, firstOperation.next);
  return {
    actor: toHex(content.subarray(actorLength.next, actorEnd)),
    time: isTime(time) ? time : 0,
  };
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

/** Signed LEB128 of at most 53 bits; null for what is longer. */
function signedLeb(bytes: Uint8Array, start: number): number | null {
  let value = 0;
  for (let at = start, factor = 1; at < start + 8; at++, factor *= 128) {
    const byte = bytes[at];
    if (byte === undefined) return null;
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return byte & 0x40 ? value - factor * 128 : value;
  }
  return null;
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
