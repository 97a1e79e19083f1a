/** Sealed blobs open whole or in part, and any change is refused. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { systemRandom } from './random.ts';
import {
  BlobDamagedError,
  blobHeaderBytes,
  chunkBytes,
  openBlob,
  openBlobRange,
  sealBlob,
} from './sealedBlob.ts';
import { collect } from './testing/arbitraries.ts';
import { flipBit } from './testing/craft.ts';

const seal = (root: Uint8Array, content: Uint8Array) =>
  collect(sealBlob(root, content.length, [content], systemRandom));
const open = (root: Uint8Array, sealed: Uint8Array) => collect(openBlob(root, [sealed]));

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

/** Opens a range and notes which bytes of the sealed blob were asked for. */
async function openRange(sealed: Uint8Array, from: number, to: number, by = root) {
  const asked: [number, number][] = [];
  const read = async (offset: number, length: number) => {
    asked.push([offset, length]);
    return sealed.subarray(offset, offset + length);
  };
  return { opened: await collect(openBlobRange(by, read, sealed.length, from, to)), asked };
}

test('a range is what the whole has there, and only its chunks are read', async () => {
  await fc.assert(
    fc.asyncProperty(content, fc.nat(), fc.nat(), async (plain, a, b) => {
      const [from, to] = [a % (plain.length + 1), b % (plain.length + 1)].sort((x, y) => x - y);
      if (from === undefined || to === undefined) throw new Error('two bounds');
      const sealed = await seal(root, plain);
      const { opened, asked } = await openRange(sealed, from, to);
      expect(Buffer.compare(opened, plain.subarray(from, to))).toBe(0);
      const needed = Math.ceil((to + 8) / chunkBytes) - Math.floor((from + 8) / chunkBytes);
      expect(asked.length).toBeLessThanOrEqual(needed + 2);
      for (const [, length] of asked) expect(length).toBeLessThanOrEqual(chunkBytes + 16);
    }),
    { numRuns: 20 },
  );
});

test('a range of a blob that was cut, extended or sealed under another key is refused', async () => {
  await fc.assert(
    fc.asyncProperty(content, fc.nat(), async (plain, at) => {
      const sealed = await seal(root, plain);
      const to = plain.length;
      for (const damaged of [
        sealed.subarray(0, at % sealed.length),
        new Uint8Array([...sealed, 0]),
      ]) {
        await expect(openRange(damaged, 0, to)).rejects.toThrow(BlobDamagedError);
        await expect(openRange(damaged, 0, 0)).rejects.toThrow(BlobDamagedError);
      }
      await expect(openRange(sealed, 0, to, flipBit(root, at))).rejects.toThrow(BlobDamagedError);
    }),
    { numRuns: 20 },
  );
});

test('a flipped bit is refused where the range needs it', async () => {
  const plain = systemRandom(3 * chunkBytes);
  const sealed = await seal(root, plain);
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: sealed.length * 8 - 1 }), async (bit) => {
      const chunk = Math.floor(((bit >> 3) - blobHeaderBytes) / (chunkBytes + 16));
      const from = Math.max(0, chunk * chunkBytes - 8);
      const inside = Math.min(from + 1, plain.length);
      const altered = flipBit(sealed, bit);
      const needed = chunk < 1 || from < plain.length;
      const range = openRange(altered, Math.min(from, plain.length - 1), inside);
      if (needed) await expect(range).rejects.toThrow(BlobDamagedError);
      else await range;
    }),
    { numRuns: 40 },
  );
});
