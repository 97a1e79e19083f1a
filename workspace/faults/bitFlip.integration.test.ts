/** One bit is not what it was: somebody says so, nobody is given altered data, and the rest can be had. */
import { cpSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkVault } from '../backup/checkVault.ts';
import { contentOf, readWhole } from '../blobs/blobStore.ts';
import { type Contents, createContents, recoverContents } from '../contents.ts';
import { profileInputSchema } from '../model/profile.ts';
import { closeDatabase } from '../store/database.ts';
import { newVault, temporaryFolder } from '../testing.ts';
import { exportTo } from '../transfer/transfer.ts';
import { storageFailure } from '../vault/failures.ts';
import { enableQuickUnlock, openVaultQuickly } from '../vault/vault.ts';
import { seededChoice } from './seeded.ts';

const tries = process.env.WARREN_SLOW === '1' ? 400 : 60;
const seed = Number(process.env.WARREN_SEED ?? Math.floor(Math.random() * 1_000_000));
const profileCount = 300;
const notesOf = (n: number) => `note ${n} `.repeat(60);

async function closedVault() {
  const { vault, dir } = await newVault();
  const contents = createContents(vault);
  contents.profiles.add(
    Array.from({ length: profileCount }, (_, n) =>
      profileInputSchema.parse({ name: `P ${n}`, notes: notesOf(n) }),
    ),
  );
  for (let n = 0; n < 5; n++) {
    const blob = await contents.blobs.put(contentOf(Buffer.alloc(70_000, n)), 'x/y');
    contents.blobUses.add(blob.id, 'test');
  }
  const key = await enableQuickUnlock(vault);
  await contents.views.refresh(() => undefined);
  closeDatabase(vault.database);
  return { dir, key };
}

function flip(path: string, bit: number): void {
  const bytes = readFileSync(path);
  bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  writeFileSync(path, bytes);
}

async function contentsOf(dir: string, key: Uint8Array): Promise<Contents> {
  const vault = await openVaultQuickly(dir, key);
  try {
    return createContents(vault);
  } catch (error) {
    closeDatabase(vault.database);
    throw error;
  }
}

const codeOf = (error: unknown, dir: string) => storageFailure(error, dir, 'vault.db')?.code;

/** Reads what can be read. @returns how many profiles were as they should be, and how many were refused. */
function readAll({ profiles, documents }: Contents, dir: string) {
  let right = 0;
  let refused = 0;
  for (const id of documents.ids('profile')) {
    try {
      const { name, notes } = profiles.get(id);
      expect(notes).toBe(notesOf(Number(name.slice(2))));
      right++;
    } catch (error) {
      expect(codeOf(error, dir)).toBe('vaultDamaged');
      refused++;
    }
  }
  return { right, refused };
}

/** Reads and exports what is not hit. @returns whether that was anything. */
async function rescued(contents: Contents, dir: string, label: string): Promise<boolean> {
  const { documents } = contents;
  try {
    const { right } = readAll(contents, dir);
    if (right === 0) return false;
    const unreadable = documents.ids().filter((id) => {
      try {
        return documents.save(id).length === 0;
      } catch {
        return true;
      }
    });
    const report = await exportTo(contents, join(dir, '..', 'rescued'), {
      format: 'sealed',
      ownWords: false,
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    expect(
      report.damaged.filter((part) => part.startsWith('document')),
      label,
    ).toHaveLength(unreadable.length);
    return true;
  } catch (error) {
    // The outline of a table is hit: then it is that which is named.
    expect(codeOf(error, dir), `${label}: ${error}`).toBe('vaultDamaged');
    return false;
  }
}

test(`a flipped bit in the database, ${tries} times: detected and named, and the rest is read and exported`, async () => {
  console.log(`seed ${seed} (WARREN_SEED=${seed} repeats it)`);
  const choice = seededChoice(seed);
  const original = await closedVault();
  const bits = statSync(join(original.dir, 'vault.db')).size * 8;
  let opened = 0;
  let partly = 0;
  for (let n = 0; n < tries; n++) {
    const bit = choice.below(bits);
    const label = `seed ${seed}, bit ${bit}`;
    const dir = join(temporaryFolder(), 'vault');
    cpSync(original.dir, dir, { recursive: true });
    flip(join(dir, 'vault.db'), bit);
    const contents = await contentsOf(dir, original.key).catch((error: unknown) => {
      expect(codeOf(error, dir), label).toBe('vaultDamaged');
    });
    if (!contents) continue;
    opened++;
    try {
      await recoverContents(contents);
      const { damaged } = await checkVault(contents, () => undefined);
      expect(damaged.length, `${label} is not found`).toBeGreaterThan(0);
      if (await rescued(contents, dir, label)) partly++;
    } finally {
      closeDatabase(contents.vault.database);
    }
  }
  // A bit in the file's first page or its outline keeps it closed; most others must not.
  expect(opened).toBeGreaterThan(tries / 2);
  expect(partly).toBeGreaterThan(tries / 4);
}, 600_000);

test('a flipped bit in a sealed file is named, and the other files are read', async () => {
  const { dir, key } = await closedVault();
  const choice = seededChoice(seed);
  const vault = await openVaultQuickly(dir, key);
  const contents = createContents(vault);
  const { blobs } = contents;
  const [hit = '', ...others] = blobs.allIds();
  const path = blobs.pathOf(hit);
  for (let n = 0; n < 20; n++) {
    const bit = choice.below(statSync(path).size * 8);
    flip(path, bit);
    const part = join('blobs', hit.slice(0, 2), hit);
    await expect(readWhole(blobs.read(hit)), `bit ${bit}`).rejects.toMatchObject({
      failure: { code: 'vaultDamaged', part },
    });
    expect((await checkVault(contents, () => undefined)).damaged).toEqual([part]);
    flip(path, bit);
  }
  for (const id of others) expect((await readWhole(blobs.read(id))).length).toBe(70_000);
  closeDatabase(vault.database);
}, 120_000);
