/** For tests: known secrets looked for in bytes, in every encoding that they are usually written in. */

/** Bytes that a place is first looked at by; nothing shorter is looked for. */
const key = 6;

/** @returns how a secret may stand in other bytes, whatever stands around it. */
export function encodingsOf(secret: string | Uint8Array): Buffer[] {
  const bytes = Buffer.from(secret as string);
  const texts = [bytes.toString('hex'), bytes.toString('hex').toUpperCase(), ...base64Of(bytes)];
  const found = [bytes, Buffer.from(bytes).reverse(), ...texts.map((text) => Buffer.from(text))];
  if (typeof secret === 'string') {
    const wide = Buffer.from(secret, 'utf16le');
    found.push(wide, Buffer.from(wide).swap16(), Buffer.from(encodeURIComponent(secret)));
  }
  return found.filter(({ length }) => length >= key);
}

/** At each of the three places that it can have in a longer text, without what depends on that. */
function base64Of(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const own = text.slice(before === 0 ? 0 : before + 1, -4);
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

/** @returns the secrets that are in there, in any encoding. */
export function secretsIn(
  haystack: Buffer,
  secrets: readonly (string | Uint8Array)[],
): (string | Uint8Array)[] {
  const wanted = new Map<number, { needle: Buffer; secret: string | Uint8Array }[]>();
  for (const secret of secrets) {
    for (const needle of encodingsOf(secret)) {
      const start = needle.readUIntBE(0, key);
      const list = wanted.get(start) ?? [];
      list.push({ needle, secret });
      wanted.set(start, list);
    }
  }
  const found = new Set<string | Uint8Array>();
  for (let at = 0; at + key <= haystack.length; at++) {
    for (const { needle, secret } of wanted.get(haystack.readUIntBE(at, key)) ?? []) {
      if (haystack.subarray(at, at + needle.length).equals(needle)) found.add(secret);
    }
  }
  return [...found];
}
