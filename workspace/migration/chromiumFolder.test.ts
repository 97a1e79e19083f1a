/** Profiles in a Chromium browser's folder: named as there, without what only the system can decrypt. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing.ts';
import { readChromiumFolder } from './chromiumFolder.ts';

function folderWith(files: Readonly<Record<string, string | object>>): string {
  const root = temporaryFolder();
  for (const [way, content] of Object.entries(files)) {
    const path = join(root, way);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  }
  return root;
}

test('names and start pages come; what is encrypted is named and stays', async () => {
  const root = folderWith({
    'Local State': {
      profile: { info_cache: { Default: { name: 'Linh' }, 'Profile 10': { name: ' Shop ' } } },
    },
    'Default/Preferences': {
      session: { restore_on_startup: 4, startup_urls: ['https://a.example/'] },
    },
    'Default/Network/Cookies': 'SQLite',
    'Default/Login Data': 'SQLite',
    'Default/Bookmarks': '{}',
    'Profile 2/Preferences': { session: { restore_on_startup: 1, startup_urls: ['https://b/'] } },
    'Profile 10/Preferences': {
      session: { restore_on_startup: 4, startup_urls: ['chrome://settings'] },
    },
    'System Profile/Preferences': '{}',
    'Crashpad/Preferences': '{}',
  });
  const row = { proxy: null, cookies: null, notes: [] };
  expect(await readChromiumFolder(root)).toEqual([
    {
      ...row,
      row: 1,
      name: 'Linh',
      given: { startPages: ['https://a.example/'] },
      notes: [
        { field: 'cookies', problem: 'encrypted' },
        { field: 'siteLogin', problem: 'encrypted' },
        { field: 'startPage', problem: 'bookmarks' },
      ],
    },
    { ...row, row: 2, name: 'Profile 2', given: {} },
    {
      ...row,
      row: 3,
      name: 'Shop',
      given: {},
      notes: [{ field: 'startPage', problem: 'invalid' }],
    },
  ]);
});

test('links are not followed, and broken settings change nothing else', async () => {
  const elsewhere = folderWith({
    'Local State': { profile: { info_cache: { Default: { name: 'stolen' } } } },
    'Default/Preferences': '{}',
  });
  const root = folderWith({ 'Default/Preferences': 'no JSON' });
  symlinkSync(join(elsewhere, 'Local State'), join(root, 'Local State'));
  symlinkSync(join(elsewhere, 'Default'), join(root, 'Profile 1'));
  expect(await readChromiumFolder(root)).toMatchObject([{ name: 'Default' }]);
});

test('a folder without any is refused', async () => {
  const refused = { failure: { code: 'importRefused', reason: 'notChromium' } };
  await expect(readChromiumFolder(temporaryFolder())).rejects.toMatchObject(refused);
  await expect(readChromiumFolder('/nowhere/at/all')).rejects.toMatchObject(refused);
  const root = folderWith({ file: 'x' });
  await expect(readChromiumFolder(join(root, 'file'))).rejects.toMatchObject(refused);
});
