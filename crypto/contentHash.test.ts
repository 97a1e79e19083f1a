/** The content hash against a second implementation. */
import { blake2b } from '@noble/hashes/blake2.js';
import { expect, test } from 'vitest';
import { utf8 } from './bytes.ts';
import { createContentHash } from './contentHash.ts';

test('the content hash is BLAKE2b-256', () => {
  const hash = createContentHash();
  hash.update(utf8('war'));
  hash.update(utf8('ren'));
  expect(hash.hex()).toBe(Buffer.from(blake2b(utf8('warren'), { dkLen: 32 })).toString('hex'));
});
