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

/** Overwrites secrets in place; a best effort, since a JavaScript engine may have moved them before. */
export function wipe(...secrets: readonly Uint8Array[]): void {
  for (const secret of secrets) secret.fill(0);
}
