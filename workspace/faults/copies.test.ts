/** One vault in two places, or twice in time: nothing is numbered alike, and nothing is lost in a merge. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { next as A } from '@automerge/automerge';
import { expect, onTestFinished, test } from 'vitest';
import { createContents } from '../contents.ts';
import { profileInputSchema } from '../model/profile.ts';
import { closeDatabase } from '../store/database.ts';
import { newContents, temporaryFolder } from '../testing.ts';
import { enableQuickUnlock, openVaultQuickly } from '../vault/vault.ts';

const input = (name: string, more: object = {}) => profileInputSchema.parse({ name, ...more });

async function opened(dir: string, key: Uint8Array) {
  const vault = await openVaultQuickly(dir, key);
  onTestFinished(() => closeDatabase(vault.database));
  return createContents(vault);
}

test('a copied vault that is worked on in both places merges both ways to the same', async () => {
  const { dir, profiles, vault } = await newContents();
  const [added] = profiles.add([input('Alice', { notes: 'both' })]);
  const id = added?.id ?? '';
  const key = await enableQuickUnlock(vault);
  closeDatabase(vault.database);
  const copy = join(temporaryFolder(), 'copy');
  cpSync(dir, copy, { recursive: true });
  const [left, right] = [await opened(dir, key), await opened(copy, key)];
  // The same device id on both sides: what tells their changes apart is the start of the host.
  expect(left.vault.keys.device.id).toBe(right.vault.keys.device.id);
  for (let n = 0; n < 5; n++) {
    left.profiles.replace(id, input('Alice', { notes: `both left ${n}`, tags: ['left'] }));
    right.profiles.replace(id, input('Alice', { notes: 'both', locale: 'fr-FR', tags: ['right'] }));
  }
  const changes = (bytes: Uint8Array) =>
    A.getAllChanges(A.load(bytes)).map((change) => {
      const { actor, seq, hash } = A.decodeChange(change);
      return [`${actor} ${seq}`, hash] as const;
    });
  const all = [...changes(left.documents.save(id)), ...changes(right.documents.save(id))];
  expect(new Set(all.map(([name]) => name)).size).toBe(new Set(all.map(([, hash]) => hash)).size);

  const fromRight = right.documents.save(id);
  const fromLeft = left.documents.save(id);
  expect(left.profiles.merge(id, fromRight)).toBe('changed');
  expect(right.profiles.merge(id, fromLeft)).toBe('changed');
  const { updatedAt: _l, ...onLeft } = left.profiles.get(id);
  const { updatedAt: _r, ...onRight } = right.profiles.get(id);
  expect(onLeft).toEqual(onRight);
  expect(onLeft).toMatchObject({ notes: 'both left 4', locale: 'fr-FR' });
  expect([...onLeft.tags].sort()).toEqual(['left', 'right']);
});

test('a vault that is opened again and again never writes twice under one number', async () => {
  const { dir, profiles, vault } = await newContents();
  const [added] = profiles.add([input('Alice')]);
  const id = added?.id ?? '';
  const key = await enableQuickUnlock(vault);
  closeDatabase(vault.database);
  const seen = new Map<string, string>();
  const past = join(temporaryFolder(), 'past');
  cpSync(dir, past, { recursive: true });
  for (let round = 0; round < 6; round++) {
    // Every other time it is the state of long ago that is worked on, as after a restored backup.
    const folder = round % 2 ? dir : join(temporaryFolder(), `again-${round}`);
    if (folder !== dir) cpSync(past, folder, { recursive: true });
    const contents = await opened(folder, key);
    contents.profiles.replace(id, input('Alice', { notes: `round ${round}` }));
    for (const change of A.getAllChanges(A.load(contents.documents.save(id)))) {
      const { actor, seq, hash } = A.decodeChange(change);
      expect(seen.get(`${actor} ${seq}`) ?? hash).toBe(hash);
      seen.set(`${actor} ${seq}`, hash);
    }
    closeDatabase(contents.vault.database);
  }
});
