import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { next as A } from '@automerge/automerge';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chunksAreSound } from './guard.ts';

const leb = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) | 0x80, ...leb(Math.floor(value / 128))];

function edited(edits: number): A.Doc<Record<string, unknown>> {
  let doc = A.init<Record<string, unknown>>();
  for (let n = 0; n < edits; n++) {
    doc = A.change(doc, (root) => {
      root[`field ${n % 7}`] = new A.ImmutableString(`value ${n} `.repeat(n % 40));
    });
  }
  return doc;
}

test('what Automerge saves is sound: documents, changes, compressed ones and bundles', () => {
  for (const edits of [1, 5, 300]) {
    const doc = edited(edits);
    expect(chunksAreSound(A.save(doc))).toBe(true);
    for (const change of A.getAllChanges(doc)) expect(chunksAreSound(change)).toBe(true);
    const hashes = A.getAllChanges(doc).map((change) => A.decodeChange(change).hash);
    const bundle = A.saveBundle(doc, hashes);
    expect(chunksAreSound(bundle, { bundles: true })).toBe(true);
    expect(chunksAreSound(bundle)).toBe(false);
    expect(chunksAreSound(Buffer.concat([A.save(doc), bundle]))).toBe(false);
  }
});

test('a compressed change is sound, by the checksum of what it was made from', () => {
  const long = A.change(A.init<{ text?: A.ImmutableString }>(), (root) => {
    root.text = new A.ImmutableString('long '.repeat(5_000));
  });
  const change = Buffer.from(A.getLastLocalChange(long) ?? []);
  // magic, checksum, type, a length of three bytes, content
  const packed = deflateRawSync(change.subarray(12));
  const compressed = Buffer.concat([
    change.subarray(0, 8),
    Buffer.from([2, ...leb(packed.length)]),
    packed,
  ]);
  const [applied] = A.applyChanges(A.init<{ text?: A.ImmutableString }>(), [compressed]);
  expect(String(applied.text)).toHaveLength(25_000);
  expect(chunksAreSound(new Uint8Array(compressed))).toBe(true);
  compressed[5] = (compressed[5] ?? 0) ^ 1;
  expect(chunksAreSound(new Uint8Array(compressed))).toBe(false);
});

test('Automerge takes a change with an altered byte; the guard does not', () => {
  const doc = edited(3);
  const changes = A.getAllChanges(doc);
  const last = changes[2] ?? new Uint8Array();
  const text = Buffer.from(last).indexOf('value');
  const altered = last.slice();
  altered[text] = (altered[text] ?? 0) ^ 1;
  const [applied] = A.applyChanges(A.init<Record<string, unknown>>(), [
    ...changes.slice(0, 2),
    altered,
  ]);
  expect(String(applied['field 2'])).toContain('walue');
  expect(chunksAreSound(altered)).toBe(false);
});

test('any flipped bit and any cut is refused', () => {
  const bytes = A.save(edited(40));
  fc.assert(
    fc.property(fc.nat({ max: bytes.length * 8 - 1 }), (bit) => {
      const changed = bytes.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(chunksAreSound(changed)).toBe(false);
      expect(chunksAreSound(bytes.subarray(0, bit >> 3))).toBe(false);
    }),
  );
  expect(chunksAreSound(new Uint8Array())).toBe(false);
});

test('a small chunk that inflates to gigabytes is refused without inflating it', () => {
  const bomb = deflateRawSync(Buffer.alloc(200 * 1024 * 1024), { level: 9 });
  const content = Buffer.concat([
    // No actors, no heads, one deflated change column, no operation columns.
    Buffer.from([0, 0, 1, 8 | 1, ...leb(bomb.length), 0]),
    bomb,
  ]);
  const body = Buffer.concat([Buffer.from([0, ...leb(content.length)]), content]);
  const checksum = createHash('sha256').update(body).digest().subarray(0, 4);
  const chunk = Buffer.concat([Buffer.from([0x85, 0x6f, 0x4a, 0x83]), checksum, body]);
  const before = process.memoryUsage().rss;
  expect(chunksAreSound(new Uint8Array(chunk))).toBe(false);
  expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024);
});
