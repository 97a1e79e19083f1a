/** Profiles of other programs in the window: a file is chosen, mapped, looked at, taken in and reported on. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { newWarren, type Warren } from './support/warren.ts';

test.describe.configure({ mode: 'serial' });

const passphrase = 'a passphrase for the imports’ window';
let warren: Warren;
let page: Page;

test.beforeAll(async ({ browser }) => {
  warren = newWarren(passphrase);
  expect((await warren.command('init', '--kdf', 'minimum', '--json')).code).toBe(0);
  const context = await browser.newContext({
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  page = await context.newPage();
  await page.goto(await warren.serve());
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'No profiles yet' })).toBeVisible();
});

test.afterAll(() => warren.dispose());

const dialog = () => page.getByRole('dialog').last();
const button = (name: string) => dialog().getByRole('button', { name, exact: true });
const row = (name: string) => page.getByRole('row').filter({ hasText: name });
const taken = (column: string) =>
  dialog().getByRole('combobox', { name: `What “${column}” is taken as` });
const step = () => dialog().locator('[aria-current=step]');

async function open(): Promise<void> {
  const direct = page.getByRole('button', { name: 'Import profiles', exact: true });
  if (await direct.isVisible()) return direct.click();
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Import profiles' }).click();
}

async function choose(name: string, content: string | Buffer): Promise<void> {
  const path = join(warren.folder, name);
  writeFileSync(path, content);
  const chooser = page.waitForEvent('filechooser');
  await button('Choose file').click();
  await (await chooser).setFiles(path);
}

const cookies = '"[{""name"":""sid"",""value"":""cookie-secret"",""domain"":"".shop.example""}]"';
const table = [
  'Profile name;Group;Proxy;Cookies;Remark;Time zone;UA;Password;Source',
  `Bưởi Coffee;Shops;socks5://linh:proxy-secret@berlin.example:1080;${cookies};warm;Asia/Ho_Chi_Minh;Mozilla;site-secret;old`,
  'Cedar Travel;Travel;10.0.0.1:1080:10.0.0.2:2080;;;Mars/Base;;;old',
  'Dune;;berlin.example;;;;;;old',
  'Bưởi Coffee;Shops;;;later;;;;old',
].join('\r\n');

test('a spreadsheet is chosen, and its columns are recognised', async () => {
  await open();
  await expect(dialog().getByText('Nothing is stored before', { exact: false })).toBeVisible();
  await expect(button('Next')).toBeDisabled();
  await expectAccessible(page, 'an import without a file');
  await choose('shops.csv', Buffer.from(`\uFEFF${table}`, 'utf16le'));
  await expect(dialog().getByText('shops.csv')).toBeVisible();
  await button('Next').click();
  await expect(step()).toHaveText(/Columns/);
  await expect(step()).toBeFocused();
  await expect(taken('Profile name')).toHaveValue('name');
  await expect(taken('Remark')).toHaveValue('notes');
  await expect(taken('Password')).toHaveValue('siteLogin');
  await expect(taken('Source')).toHaveValue('ignore');
  await expect(dialog()).not.toContainText('secret');
  await taken('Source').selectOption('tags');
  await expectAccessible(page, 'columns of an import');
});

test('what would become of the rows is shown, with what is not taken', async () => {
  await button('Next').click();
  await expect(step()).toHaveText(/Preview/);
  const counts = dialog().getByRole('status');
  await expect(counts).toHaveText('1 new1 left out2 refused1 new proxy1 cookie');
  const rows = dialog().getByRole('table', { name: 'What the rows would become' });
  await expect(rows.getByRole('row').first()).toContainText('socks5://berlin.example:1080');
  await expect(dialog()).toContainText('Login of a site, 1 row: not taken');
  await expect(dialog()).not.toContainText('secret');
  await expectAccessible(page, 'a preview of an import');
  await dialog().getByLabel('Proxies that can be read both ways').selectOption('hostFirst');
  await expect(counts).toHaveText(/^2 new/);
  await expect(dialog()).toContainText('Time zone, 1 row: not a value that Warren knows');
  await dialog().getByLabel('Names that are taken already').selectOption('number');
  await expect(counts).toHaveText('3 new1 refused2 new proxies1 cookie');
  await expect(rows).toContainText('Bưởi Coffee (2)');
  await dialog().getByText('Take user agents along').click();
  await expect(dialog()).not.toContainText('User agent, 1 row');
});

test('it is taken in, and the report is copied', async () => {
  await button('Import 3 rows').click();
  await expect(step()).toHaveText(/Result/);
  await expect(dialog().getByText('3 profiles are in the vault')).toBeVisible();
  await expect(dialog()).toContainText('Proxy, 1 row: it can not be read. The row is left out');
  await expectAccessible(page, 'a report of an import');
  await button('Copy the report').click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('3 profiles are in the vault');
  expect(copied).toContain('(row 4)');
  expect(copied).not.toContain('secret');
  await button('Done').click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(row('Cedar Travel')).toBeVisible();
  await expect(row('Bưởi Coffee (2)')).toBeVisible();
  const sites = await warren.command('profile', 'sites', 'Bưởi Coffee', '--json');
  expect(JSON.parse(sites.stdout)).toMatchObject([{ site: 'shop.example', cookies: 1 }]);
});

test('names are pasted; those that are there are left out, by keyboard alone', async () => {
  await open();
  await page.keyboard.press('Tab');
  await expect(dialog().getByLabel('Profiles', { exact: true })).toBeFocused();
  await page.keyboard.type('Cedar Travel\nElm');
  await button('Next').focus();
  await page.keyboard.press('Enter');
  await expect(step()).toHaveText(/Columns/);
  await button('Next').focus();
  await page.keyboard.press('Enter');
  await expect(dialog().getByRole('status')).toHaveText('1 new1 left out');
  await button('Back').click();
  await expect(step()).toHaveText(/Columns/);
  await button('Next').click();
  await button('Import 1 row').focus();
  await page.keyboard.press('Enter');
  await expect(dialog().getByText('1 profile is in the vault')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(row('Elm')).toBeVisible();
});

test('a dropped file that is broken is refused in words', async () => {
  await open();
  const dropped = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['name,notes\nAda,"open'], 'broken.csv', { type: 'text/csv' }));
    return transfer;
  });
  await dialog()
    .getByLabel('Profiles', { exact: true })
    .dispatchEvent('drop', { dataTransfer: dropped });
  await button('Next').click();
  await expect(dialog().getByRole('alert')).toContainText(
    'broken.csv can not be taken in: a quotation mark in it opens and never closes',
  );
  await expectAccessible(page, 'a file that is refused');
  await button('Take another').click();
  await expect(dialog().getByLabel('Profiles', { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('a Chromium folder gives names, and says what stays there', async () => {
  const folder = join(warren.folder, 'chromium');
  mkdirSync(join(folder, 'Default'), { recursive: true });
  writeFileSync(join(folder, 'Default', 'Cookies'), '');
  const state = { profile: { info_cache: { Default: { name: 'Linh at home' } } } };
  writeFileSync(join(folder, 'Local State'), JSON.stringify(state));
  await open();
  await dialog().getByText('Chromium folder', { exact: true }).click();
  await dialog().getByLabel('Folder', { exact: true }).fill(folder);
  await expectAccessible(page, 'an import of a folder');
  await button('Next').click();
  await expect(step()).toHaveText(/Preview/);
  await expect(dialog()).toContainText('Cookies, 1 row: not taken: the system keeps the key');
  await button('Import 1 row').click();
  await button('Done').click();
  await expect(row('Linh at home')).toBeVisible();
});

test('an import of thousands tells how far it is, and is ended with nothing stored', async () => {
  const rows = Array.from({ length: 20_000 }, (_, n) => `Many ${n}`);
  await open();
  await choose('many.csv', ['name', ...rows].join('\n'));
  await button('Next').click();
  await button('Next').click();
  await expect(dialog().getByText('The first 100 rows are shown', { exact: false })).toBeVisible();
  await button('Import 20,000 rows').click();
  await expect(dialog().getByRole('progressbar')).toBeVisible();
  await page.keyboard.press('Escape');
  await button('End the import').click();
  await expect(dialog().getByRole('alert')).toBeVisible();
  await expect(button('Import 20,000 rows')).toBeEnabled();
  await button('Cancel').click();
  await expect(row('Many')).toHaveCount(0);
});

test('in Vietnamese as well', async () => {
  await page.evaluate(() => {
    location.hash = '#/settings';
  });
  await page.getByLabel('Display language').selectOption('vi');
  await page.evaluate(() => {
    location.hash = '#/profiles';
  });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('nhập hồ sơ');
  await page.keyboard.press('Enter');
  await dialog().getByLabel('Các hồ sơ', { exact: true }).fill(table);
  await button('Tiếp').click();
  await expectAccessible(page, 'columns of an import, in Vietnamese');
  await button('Tiếp').click();
  await expect(dialog()).toContainText('Những gì không được lấy');
  await expectAccessible(page, 'a preview of an import, in Vietnamese');
});
