/** automerge-repo's own acceptance suite, over the vault's encrypted file. */
import { randomUUID } from 'node:crypto';
import { type BinaryDocumentId, interpretAsDocumentId } from '@automerge/automerge-repo';
import { runStorageAdapterTests } from '@automerge/automerge-repo/helpers/tests/storage-adapter-tests.js';
import { expect, test } from 'vitest';
import { newVault } from '../testing.ts';
import { documentIdOf, uuidBytes } from './documentId.ts';
import { createStorageAdapter } from './storageAdapter.ts';

runStorageAdapterTests(async () => {
  const { vault } = await newVault();
  return { adapter: createStorageAdapter(vault.store) };
}, 'the encrypted SQLite file');

test('keys may hold any character and never run into one another', async () => {
  const { vault } = await newVault();
  const adapter = createStorageAdapter(vault.store);
  const keys = [
    ['a'],
    ['a', 'b'],
    ['a/b'],
    ['ab'],
    ['a', '0'],
    ['a%2Fb'],
    ['a', '', 'b'],
    ['å 😀', '/'],
  ];
  for (const [n, key] of keys.entries()) await adapter.save(key, Uint8Array.of(n));
  for (const [n, key] of keys.entries()) expect(await adapter.load(key)).toEqual(Uint8Array.of(n));
  expect((await adapter.loadRange(['a'])).map((chunk) => chunk.key)).toEqual([
    ['a'],
    ['a', 'b'],
    ['a', '0'],
    ['a', '', 'b'],
  ]);
  await adapter.removeRange(['a']);
  expect(await adapter.load(['a/b'])).toEqual(Uint8Array.of(2));
});

test('documents are called as automerge-repo calls them', () => {
  for (let n = 0; n < 50; n++) {
    const id = randomUUID();
    expect(documentIdOf(id)).toBe(interpretAsDocumentId(uuidBytes(id) as BinaryDocumentId));
  }
});
