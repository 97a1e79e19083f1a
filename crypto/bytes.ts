/** Small byte helpers that the rest of `crypto/` shares. */

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Length-prefixes each part (unsigned 32-bit, big endian), so that no two lists encode alike. */
export function encodeParts(...parts: readonly Uint8Array[]): Uint8Array {
  return concat(
    ...parts.flatMap((part) => {
      const length = new Uint8Array(4);
      new DataView(length.buffer).setUint32(0, part.length);
      return [length, part];
    }),
  );
}

/** @throws TypeError naming `argument` when it is not exactly `length` bytes. */
export function requireBytes(argument: string, value: Uint8Array, length: number): void {
  if (!(value instanceof Uint8Array) || value.length !== length) {
    throw new TypeError(`${argument} must be ${length} bytes`);
  }
}

/** @throws TypeError naming `argument` when it is not bytes, of whatever length. */
export function requireByteArray(argument: string, value: Uint8Array): void {
  if (!(value instanceof Uint8Array)) throw new TypeError(`${argument} must be bytes`);
}

/** Unsigned, big endian. @throws RangeError naming `argument` unless whole and below 256^`size` and 2^53. */
export function uint(argument: string, value: number, size: number): Uint8Array {
  if (!Number.isSafeInteger(value) || value < 0 || value >= 256 ** size) {
    throw new RangeError(`${argument} must be a whole number of at most ${size} bytes`);
  }
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return bytes.subarray(8 - size);
}

/** Byte by byte, as an order to sort by. For public values: takes longer the more is equal. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** @returns whether each is greater than the one before, so that a set has one order and no doubles. */
export function strictlyAscending(list: readonly Uint8Array[]): boolean {
  return list.every((item, at) => {
    const before = list[at - 1];
    return !before || compareBytes(before, item) < 0;
  });
}

/** Overwrites secrets in place; a best effort, since a JavaScript engine may have moved them before. */
export function wipe(...secrets: readonly Uint8Array[]): void {
  for (const secret of secrets) secret.fill(0);
}
