/** What must hold for every input: opening inverts sealing, and any change is refused. */
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { argon2id } from '@noble/hashes/argon2.js';
import { blake2b } from '@noble/hashes/blake2.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeParts, utf8 } from './bytes.ts';
import { createContentHash } from './contentHash.ts';
import { deriveKey } from './derivedKey.ts';
import { unwrapKey, wrapKey } from './keyWrap.ts';
import { padmeLength } from './padding.ts';
import { chooseKdf, derivePassphraseKey, kdfAllowed, minimumKdf } from './passphraseKey.ts';
import { systemRandom } from './random.ts';
import { recoveryKeyToWords, wordsToRecoveryKey } from './recoveryWords.ts';
import { BlobDamagedError, blobHeaderBytes, chunkBytes, openBlob, sealBlob } from './sealedBlob.ts';

const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
const anyBytes = fc.uint8Array({ maxLength: 300 });

async function collect(parts: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const part of parts) all.push(part);
  return new Uint8Array(Buffer.concat(all));
}

const seal = (root: Uint8Array, content: Uint8Array) =>
  collect(sealBlob(root, content.length, [content], systemRandom));
const open = (root: Uint8Array, sealed: Uint8Array) => collect(openBlob(root, [sealed]));

function flipBit(bytes: Uint8Array, bit: number): Uint8Array {
  const changed = bytes.slice();
  const at = (bit >> 3) % bytes.length;
  changed[at] = (changed[at] ?? 0) ^ (1 << (bit & 7));
  return changed;
}

describe('key wrapping', () => {
  test('unwrapping inverts wrapping', () => {
    fc.assert(
      fc.property(
        key,
        fc.uint8Array({ minLength: 1, maxLength: 64 }),
        anyBytes,
        (by, it, context) => {
          const wrapped = wrapKey(by, it, context, systemRandom);
          expect(unwrapKey(by, wrapped, context)).toEqual(it);
        },
      ),
    );
  });

  test('any flipped bit, other key or other context is refused', () => {
    fc.assert(
      fc.property(key, key, anyBytes, fc.nat(), (by, it, context, bit) => {
        const wrapped = wrapKey(by, it, context, systemRandom);
        expect(unwrapKey(by, flipBit(wrapped, bit), context)).toBeNull();
        expect(unwrapKey(flipBit(by, bit), wrapped, context)).toBeNull();
        expect(unwrapKey(by, wrapped, encodeParts(context))).toBeNull();
        expect(unwrapKey(by, wrapped.subarray(0, bit % wrapped.length), context)).toBeNull();
      }),
    );
  });

  test('a second implementation opens what this one wraps', () => {
    const by = systemRandom(32);
    const it = systemRandom(32);
    const wrapped = wrapKey(by, it, utf8('context'), systemRandom);
    const head = wrapped.subarray(0, 57);
    const inner = blake2b(encodeParts(utf8('warren/wrap/v1')), { key: by, dkLen: 32 });
    const ad = encodeParts(utf8('warren/wrapped-key/v1'), utf8('context'), head);
    const opened = xchacha20poly1305(inner, head.subarray(1, 25), ad).decrypt(wrapped.subarray(57));
    expect(new Uint8Array(opened)).toEqual(it);
  });
});

describe('derived keys', () => {
  test('agree with a second implementation and differ by domain and by context', () => {
    fc.assert(
      fc.property(key, fc.string(), anyBytes, (parent, domain, context) => {
        const derived = deriveKey(parent, domain, context);
        const second = blake2b(encodeParts(utf8(domain), context), { key: parent, dkLen: 32 });
        expect(derived).toEqual(new Uint8Array(second));
        expect(deriveKey(parent, `${domain}.`, context)).not.toEqual(derived);
        expect(deriveKey(parent, domain, context, new Uint8Array())).not.toEqual(derived);
      }),
    );
  });
});

describe('passphrase key', () => {
  test('is Argon2id as a second implementation computes it', () => {
    const salt = new Uint8Array(16).fill(7);
    const first = derivePassphraseKey('mật khẩu dài', salt, minimumKdf);
    const second = argon2id(utf8('mật khẩu dài'.normalize('NFKC')), salt, {
      t: 3,
      m: 65_536,
      p: 1,
      dkLen: 32,
    });
    expect(first).toEqual(new Uint8Array(second));
  }, 60_000);

  test('the same typing in another normal form gives the same key', () => {
    const salt = new Uint8Array(16);
    const composed = derivePassphraseKey('é'.normalize('NFC'), salt, minimumKdf);
    expect(derivePassphraseKey('é'.normalize('NFD'), salt, minimumKdf)).toEqual(composed);
  });

  test.each([
    { memory: 63, passes: 3 },
    { memory: 64, passes: 2 },
    { memory: 2_049, passes: 3 },
    { memory: 64.5, passes: 3 },
    { memory: 64, passes: 1e9 },
    { memory: Number.NaN, passes: 3 },
  ])('refuses parameters out of bounds: %o', (weak) => {
    expect(kdfAllowed({ algorithm: 'argon2id', ...weak })).toBe(false);
    expect(() =>
      derivePassphraseKey('x', new Uint8Array(16), { algorithm: 'argon2id', ...weak }),
    ).toThrow(RangeError);
  });

  test('calibration stays inside the bounds and near its target', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 60_000, noNaN: true }), (cost) => {
        const chosen = chooseKdf(cost);
        expect(kdfAllowed(chosen)).toBe(true);
        expect(chosen.memory).toBeGreaterThanOrEqual(minimumKdf.memory);
        const expected = (cost / 192) * chosen.memory * chosen.passes;
        if (cost < 900) expect(expected).toBeLessThanOrEqual(901);
      }),
    );
  });
});

describe('recovery words', () => {
  test('words give the key back, however they are typed', () => {
    fc.assert(
      fc.property(key, (secret) => {
        const words = recoveryKeyToWords(secret);
        expect(words).toHaveLength(24);
        const typed = words.map((word, at) => `${at + 1}. ${word.toUpperCase()}`).join('\n  ');
        expect(wordsToRecoveryKey(typed)).toEqual(secret);
      }),
    );
  });

  test('a missing, extra or unknown word is refused', () => {
    const words = recoveryKeyToWords(systemRandom(32));
    expect(wordsToRecoveryKey(words.slice(1).join(' '))).toBeNull();
    expect(wordsToRecoveryKey([...words, 'zoo'].join(' '))).toBeNull();
    expect(wordsToRecoveryKey(['warren', ...words.slice(1)].join(' '))).toBeNull();
    expect(wordsToRecoveryKey('')).toBeNull();
  });

  test('the checksum refuses almost every swapped word', () => {
    const words = recoveryKeyToWords(new Uint8Array(32).fill(1));
    const swapped = [words[1], words[0], ...words.slice(2)].join(' ');
    expect(words[0] === words[1] || wordsToRecoveryKey(swapped) === null).toBe(true);
  });
});

describe('padding', () => {
  test('never shrinks, costs at most 12 %, and keeps order', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 31 - 1 }), (length) => {
        const padded = padmeLength(length);
        expect(padded).toBeGreaterThanOrEqual(length);
        expect(padded).toBeLessThanOrEqual(Math.max(256, length * 1.12));
        expect(padmeLength(length + 1)).toBeGreaterThanOrEqual(padded);
        expect(padmeLength(padded)).toBe(padded);
      }),
    );
  });
});

describe('sealed blobs', () => {
  const root = systemRandom(32);
  const content = fc.oneof(
    fc.uint8Array({ maxLength: 600 }),
    fc
      .constantFrom(-8, -1, 0, 1, 7, 8)
      .chain((off) => fc.constantFrom(1, 2).map((n) => systemRandom(n * chunkBytes + off))),
  );

  test('opening inverts sealing, however the bytes are cut on the way', async () => {
    await fc.assert(
      fc.asyncProperty(content, fc.integer({ min: 1, max: 70_000 }), async (plain, cut) => {
        const sealed = await seal(root, plain);
        const pieces: Uint8Array[] = [];
        for (let at = 0; at < sealed.length; at += cut) pieces.push(sealed.subarray(at, at + cut));
        expect(Buffer.compare(await collect(openBlob(root, pieces)), plain)).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  test('any flipped bit, cut, extension or other key is refused', async () => {
    await fc.assert(
      fc.asyncProperty(content, fc.nat(), async (plain, bit) => {
        const sealed = await seal(root, plain);
        await expect(open(root, flipBit(sealed, bit))).rejects.toThrow(BlobDamagedError);
        await expect(open(root, sealed.subarray(0, bit % sealed.length))).rejects.toThrow(
          BlobDamagedError,
        );
        await expect(open(root, new Uint8Array([...sealed, 0]))).rejects.toThrow(BlobDamagedError);
        await expect(open(flipBit(root, bit), sealed)).rejects.toThrow(BlobDamagedError);
      }),
      { numRuns: 25 },
    );
  });

  test('chunks can not be swapped, dropped or doubled', async () => {
    const sealed = await seal(root, systemRandom(4 * chunkBytes));
    const size = chunkBytes + 16;
    const head = sealed.subarray(0, blobHeaderBytes);
    const chunks: Uint8Array[] = [];
    for (let at = blobHeaderBytes; at < sealed.length; at += size) {
      chunks.push(sealed.subarray(at, at + size));
    }
    const [a, b, ...rest] = chunks;
    if (!a || !b) throw new Error('expected several chunks');
    for (const order of [
      [b, a, ...rest],
      [b, ...rest],
      [a, a, b, ...rest],
      [a, b, ...rest.slice(0, -1)],
    ]) {
      await expect(collect(openBlob(root, [head, ...order]))).rejects.toThrow(BlobDamagedError);
    }
  });

  test('content of another length than announced is refused', async () => {
    await expect(collect(sealBlob(root, 5, [new Uint8Array(4)], systemRandom))).rejects.toThrow(
      RangeError,
    );
    await expect(collect(sealBlob(root, 5, [new Uint8Array(6)], systemRandom))).rejects.toThrow(
      RangeError,
    );
  });

  test('a second implementation opens the first chunk', async () => {
    const sealed = await seal(root, utf8('hello'));
    const header = sealed.subarray(0, blobHeaderBytes);
    const inner = blake2b(encodeParts(utf8('warren/blob/v1'), header.subarray(5)), {
      key: root,
      dkLen: 32,
    });
    const nonce = new Uint8Array(24);
    nonce[8] = 1;
    const plain = xchacha20poly1305(inner, nonce, header).decrypt(sealed.subarray(blobHeaderBytes));
    expect(new TextDecoder().decode(plain.subarray(8, 13))).toBe('hello');
    expect(plain.length).toBe(256);
  });

  test('the content hash is BLAKE2b-256', () => {
    const hash = createContentHash();
    hash.update(utf8('war'));
    hash.update(utf8('ren'));
    expect(hash.hex()).toBe(Buffer.from(blake2b(utf8('warren'), { dkLen: 32 })).toString('hex'));
  });
});
