/** What was there before, out of the vault and back into it: as a script would do it, rightly and wrongly. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from '@playwright/test';
import { newWarren, type Warren } from './support/warren.ts';

// One vault and one story, as on the other command line page.
test.describe.configure({ mode: 'serial' });

let warren: Warren;

test.beforeAll(async () => {
  warren = newWarren('a passphrase for these commands');
  const words = join(warren.folder, 'words');
  const made = await warren.command('init', '--kdf', 'minimum', '--recovery-file', words);
  expect(made.code).toBe(0);
});

test.afterAll(() => warren.dispose());

const json = async (...args: string[]) => {
  const result = await warren.command(...args, '--json');
  expect(result.code, result.stderr).toBe(0);
  return JSON.parse(result.stdout);
};

/** A second vault beside the first, with the same passphrase file. */
const elsewhere = (name: string, ...args: string[]) =>
  warren.command('--vault', join(warren.folder, name), ...args);

test('the history of a record is told, and any version can be had back', async () => {
  await json('profile', 'add', 'Alice', '--notes', 'one');
  await json('profile', 'edit', 'Alice', '--notes', 'two', '--tag', 'x');
  const { name, versions } = await json('history', 'profile', 'Alice');
  expect(name).toBe('Alice');
  expect(
    versions.map((one: { number: number; changed: string[] }) => [one.number, one.changed]),
  ).toEqual([
    [2, ['notes', 'tags']],
    [1, expect.arrayContaining(['name', 'notes'])],
  ]);
  expect((await json('restore', 'profile', 'Alice', '1')).notes).toBe('one');
  const byId = versions[0].version.slice(0, 10);
  expect((await json('restore', 'profile', 'Alice', byId)).notes).toBe('two');
  const table = await warren.command('history', 'profile', 'Alice');
  expect(table.stdout).toContain('restoreVersion');

  expect((await warren.command('restore', 'profile', 'Alice', '99')).code).toBe(2);
  expect((await warren.command('history', 'cookie', 'Alice')).code).toBe(2);
  expect((await warren.command('history', 'profile', 'Nobody')).code).toBe(1);
});

test('what is removed lies in the trash until it is restored or deleted for good', async () => {
  await json('profile', 'add', 'Bob');
  await json('profile', 'remove', 'Bob');
  expect((await warren.command('profile', 'show', 'Bob')).code).toBe(1);
  const [row] = await json('trash', 'list');
  expect(row).toMatchObject({ kind: 'profile', name: 'Bob' });
  expect(await json('trash', 'restore', 'Bob')).toEqual({ restored: row.id, name: 'Bob' });
  expect((await warren.command('trash', 'restore', 'Bob')).code).toBe(2);
  await json('profile', 'remove', 'Bob');
  expect(await json('trash', 'empty')).toEqual({ removed: 1 });
  expect(await json('trash', 'list')).toEqual([]);
});

test('figures, a check and a rebuild tell how the vault is', async () => {
  expect(await json('stats')).toMatchObject({ records: { profile: 1 }, documents: 1, trashed: 0 });
  expect((await json('check')).damaged).toEqual([]);
  expect((await json('views', 'rebuild')).rows).toBeGreaterThan(1);
  const activity = await json('activity', '--limit', '3');
  expect(activity).toHaveLength(3);
  expect(activity[0]).toMatchObject({ type: 'purge', name: 'Bob' });
  expect(await json('activity', '--type', 'purge')).toHaveLength(1);
});

test('a sealed export opens elsewhere with the right words, and with no others', async () => {
  const path = join(warren.folder, 'all.warren');
  const own = join(warren.folder, 'own-words');
  const report = await json('export', path, '--own-words-file', own);
  expect(report).toMatchObject({ records: 1, damaged: [] });
  expect(report.words).toBeUndefined();
  expect(readFileSync(own, 'utf8').trim().split(' ')).toHaveLength(24);
  expect((await warren.command('export', path)).code).toBe(1);
  expect((await warren.command('export')).code).toBe(2);

  expect((await elsewhere('second', 'init', '--kdf', 'minimum', '--json')).code).toBe(0);
  const refused = await elsewhere('second', 'import', path);
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('words') });
  const preview = await elsewhere(
    'second',
    'import',
    path,
    '--words-file',
    own,
    '--preview',
    '--json',
  );
  expect(JSON.parse(preview.stdout)).toMatchObject({ records: 1 });
  expect(JSON.parse((await elsewhere('second', 'profile', 'list', '--json')).stdout)).toEqual([]);
  const words = join(warren.folder, 'words');
  const taken = await elsewhere('second', 'import', path, '--words-file', words, '--json');
  expect(JSON.parse(taken.stdout)).toMatchObject({ records: 1, duplicates: [], refused: [] });
  const history = await elsewhere('second', 'history', 'profile', 'Alice', '--json');
  expect(JSON.parse(history.stdout).versions).toHaveLength(4);

  const again = await elsewhere(
    'second',
    'import',
    path,
    '--words-file',
    own,
    '--on-duplicate',
    'copy',
  );
  expect(again.stdout).toContain('copied: profile Alice');
  expect((await elsewhere('second', 'import', path, '--on-duplicate', 'x')).code).toBe(2);
  const altered = readFileSync(path);
  altered[2_000] = (altered[2_000] ?? 0) ^ 1;
  writeFileSync(`${path}.altered`, altered);
  expect(await warren.command('import', `${path}.altered`)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('damaged'),
  });
});

test('a plain export is a folder that comes back in', async () => {
  const dir = join(warren.folder, 'plain');
  const written = await warren.command('export', '--plain', dir);
  expect(written).toMatchObject({ code: 0, stderr: expect.stringContaining('not encrypted') });
  expect(JSON.parse(readFileSync(join(dir, 'profiles.json'), 'utf8'))).toMatchObject([
    { name: 'Alice', notes: 'two' },
  ]);
  expect((await elsewhere('third', 'init', '--kdf', 'minimum', '--json')).code).toBe(0);
  const taken = await elsewhere('third', 'import', dir, '--json');
  expect(JSON.parse(taken.stdout)).toMatchObject({ records: 1, refused: [] });
  writeFileSync(join(dir, 'profiles.json'), '['.repeat(100_000));
  expect(await elsewhere('third', 'import', dir)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('nests'),
  });
});

test('a backup is verified, restored, and a fresh machine recovers from it', async () => {
  const { name, path } = await json('backup', 'now');
  expect(await json('backup', 'verify', name)).toMatchObject({ damaged: [] });
  const fromHere = relative(process.cwd(), path);
  expect(await json('backup', 'verify', fromHere)).toMatchObject({ damaged: [] });
  await json('profile', 'edit', 'Alice', '--notes', 'after the backup');
  expect((await warren.command('backup', 'restore', name)).code).toBe(0);
  expect((await json('profile', 'show', 'Alice')).notes).toBe('two');
  const backups = await json('backup', 'list');
  expect(backups).toHaveLength(2);
  expect(backups.every((one: { complete: boolean }) => one.complete)).toBe(true);

  const words = join(warren.folder, 'words');
  const fresh = await elsewhere('fresh', 'recover', '--words-file', words, '--from', path);
  expect(fresh.code, fresh.stderr).toBe(0);
  const shown = await elsewhere('fresh', 'profile', 'show', 'Alice', '--json');
  expect(JSON.parse(shown.stdout).notes).toBe('two');

  const bytes = readFileSync(join(path, 'vault.db'));
  bytes[5_000] = (bytes[5_000] ?? 0) ^ 8;
  writeFileSync(join(path, 'vault.db'), bytes);
  expect(await warren.command('backup', 'verify', name)).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('vault.db'),
  });
  expect((await warren.command('backup', 'restore', name)).code).toBe(1);
  expect((await json('profile', 'show', 'Alice')).notes).toBe('two');
  expect((await warren.command('backup', 'verify', 'nothing')).code).toBe(1);
});

test('a changed passphrase is the only one that opens the vault', async () => {
  const next = join(warren.folder, 'next');
  writeFileSync(next, 'quite another passphrase\n', { mode: 0o600 });
  await json('passphrase', 'change', '--new-passphrase-file', next);
  expect((await warren.command('profile', 'list')).code).toBe(1);
  const old = join(warren.folder, 'passphrase');
  const back = await warren.command(
    'passphrase',
    'change',
    '--passphrase-file',
    next,
    '--new-passphrase-file',
    old,
  );
  expect(back.code, back.stderr).toBe(0);
  await json('profile', 'list');
});

test('erasing needs a yes and leaves nothing but what was asked to stay', async () => {
  expect((await warren.command('erase')).code).toBe(2);
  await json('erase', '--yes');
  expect(readdirSync(warren.vault)).toEqual(['backups']);
  expect((await warren.command('profile', 'list')).code).toBe(1);
  expect((await elsewhere('third', 'erase', '--yes', '--backups')).code).toBe(0);
  expect(existsSync(join(warren.folder, 'third'))).toBe(false);
});
