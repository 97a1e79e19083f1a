import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { next as A } from '@automerge/automerge';
import { expect, onTestFinished, test } from 'vitest';
import { contentOf, readWhole } from '../blobs/blobStore.ts';
import { createContents, recoverContents } from '../contents.ts';
import { FailureError } from '../model/failure.ts';
import { profileInputSchema } from '../model/profile.ts';
import { closeDatabase } from '../store/database.ts';
import { newContents, newVault, temporaryFolder, testPassphrase } from '../testing.ts';
import { openVault } from '../vault/vault.ts';
import { createBackups } from './backups.ts';
import { checkVault } from './checkVault.ts';
import { recoverFromBackup } from './recoverFromBackup.ts';
import { restoreBackup, type StepHook } from './restoreBackup.ts';

const input = (name: string, more: object = {}) => profileInputSchema.parse({ name, ...more });
const never = new AbortController().signal;
const quiet = () => undefined;
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof FailureError ? error.failure : error),
  );

async function filled(settings = { keep: 3, everyHours: 24 }) {
  const contents = await newContents();
  const { profiles, blobs, blobUses, vault } = contents;
  const [alice] = profiles.add([input('Alice', { notes: 'canary' })]);
  const picture = await blobs.put(contentOf(Buffer.from('canary picture')), 'image/png');
  blobUses.add(picture.id, 'test');
  const backups = createBackups(vault, blobs, () => settings);
  return { ...contents, backups, picture, aliceId: alice?.id ?? '' };
}

const filesBelow = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

async function reopened(dir: string, passphrase = testPassphrase) {
  const vault = await openVault(dir, passphrase);
  onTestFinished(() => closeDatabase(vault.database));
  const contents = createContents(vault);
  await recoverContents(contents);
  return contents;
}

test('a backup made while work goes on is whole, sealed and its owner’s alone', async () => {
  const { backups, profiles, dir } = await filled();
  const making = backups.now(never, quiet);
  for (let n = 0; n < 20; n++) {
    profiles.add([input(`During ${n}`)]);
    await new Promise((resolve) => setImmediate(resolve));
  }
  const made = await making;
  expect(made).toMatchObject({ complete: true, blobs: 1 });
  expect(await backups.verify(made.name, quiet)).toEqual({ damaged: [], checked: 3 });
  expect(await backups.list()).toEqual([made]);
  for (const path of filesBelow(made.path)) {
    expect(statSync(path).mode & 0o077, path).toBe(0);
    expect(readFileSync(path).includes('canary'), path).toBe(false);
  }
  expect(readFileSync(join(made.path, 'backup.json'), 'utf8')).not.toContain('passphrase');
  expect(readdirSync(join(dir, 'backups'))).toEqual([made.name]);
});

test('backups share blobs with one another and not with the vault; the oldest go', async () => {
  const { backups, blobs, picture } = await filled();
  const made = [];
  for (let n = 0; n < 4; n++) made.push(await backups.now(never, quiet));
  const blobOf = (path: string) =>
    statSync(join(path, 'blobs', picture.id.slice(0, 2), picture.id));
  expect((await backups.list()).map((row) => row.name)).toEqual(
    made
      .slice(1)
      .map((row) => row.name)
      .reverse(),
  );
  const inodes = made.slice(1).map((row) => blobOf(row.path).ino);
  expect(new Set(inodes).size).toBe(1);
  expect(statSync(blobs.pathOf(picture.id)).ino).not.toBe(inodes[0]);
});

test('one that was cut off is shown as that and cleared away by the next', async () => {
  const { backups, dir } = await filled();
  const abort = new AbortController();
  await expect(backups.now(abort.signal, () => abort.abort())).rejects.toThrow();
  expect(await backups.list()).toEqual([]);
  mkdirSync(join(dir, 'backups', '2020-01-01T000000Z'));
  expect(await backups.list()).toMatchObject([{ complete: false }]);
  const made = await backups.now(never, quiet);
  expect(await backups.list()).toEqual([made]);
});

test('one is due when the newest is too old, and never when that is turned off', async () => {
  const settings = { keep: 3, everyHours: 24 };
  const { backups } = await filled(settings);
  const hour = 3_600_000;
  expect(await backups.due(Date.now())).toBe(true);
  const { createdAt } = await backups.now(never, quiet);
  expect(await backups.due(createdAt + 23 * hour)).toBe(false);
  expect(await backups.due(createdAt + 24 * hour)).toBe(true);
  settings.everyHours = 0;
  expect(await backups.due(createdAt + 1_000 * hour)).toBe(false);
});

test('what is damaged or missing in a backup is named', async () => {
  const { backups, picture } = await filled();
  const { path } = await backups.now(never, quiet);
  const blob = join('blobs', picture.id.slice(0, 2), picture.id);
  for (const part of ['vault.db', blob, 'backup.json']) {
    for (let round = 0; round < 8; round++) {
      const copy = join(temporaryFolder(), 'copy');
      cpSync(path, copy, { recursive: true });
      const bytes = readFileSync(join(copy, part));
      const bit = Math.floor(Math.random() * bytes.length * 8);
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      writeFileSync(join(copy, part), bytes);
      const found = await backups.verify(copy, quiet);
      expect(found.damaged, `bit ${bit} of ${part}`).toEqual([part]);
    }
    const copy = join(temporaryFolder(), 'copy');
    cpSync(path, copy, { recursive: true });
    rmSync(join(copy, part));
    if (part === 'backup.json') {
      expect(await failureOf(backups.verify(copy, quiet))).toMatchObject({ code: 'fileMissing' });
    } else expect((await backups.verify(copy, quiet)).damaged).toEqual([part]);
  }
});

test('a restored backup is the vault as it was, and never numbers changes as the other did', async () => {
  const { backups, vault, dir, profiles, documents, aliceId, picture } = await filled();
  const { name } = await backups.now(never, quiet);
  profiles.replace(aliceId, input('Alice', { notes: 'after' }));
  profiles.add([input('Later')]);
  const after = documents.save(aliceId);
  closeDatabase(vault.database);
  await restoreBackup(dir, name, vault.databaseKey);
  const again = await reopened(dir);
  expect(again.profiles.list({ search: '', sort: 'name', limit: 9 }).rows).toHaveLength(1);
  expect(again.profiles.get('Alice').notes).toBe('canary');
  expect(Buffer.from(await readWhole(again.blobs.read(picture.id))).toString()).toBe(
    'canary picture',
  );
  again.profiles.replace(aliceId, input('Alice', { notes: 'another' }));
  const actors = (bytes: Uint8Array) =>
    A.getAllChanges(A.load(bytes)).map((change) => A.decodeChange(change));
  const [, mine] = actors(again.documents.save(aliceId));
  const [, theirs] = actors(after);
  expect(mine?.actor).not.toBe(theirs?.actor);
  expect(again.profiles.merge(aliceId, after)).toBe('changed');
});

test('a restore that is cut off at any step leaves the old vault or the new one', async () => {
  const { backups, vault, dir, profiles } = await filled();
  const { name } = await backups.now(never, quiet);
  profiles.add([input('Later')]);
  closeDatabase(vault.database);
  const steps: Parameters<StepHook>[0][] = ['blobs', 'database', 'log', 'rename', 'done'];
  for (const cut of steps) {
    const copy = join(temporaryFolder(), 'vault');
    cpSync(dir, copy, { recursive: true });
    rmSync(join(copy, 'blobs'), { recursive: true });
    const work = restoreBackup(copy, name, vault.databaseKey, (step) => {
      if (step === cut) throw new Error('cut off');
    });
    await expect(work).rejects.toThrow('cut off');
    const opened = await reopened(copy);
    const names = opened.profiles.list({ search: '', sort: 'name', limit: 9 }).rows;
    expect(
      names.map((row) => row.name),
      cut,
    ).toEqual(cut === 'done' ? ['Alice'] : ['Alice', 'Later']);
    closeDatabase(opened.vault.database);
    await restoreBackup(copy, name, vault.databaseKey);
    expect((await checkVault(await reopened(copy), quiet)).damaged).toEqual([]);
  }
});

test('a damaged backup is not restored, and the vault stays', async () => {
  const { backups, vault, dir, picture } = await filled();
  const { name, path } = await backups.now(never, quiet);
  rmSync(join(path, 'blobs', picture.id.slice(0, 2), picture.id));
  closeDatabase(vault.database);
  expect(await failureOf(restoreBackup(dir, name, vault.databaseKey))).toMatchObject({
    code: 'vaultDamaged',
    part: join('blobs', picture.id.slice(0, 2), picture.id),
  });
  expect((await reopened(dir)).profiles.get('Alice').notes).toBe('canary');
});

test('with the words a backup becomes a vault on a fresh machine', async () => {
  const { backups, vault, words, picture } = await filled();
  const { path } = await backups.now(never, quiet);
  const carried = join(temporaryFolder(), 'carried');
  cpSync(path, carried, { recursive: true });
  closeDatabase(vault.database);
  const dir = join(temporaryFolder(), 'fresh');
  const others = (await newVault()).words.join(' ');
  expect(await failureOf(recoverFromBackup(dir, carried, others, 'new'))).toEqual({
    code: 'unlockRefused',
  });
  expect(existsSync(dir)).toBe(false);
  expect(
    await failureOf(recoverFromBackup(dir, join(carried, 'x'), words.join(' '), 'new')),
  ).toMatchObject({ code: 'fileMissing' });
  closeDatabase((await recoverFromBackup(dir, carried, words.join(' '), 'new')).database);
  const fresh = await reopened(dir, 'new');
  expect(fresh.profiles.get('Alice').notes).toBe('canary');
  expect(Buffer.from(await readWhole(fresh.blobs.read(picture.id))).toString()).toBe(
    'canary picture',
  );
  expect(await failureOf(recoverFromBackup(dir, carried, words.join(' '), 'new'))).toMatchObject({
    code: 'vaultExists',
  });
});

test('checking a vault names what is damaged in it and goes on', async () => {
  const { blobs, vault, profiles, aliceId, picture, ...contents } = await filled();
  profiles.add([input('Bob')]);
  const all = { blobs, vault, profiles, ...contents };
  expect((await checkVault(all, quiet)).damaged).toEqual([]);
  const path = blobs.pathOf(picture.id);
  const bytes = readFileSync(path);
  bytes[50] = (bytes[50] ?? 0) ^ 1;
  writeFileSync(path, bytes);
  vault.database.exec('drop trigger entry_never_changes');
  vault.database.exec("update entry set body = replace(body, 'Bob', 'Eve') where sequence = 2");
  vault.database
    .prepare(
      'update chunk set data = zeroblob(40) where data = (select data from chunk where rowid = (select max(rowid) from chunk))',
    )
    .run();
  const { damaged } = await checkVault(all, quiet);
  expect(damaged).toHaveLength(3);
  expect(damaged.join()).toMatch(/document .*activity of .*, from entry 2,blobs\//);
  expect(profiles.get(aliceId).name).toBe('Alice');
});

test('a closed vault ends a backup without leaving one', async () => {
  const { backups, vault } = await filled();
  const abort = new AbortController();
  const making = backups.now(abort.signal, quiet);
  abort.abort();
  await expect(making).rejects.toThrow();
  closeDatabase(vault.database);
  expect(await backups.list()).toEqual([]);
});

test('a backup is meant by its name or by an absolute path, alike everywhere', async () => {
  const { backups, dir, vault } = await filled();
  const { name, path } = await backups.now(never, quiet);
  closeDatabase(vault.database);
  for (const given of [`./${name}`, `sub/${name}`, `sub\\${name}`, '..', `../backups/${name}`]) {
    const missing = { code: 'fileMissing', path: given };
    expect(await failureOf(backups.verify(given, quiet)), given).toEqual(missing);
    expect(await failureOf(restoreBackup(dir, given, vault.databaseKey)), given).toEqual(missing);
  }
  for (const given of [name, path]) {
    expect((await backups.verify(given, quiet)).damaged, given).toEqual([]);
    expect(await failureOf(restoreBackup(dir, given, vault.databaseKey)), given).toBeNull();
  }
});

test('what a host that died left of its deleting and checking goes with the next backup', async () => {
  const { backups, dir } = await filled();
  const root = join(dir, 'backups');
  for (const name of ['.deleted-1-x', '.check-abc', '.other', 'mine']) {
    mkdirSync(join(root, name), { recursive: true });
    writeFileSync(join(root, name, 'backup.json'), '{}');
  }
  writeFileSync(join(root, '.check.db'), 'x');
  const made = await backups.now(never, quiet);
  expect(readdirSync(root).sort()).toEqual(['.other', made.name, 'mine']);
});
