/** `profile import` as a person types it: other programs' files, looked at, mapped, taken in. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { newWarren, type Warren } from './support/warren.ts';

test.describe.configure({ mode: 'serial' });

let warren: Warren;
const file = (name: string, content: string | Buffer) => {
  const path = join(warren.folder, name);
  writeFileSync(path, content);
  return path;
};
const names = async () => {
  const rows = JSON.parse((await warren.command('profile', 'list', '--json')).stdout);
  return rows.map(({ name }: { name: string }) => name);
};

test.beforeAll(async () => {
  warren = newWarren('a passphrase for imports');
  expect((await warren.command('init', '--kdf', 'minimum', '--json')).code).toBe(0);
});

test.afterAll(() => warren.dispose());

const table = [
  'Profile name;Group;Proxy;Password;Foo',
  'Trần Hưng;Shops;socks5://linh:proxy-secret@berlin.example:1080;site-secret;x',
  'Bob;;berlin.example;;',
].join('\r\n');

test('a spreadsheet’s Unicode text is looked at, and nothing is stored', async () => {
  const path = file('table.csv', Buffer.from(`\uFEFF${table}`, 'utf16le'));
  const { code, stdout } = await warren.command('profile', 'import', path, '--preview');
  expect(code).toBe(0);
  expect(stdout).toContain('Trần Hưng  Shops  socks5://berlin.example:1080');
  expect(stdout).toContain('1 new, 1 refused, 1 new proxy');
  expect(stdout).toContain('Login of a site, 1 row: not taken');
  expect(stdout).toContain('Columns that are not taken: Foo');
  expect(stdout).not.toContain('secret');
  expect(await names()).toEqual([]);
});

test('columns are mapped, names that are taken are numbered', async () => {
  const path = join(warren.folder, 'table.csv');
  const mapped = await warren.command('profile', 'import', path, '--map', 'foo=tags', '--json');
  expect(mapped.code).toBe(0);
  expect(JSON.parse(mapped.stdout)).toMatchObject({ counts: { add: 1, refuse: 1, proxies: 1 } });
  expect(await names()).toEqual(['Trần Hưng']);
  const again = await warren.command('profile', 'import', path);
  expect(again.code).toBe(1);
  expect(again.stdout).toContain('the name is taken');
  const numbered = await warren.command('profile', 'import', path, '--on-duplicate', 'number');
  expect(numbered.code).toBe(0);
  expect(await names()).toEqual(['Trần Hưng', 'Trần Hưng (2)']);
});

test('a list, and a Chromium folder', async () => {
  const list = await warren.command('profile', 'import', file('list.txt', 'Lan\nMai\n'));
  expect(list.stdout).toContain('2 new');
  const folder = join(warren.folder, 'chromium');
  mkdirSync(join(folder, 'Default'), { recursive: true });
  writeFileSync(join(folder, 'Default', 'Cookies'), '');
  const path = ['profile', 'import', folder, '--format', 'chromium'];
  const { code, stdout } = await warren.command(...path);
  expect(code).toBe(0);
  expect(stdout).toContain('Cookies, 1 row: not taken: the system keeps the key');
  expect(await names()).toEqual(['Default', 'Lan', 'Mai', 'Trần Hưng', 'Trần Hưng (2)']);
});

test('words that make no sense are told apart from files that can not be read', async () => {
  const path = join(warren.folder, 'table.csv');
  for (const words of [
    ['--format', 'excel'],
    ['--on-duplicate', 'maybe'],
    ['--map', 'nope=tags'],
    ['--map', 'foo=password'],
  ]) {
    expect((await warren.command('profile', 'import', path, ...words)).code).toBe(2);
  }
  const broken = await warren.command('profile', 'import', file('broken.csv', 'name,notes\na,"b'));
  expect(broken.code).toBe(1);
  expect(broken.stderr).toContain('opens and never closes');
});
