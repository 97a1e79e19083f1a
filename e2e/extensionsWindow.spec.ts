/** Extensions: a folder is named in the settings, chosen in a profile's form, and missed where it is gone. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { newWarren, type Warren } from './support/warren.ts';

test.describe.configure({ mode: 'serial' });

const passphrase = 'a passphrase for extensions';
let warren: Warren;
let page: Page;
let folder: string;

test.beforeAll(async ({ browser }) => {
  warren = newWarren(passphrase);
  expect((await warren.command('init', '--kdf', 'minimum', '--json')).code).toBe(0);
  expect((await warren.command('profile', 'add', 'Alice')).code).toBe(0);
  folder = join(warren.folder, 'blocker');
  mkdirSync(folder);
  const manifest = { manifest_version: 3, name: 'Blocker', version: '1' };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  page = await context.newPage();
  await page.goto(await warren.serve());
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Alice', { exact: true })).toBeVisible();
});

test.afterAll(() => warren.dispose());

const dialog = () => page.getByRole('dialog').last();

test('a folder is named in the settings; half a path is refused', async () => {
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByLabel('Name of the extension').fill('Blocker');
  await page.getByLabel('Its folder').fill('blocker');
  await page.getByRole('button', { name: 'Add extension' }).click();
  await expect(page.getByText('is not the whole path of a folder')).toBeVisible();
  await page.getByLabel('Its folder').fill(folder);
  await page.getByRole('button', { name: 'Add extension' }).click();
  await expect(page.getByText(folder)).toBeVisible();
  await expectAccessible(page, 'settings with an extension');
});

test('a profile has it, and is not opened without it', async () => {
  await page.getByRole('link', { name: 'Profiles' }).click();
  await page.getByText('Alice', { exact: true }).click();
  await dialog().getByLabel('Blocker', { exact: true }).check();
  await expectAccessible(page, 'form with an extension');
  await page.screenshot({ path: 'test-results/extensions-form.png' });
  await dialog().getByRole('button', { name: 'Save' }).click();
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Remove Blocker' }).click();
  await page.screenshot({ path: 'test-results/extensions-settings.png', fullPage: true });
  await page.getByRole('link', { name: 'Profiles' }).click();
  await page.getByRole('button', { name: 'Open Alice' }).click();
  await expect(page.getByText('The extension “Blocker” of “Alice” is not on this')).toBeVisible();
  await page.getByText('Alice', { exact: true }).click();
  await expect(dialog().getByText('Blocker (not on this device)')).toBeVisible();
});
