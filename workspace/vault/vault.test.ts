import {
  chmodSync,
  copyFileSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Failure } from '../model/failure.ts';
import { FailureError } from '../model/failure.ts';
import { closeDatabase } from '../store/database.ts';
import { newVault, temporaryFolder, testPassphrase } from '../testing.ts';
import { storageFailure } from './failures.ts';
import {
  changePassphrase,
  disableQuickUnlock,
  enableQuickUnlock,
  openVault,
  openVaultQuickly,
  prepareVault,
  recoverVault,
  strengthenKdf,
} from './vault.ts';

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  try {
    await work;
  } catch (error) {
    if (error instanceof FailureError) return error.failure;
    throw error;
  }
  throw new Error('expected a failure');
}

function editHeader(dir: string, edit: (header: Record<string, never>) => void): void {
  const path = join(dir, 'vault.json');
  const header = JSON.parse(readFileSync(path, 'utf8'));
  edit(header);
  writeFileSync(path, JSON.stringify(header));
}

test('what was stored is there after closing and opening again', async () => {
  const { vault, dir } = await newVault();
  vault.database.prepare("insert into meta values ('a', 'secret-body')").run();
  closeDatabase(vault.database);
  const again = await openVault(dir, testPassphrase);
  expect(again.database.prepare("select value from meta where name = 'a'").pluck().get()).toBe(
    'secret-body',
  );
  expect(again.blobRoot).toEqual(vault.blobRoot);
  closeDatabase(again.database);
});

test('nothing stored can be read from the files, open or closed', async () => {
  const { vault, dir } = await newVault();
  const insert = vault.database.prepare('insert into meta values (?, ?)');
  for (let n = 0; n < 200; n++) insert.run(`id-${n}`, `canary-${n} `.repeat(50));
  const readable = () =>
    readdirSync(dir).filter((name) => {
      const content = readFileSync(join(dir, name));
      return (
        content.includes('canary') || content.includes('create table') || content.includes('SQLite')
      );
    });
  expect(readable()).toEqual([]);
  closeDatabase(vault.database);
  expect(readable()).toEqual([]);
  expect(readdirSync(dir).sort()).toEqual(['vault.db', 'vault.json']);
});

test('only the owner may read the files', async () => {
  const { dir } = await newVault(join(temporaryFolder(), 'vault'));
  expect(statSync(dir).mode & 0o077).toBe(0);
  for (const name of readdirSync(dir)) expect(statSync(join(dir, name)).mode & 0o077, name).toBe(0);
});

test('a wrong passphrase and wrong words are refused alike', async () => {
  const { vault, dir } = await newVault();
  closeDatabase(vault.database);
  expect(await failureOf(openVault(dir, `${testPassphrase} `))).toEqual({ code: 'unlockRefused' });
  const others = (await prepareVault('x', 'minimum')).words;
  expect(await failureOf(recoverVault(dir, others.join(' '), 'new'))).toEqual({
    code: 'unlockRefused',
  });
  expect(await failureOf(recoverVault(dir, 'not words', 'new'))).toEqual({ code: 'unlockRefused' });
});

test('the recovery words open the vault and set a new passphrase', async () => {
  const { vault, dir, words } = await newVault();
  closeDatabase(vault.database);
  closeDatabase((await recoverVault(dir, words.join(' '), 'a new passphrase')).database);
  closeDatabase((await openVault(dir, 'a new passphrase')).database);
  expect(await failureOf(openVault(dir, testPassphrase))).toEqual({ code: 'unlockRefused' });
  closeDatabase((await recoverVault(dir, words.join(' '), 'once more')).database);
});

test('a vault that is open elsewhere says so, to a second opener and to a recovery', async () => {
  const { dir, words } = await newVault();
  expect(await failureOf(openVault(dir, testPassphrase))).toMatchObject({ code: 'vaultInUse' });
  expect(await failureOf(recoverVault(dir, words.join(' '), 'x'))).toMatchObject({
    code: 'vaultInUse',
  });
});

test('a vault is never made over another one, nor over a database without its header', async () => {
  const { vault, dir } = await newVault();
  closeDatabase(vault.database);
  const second = await prepareVault('other', 'minimum');
  expect(await failureOf(second.write(dir))).toEqual({ code: 'vaultExists', dir });
  const orphaned = temporaryFolder();
  copyFileSync(join(dir, 'vault.db'), join(orphaned, 'vault.db'));
  closeDatabase((await second.write(orphaned)).database);
  expect(readdirSync(orphaned).filter((name) => name.includes('orphan'))).toHaveLength(1);
});

test.each([
  [
    'cut in half',
    (path: string) => truncateSync(path, Math.floor(statSync(path).size / 2 / 4096) * 4096),
  ],
  ['emptied', (path: string) => truncateSync(path, 0)],
  ['cut to a page', (path: string) => truncateSync(path, 4096)],
  ['overwritten', (path: string) => writeFileSync(path, 'not a database'.repeat(1000))],
])('a database that was %s is named as damaged', async (_, damage) => {
  const { vault, dir } = await newVault();
  closeDatabase(vault.database);
  damage(join(dir, 'vault.db'));
  expect(await failureOf(openVault(dir, testPassphrase))).toEqual({
    code: 'vaultDamaged',
    part: 'vault.db',
  });
});

test('a missing folder, a cut header and a header from the future are each told apart', async () => {
  const nowhere = join(temporaryFolder(), 'nothing');
  expect(await failureOf(openVault(nowhere, 'x'))).toEqual({ code: 'vaultMissing', dir: nowhere });
  const { vault, dir } = await newVault();
  closeDatabase(vault.database);
  editHeader(dir, (header) => Object.assign(header, { version: 3, more: true }));
  expect(await failureOf(openVault(dir, 'x'))).toMatchObject({ code: 'vaultNewer', found: 3 });
  truncateSync(join(dir, 'vault.json'), 40);
  expect(await failureOf(openVault(dir, 'x'))).toEqual({
    code: 'vaultDamaged',
    part: 'vault.json',
  });
});

test('a vault that may be read but not written says so', async () => {
  const { vault, dir } = await newVault();
  closeDatabase(vault.database);
  for (const name of readdirSync(dir)) chmodSync(join(dir, name), 0o444);
  chmodSync(dir, 0o555);
  // Root may write anywhere, so the attempt is made as somebody else.
  const asRoot = process.geteuid?.() === 0;
  if (asRoot) process.seteuid?.(65_534);
  try {
    expect(await failureOf(openVault(dir, testPassphrase))).toEqual({ code: 'vaultReadOnly', dir });
  } finally {
    if (asRoot) process.seteuid?.(0);
    chmodSync(dir, 0o755);
  }
});

test('a database from a newer version is left alone', async () => {
  const { vault, dir } = await newVault();
  vault.database.pragma('user_version = 99');
  closeDatabase(vault.database);
  expect(await failureOf(openVault(dir, testPassphrase))).toMatchObject({
    code: 'vaultNewer',
    found: 99,
  });
});

test.each([
  ['weaker', { memory: 8 }, 'vaultDamaged'],
  ['absurd', { passes: 1_000_000 }, 'vaultDamaged'],
  ['changed within the bounds', { passes: 4 }, 'unlockRefused'],
])('a header whose key derivation was made %s does not open', async (_, change, code) => {
  const { vault, dir } = await newVault();
  closeDatabase(vault.database);
  editHeader(dir, (header) => Object.assign(header.kdf ?? {}, change));
  expect(await failureOf(openVault(dir, testPassphrase))).toMatchObject({ code });
});

test.each([
  ['SQLITE_READONLY_DIRECTORY', 'vaultReadOnly'],
  ['EROFS', 'vaultReadOnly'],
  ['SQLITE_FULL', 'storageFull'],
  ['ENOSPC', 'storageFull'],
  ['SQLITE_CORRUPT', 'vaultDamaged'],
  ['SQLITE_BUSY', 'vaultInUse'],
])('%s is told as %s', (code, told) => {
  const error = Object.assign(new Error('x'), { code });
  expect(storageFailure(error, '/v', 'vault.db')).toMatchObject({ code: told });
});

test('a changed passphrase opens the vault, and the old one and quick unlock do not', async () => {
  const { vault, dir, words } = await newVault();
  const quickKey = await enableQuickUnlock(vault);
  expect(await failureOf(changePassphrase(vault, 'wrong', 'new'))).toEqual({
    code: 'unlockRefused',
  });
  await changePassphrase(vault, testPassphrase, 'new');
  closeDatabase(vault.database);
  expect(await failureOf(openVault(dir, testPassphrase))).toEqual({ code: 'unlockRefused' });
  expect(await failureOf(openVaultQuickly(dir, quickKey))).toEqual({ code: 'unlockRefused' });
  closeDatabase((await openVault(dir, 'new')).database);
  closeDatabase((await recoverVault(dir, words.join(' '), 'third')).database);
});

test('the key in the keychain opens the vault until quick unlock is turned off', async () => {
  const { vault, dir } = await newVault();
  const quickKey = await enableQuickUnlock(vault);
  closeDatabase(vault.database);
  closeDatabase((await openVaultQuickly(dir, quickKey)).database);
  closeDatabase((await openVault(dir, testPassphrase)).database);
  expect(await failureOf(openVaultQuickly(dir, new Uint8Array(32)))).toEqual({
    code: 'unlockRefused',
  });
  await disableQuickUnlock(dir);
  expect(await failureOf(openVaultQuickly(dir, quickKey))).toEqual({ code: 'unlockRefused' });
});

test('a cheap key derivation is made costlier, unless it was chosen to be cheap', async () => {
  const { vault, dir } = await newVault();
  expect(await strengthenKdf(vault, testPassphrase)).toBe(false);
  const costOf = () => {
    const { kdf } = JSON.parse(readFileSync(join(dir, 'vault.json'), 'utf8'));
    return kdf.memory * kdf.passes;
  };
  const before = costOf();
  vault.database.exec("update meta set value = 'calibrated' where name = 'key-derivation'");
  // On a machine so slow that the minimum takes its time, there is nothing to be gained.
  const strengthened = await strengthenKdf(vault, testPassphrase);
  expect(costOf() > before).toBe(strengthened);
  expect(await strengthenKdf(vault, 'wrong').catch(() => 'refused')).toBe('refused');
  closeDatabase(vault.database);
  closeDatabase((await openVault(dir, testPassphrase)).database);
});
