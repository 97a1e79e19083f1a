/**
 * What is checked of Automerge bytes before Automerge sees them. It does not check a change's checksum
 * by itself, and it inflates compressed columns without a bound, so bytes from a file or another device
 * come through here first.
 *
 * Source: Automerge binary format, sections "chunks", "document" and "change":
 * magic 85 6f 4a 83 || checksum (4) || type (1) || length (LEB128) || content.
 */
import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';

/** Bytes of one chunk as stored, and of everything in it when inflated. */
export const chunkBounds = { stored: 8 * 1024 * 1024, inflated: 64 * 1024 * 1024 } as const;

const magic = [0x85, 0x6f, 0x4a, 0x83] as const;
const types = { document: 0, change: 1, compressedChange: 2, bundle: 3 } as const;
/** The bit of a column's specification that says that it is deflated. */
const deflated = 8;

/** What a caller vouches for. */
export interface Trust {
  /**
   * Bundles are taken too: changes packed together, whose deflated columns are not looked into here. For
   * bytes that a device of this workspace signed; a file could hold a bomb.
   */
  readonly bundles?: boolean;
}

/**
 * What remains: columns are run-length encoded as well, and a few bytes can say that a value repeats a
 * billion times, in documents and changes as in bundles. That is bounded by nothing here; who sends it
 * takes this process' time and memory until it is restarted, and gets nothing into the vault.
 *
 * @returns whether the bytes are whole Automerge chunks with right checksums, inside {@link chunkBounds}.
 */
export function chunksAreSound(bytes: Uint8Array, trust: Trust = {}): boolean {
  if (bytes.length === 0 || bytes.length > chunkBounds.stored) return false;
  const budget = { left: chunkBounds.inflated };
  try {
    for (let at = 0; at < bytes.length; ) at = checkChunk(bytes, at, budget, trust);
    return true;
  } catch {
    return false;
  }
}

class Refused extends Error {}

function checkChunk(
  bytes: Uint8Array,
  start: number,
  budget: { left: number },
  trust: Trust,
): number {
  if (!magic.every((byte, n) => bytes[start + n] === byte)) throw new Refused();
  const type = bytes[start + 8];
  const { value: length, next } = readLeb(bytes, start + 9);
  const end = next + length;
  if (end > bytes.length) throw new Refused();
  const content = bytes.subarray(next, end);
  if (type === types.compressedChange) {
    // The checksum of a compressed change is that of the change it was made from.
    const plain = inflate(content, budget);
    requireChecksum(bytes, start, types.change, plain);
    return end;
  }
  requireChecksum(bytes, start, type ?? 255, content);
  if (type === types.document) checkDocument(content, budget);
  else if (type === types.bundle && trust.bundles !== true) throw new Refused();
  else if (type !== types.change && type !== types.bundle) throw new Refused();
  return end;
}

function requireChecksum(
  bytes: Uint8Array,
  start: number,
  type: number,
  content: Uint8Array,
): void {
  const hash = createHash('sha256')
    .update(Uint8Array.of(type, ...writeLeb(content.length)))
    .update(content)
    .digest();
  if (!hash.subarray(0, 4).equals(bytes.subarray(start + 4, start + 8))) throw new Refused();
}

/** Actors, heads, then the descriptions of change columns and operation columns, then their data. */
function checkDocument(content: Uint8Array, budget: { left: number }): void {
  let at = 0;
  const number = () => {
    const { value, next } = readLeb(content, at);
    at = next;
    return value;
  };
  const pass = (length: number) => {
    at = skip(content, at + length);
  };
  for (let actors = number(); actors > 0; actors--) pass(number());
  pass(number() * 32);
  const columns: { deflated: boolean; length: number }[] = [];
  for (let set = 0; set < 2; set++) {
    for (let count = number(); count > 0; count--) {
      const specification = number();
      columns.push({ deflated: (specification & deflated) !== 0, length: number() });
    }
  }
  for (const column of columns) {
    const end = skip(content, at + column.length);
    if (column.deflated) inflate(content.subarray(at, end), budget);
    else budget.left -= column.length;
    at = end;
  }
}

function skip(content: Uint8Array, to: number): number {
  if (to > content.length) throw new Refused();
  return to;
}

function inflate(content: Uint8Array, budget: { left: number }): Uint8Array {
  const plain = inflateRawSync(content, { maxOutputLength: Math.max(1, budget.left) });
  budget.left -= plain.length;
  if (budget.left <= 0) throw new Refused();
  return plain;
}

/** Unsigned LEB128, at most 2^53. */
function readLeb(bytes: Uint8Array, start: number): { value: number; next: number } {
  let value = 0;
  for (let at = start, factor = 1; at < start + 8; at++, factor *= 128) {
    const byte = bytes[at];
    if (byte === undefined) throw new Refused();
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return { value, next: at + 1 };
  }
  throw new Refused();
}

function writeLeb(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) | 0x80);
  }
}
