import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newContents } from '../testing.ts';
import { contentOf, readWhole } from './blobStore.ts';

test('any part of a blob is read alone', async () => {
  const { blobs } = await newContents();
  const content = Buffer.from(Array.from({ length: 200_000 }, (_, n) => (n * 31) % 251));
  const { id } = await blobs.put(contentOf(content), 'x/y');
  await fc.assert(
    fc.asyncProperty(fc.nat(200_000), fc.nat(200_000), async (a, b) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      expect(Buffer.from(await readWhole(blobs.readRange(id, from, to)))).toEqual(
        content.subarray(from, to),
      );
    }),
    { numRuns: 30 },
  );
});

test('a blob stays as long as somebody uses it, and goes with the last one', async () => {
  const { blobs, blobUses } = await newContents();
  const { id } = await blobs.put(contentOf(Buffer.from('shared')), 'x/y');
  blobUses.add(id, 'one');
  blobUses.add(id, 'two');
  blobUses.release('one');
  await blobs.collect([id]);
  expect(existsSync(blobs.pathOf(id))).toBe(true);
  blobUses.replace('two', []);
  await blobs.collect([id]);
  expect(blobs.info(id)).toBeNull();
  expect(existsSync(blobs.pathOf(id))).toBe(false);
});

test('a sweep takes what nobody uses and what no row names, and nothing else', async () => {
  const { blobs, blobUses, dir } = await newContents();
  const used = await blobs.put(contentOf(Buffer.from('used')), 'x/y');
  blobUses.add(used.id, 'somebody');
  await blobs.put(contentOf(Buffer.from('unused')), 'x/y');
  // Written, but the process ended before it was a blob.
  await blobs.write(contentOf(Buffer.from('unnamed')), 'x/y');
  await blobs.sweep();
  const files = readdirSync(join(dir, 'blobs'), { recursive: true, withFileTypes: true });
  expect(files.filter((entry) => entry.isFile()).map((entry) => entry.name)).toEqual([used.id]);
});

test('while somebody copies, what is deleted keeps its file', async () => {
  const { blobs } = await newContents();
  const { id } = await blobs.put(contentOf(Buffer.from('x')), 'x/y');
  const release = blobs.keepFiles();
  await blobs.collect([id]);
  expect(blobs.info(id)).toBeNull();
  expect(existsSync(blobs.pathOf(id))).toBe(true);
  release();
  await expect.poll(() => existsSync(blobs.pathOf(id))).toBe(false);
});
