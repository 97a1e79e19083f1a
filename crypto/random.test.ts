/** The pool gives out each byte once and keeps none. */
import { expect, test } from 'vitest';
import { pooledRandom, type RandomBytes, systemRandom } from './random.ts';

const poolBytes = 16_384;

/** A source that counts, and remembers the memory that it filled. */
function countingSource() {
  const given: Uint8Array[] = [];
  let next = 0;
  const source: RandomBytes = (length) => {
    const bytes = Uint8Array.from({ length }, (_, at) => 1 + ((next + at) % 255));
    next += length;
    given.push(bytes);
    return bytes;
  };
  return { source, given };
}

test('gives the bytes of its source in order, each once', () => {
  const { source, given } = countingSource();
  const random = pooledRandom(source);
  const first = [random(24), random(0), random(1), random(32)];
  expect(Buffer.concat(first)).toEqual(Buffer.from(countingSource().source(57)));
  expect(given).toHaveLength(1);
});

test('wipes what it gave out, and what it leaves behind', () => {
  const { source, given } = countingSource();
  const random = pooledRandom(source);
  const bytes = random(100);
  expect(given[0]?.subarray(0, 100)).toEqual(new Uint8Array(100));
  expect(bytes).not.toContain(0);
  random(poolBytes - 50);
  expect(given).toHaveLength(2);
  expect(given[0]).toEqual(new Uint8Array(poolBytes));
});

test('what it gave out is not changed by what comes later', () => {
  const random = pooledRandom(countingSource().source);
  const bytes = random(24);
  const before = bytes.slice();
  for (let drawn = 0; drawn < 2 * poolBytes; drawn += 24) random(24);
  expect(bytes).toEqual(before);
});

test('gives out its last byte before it asks for more', () => {
  const { source, given } = countingSource();
  const random = pooledRandom(source);
  random(poolBytes);
  expect(given).toHaveLength(1);
  random(1);
  expect(given).toHaveLength(2);
});

test('what is larger than the pool comes from the source and leaves the pool alone', () => {
  const { source, given } = countingSource();
  const random = pooledRandom(source);
  random(8);
  expect(random(poolBytes + 1)).toHaveLength(poolBytes + 1);
  random(8);
  expect(given.map((bytes) => bytes.length)).toEqual([poolBytes, poolBytes + 1]);
});

test.each([
  ['pooled', pooledRandom()],
  ['system', systemRandom],
])('%s: fresh at every call', (_, random) => {
  const drawn = Array.from({ length: 2_000 }, () => Buffer.from(random(24)).toString('hex'));
  expect(new Set(drawn).size).toBe(drawn.length);
});
