/** Sealed streams open whole, and any change is refused. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { systemRandom } from './random.ts';
import { BlobDamagedError, chunkBytes, openBlob } from './sealedBlob.ts';
import { openStream, sealStream } from './sealedStream.ts';
import { collect, key } from './testing/arbitraries.ts';
import { flipBit } from './testing/craft.ts';

const content = fc.oneof(
  fc.uint8Array({ maxLength: 600 }),
  fc.constantFrom(-1, 0, 1).map((off) => systemRandom(chunkBytes + off)),
);
const seal = (by: Uint8Array, plain: Uint8Array) => collect(sealStream(by, [plain], systemRandom));
const open = (by: Uint8Array, sealed: Uint8Array) => collect(openStream(by, [sealed]));

test('opening inverts sealing, and any change is refused', async () => {
  await fc.assert(
    fc.asyncProperty(key, content, fc.nat(), async (by, plain, bit) => {
      const sealed = await seal(by, plain);
      expect(Buffer.compare(await open(by, sealed), plain)).toBe(0);
      for (const damaged of [
        flipBit(sealed, bit),
        sealed.subarray(0, bit % sealed.length),
        new Uint8Array([...sealed, 0]),
      ]) {
        await expect(open(by, damaged)).rejects.toThrow(BlobDamagedError);
      }
      await expect(open(flipBit(by, bit), sealed)).rejects.toThrow(BlobDamagedError);
      await expect(collect(openBlob(by, [sealed]))).rejects.toThrow(BlobDamagedError);
    }),
    { numRuns: 30 },
  );
});
