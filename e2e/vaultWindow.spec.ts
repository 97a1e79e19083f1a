/** What was there before, backups, exports and the second factor: as a person does it in the window. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { TOTP } from 'otpauth';
import { expectAccessible } from './support/accessible.ts';
import { newWarren, type Warren } from './support/warren.ts';

test.describe.configure({ mode: 'serial' });

const passphrase = 'a passphrase for the vault’s window';
let warren: Warren;
let page: Page;

test.beforeAll(async ({ browser }) => {
  warren = newWarren(passphrase);
  expect((await warren.command('init', '--kdf', 'minimum', '--json')).code).toBe(0);
  await warren.command('profile', 'add', 'Alice', '--notes', 'first');
  await warren.command('profile', 'edit', 'Alice', '--notes', 'second', '--tag', 'x');
  await warren.command('profile', 'add', 'Bob');
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  page = await context.newPage();
  await page.goto(await warren.serve());
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Alice', { exact: true })).toBeVisible();
});

test.afterAll(() => warren.dispose());

const go = (place: string) =>
  page.evaluate((hash) => {
    location.hash = hash;
  }, place);
const dialog = () => page.getByRole('dialog').last();
const button = (name: string, exact = true) => page.getByRole('button', { name, exact });

test('a change made elsewhere shows in the open list, in its place, and nothing else is asked for', async () => {
  const asked: string[] = [];
  page.on('websocket', () => asked.push('connection'));
  expect((await warren.command('profile', 'edit', 'Bob', '--name', 'Aaron')).code).toBe(0);
  await expect(page.getByText('Aaron', { exact: true })).toBeVisible();
  const names = await page.getByRole('row').allInnerTexts();
  expect(names.findIndex((row) => row.includes('Aaron'))).toBeLessThan(
    names.findIndex((row) => row.includes('Alice')),
  );
  expect((await warren.command('profile', 'add', 'Zoe')).code).toBe(0);
  await expect(page.getByText('Zoe', { exact: true })).toBeVisible();
  expect(asked).toEqual([]);
});

test('the history of a profile is shown, and a version comes back', async () => {
  await page.getByText('Alice', { exact: true }).click();
  await expect(dialog().getByLabel('Notes')).toHaveValue('second');
  await button('Actions for Alice').last().click();
  await page.getByRole('menuitem', { name: 'History' }).click();
  const history = page.getByRole('dialog', { name: 'History of Alice' });
  await expect(history.getByText('Changed: notes, tags')).toBeVisible();
  await expectAccessible(page, 'history');
  await history.getByRole('button', { name: 'Restore version 1' }).click();
  await expect(
    history.getByText('Brought back an earlier version', { exact: false }),
  ).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog().getByLabel('Notes')).toHaveValue('first');
  await page.keyboard.press('Escape');
});

test('what is removed waits in the trash and comes back', async () => {
  await page.getByText('Zoe', { exact: true }).click();
  await button('Actions for Zoe').last().click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText('Zoe', { exact: true })).toBeHidden();
  await go('#/trash');
  await expect(button('Restore Zoe')).toBeVisible();
  await expectAccessible(page, 'trash');
  await button('Restore Zoe').click();
  await expect(page.getByText('The trash is empty')).toBeVisible();
  await expectAccessible(page, 'empty trash');
  await go('#/profiles');
  await expect(page.getByText('Zoe', { exact: true })).toBeVisible();
});

test('a backup is made, verified and listed', async () => {
  await go('#/settings');
  await button('Back up now').click();
  await expect(page.getByText('Backup made and verified', { exact: false })).toBeVisible();
  await page.getByRole('button', { name: /^Verify the backup/ }).click();
  await expect(page.getByText('The backup is whole')).toBeVisible();
  await expectAccessible(page, 'settings');
});

test('everything goes into one file and is looked at before it is taken in again', async () => {
  const path = join(warren.folder, 'all.warren');
  await button('Export', true).click();
  await dialog().getByLabel('File to write').fill(path);
  await expectAccessible(page, 'export');
  await dialog().getByRole('button', { name: 'Export', exact: true }).click();
  await expect(dialog().getByText(path)).toBeVisible();
  expect(statSync(path).size).toBeGreaterThan(1_000);
  await dialog().getByRole('button', { name: 'Close' }).last().click();

  await button('Import', true).click();
  await dialog().getByLabel('File or folder of an export').fill(path);
  await dialog().getByRole('button', { name: 'Continue' }).click();
  await expect(dialog().getByText('3 records are there already')).toBeVisible();
  await expectAccessible(page, 'import');
  await dialog().getByText('Copy', { exact: true }).click();
  await dialog().getByRole('button', { name: 'Import' }).click();
  await expect(page.getByText('Took in 3 records')).toBeVisible();
  await go('#/profiles');
  await expect(page.getByText('Alice (2)', { exact: true })).toBeVisible();
});

test('one-time codes are set up, asked for, and turned off', async () => {
  await go('#/settings');
  await button('Set up one-time codes').click();
  await expect(dialog().getByAltText('QR code', { exact: false })).toBeVisible();
  await expectAccessible(page, 'second factor');
  const secret = (await dialog().locator('p.font-mono').textContent()) ?? '';
  const phone = new TOTP({ secret: secret.trim() });
  await dialog().getByLabel('Code').fill('000000');
  await dialog().getByRole('button', { name: 'Continue' }).click();
  await expect(dialog().getByText('That code is not right', { exact: false })).toBeVisible();
  await dialog().getByLabel('Code').fill(phone.generate());
  await dialog().getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('dialog', { name: 'Keep these recovery codes' })).toBeVisible();
  const codes = await dialog().getByRole('listitem').allInnerTexts();
  expect(codes).toHaveLength(10);
  await expectAccessible(page, 'recovery codes');
  await button('I have kept them').click();

  await page.reload();
  await expect(page.getByText('10 recovery codes are left', { exact: false })).toBeVisible();
  await button('Turn off').click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Turn off' }).click();
  await expect(dialog().getByText('Is it you?')).toBeVisible();
  await expectAccessible(page, 'proof');
  await dialog()
    .getByLabel('Code')
    .fill(codes[0] ?? '');
  await dialog().getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('One-time codes are off')).toBeVisible();
});

test('the passphrase is changed, and only the new one unlocks', async () => {
  await button('Change passphrase').click();
  await dialog().getByLabel('Current passphrase').fill(passphrase);
  await dialog().getByLabel('New passphrase').fill('quite another one');
  await dialog().getByLabel('Repeat', { exact: false }).fill('quite another one');
  await expectAccessible(page, 'change passphrase');
  await dialog().getByRole('button', { name: 'Change passphrase' }).click();
  await expect(page.getByText('The vault opens with the new passphrase')).toBeVisible();
  expect((await warren.command('profile', 'list')).code).toBe(1);
});

test('it speaks Vietnamese here too', async () => {
  await page.getByLabel('Language').selectOption('vi');
  await expect(page.getByRole('heading', { name: 'Sao lưu' })).toBeVisible();
  await go('#/trash');
  await expect(page.getByText('Thùng rác trống')).toBeVisible();
  await go('#/settings');
  await page.getByLabel('Ngôn ngữ').selectOption('en');
  await expect(page.getByRole('heading', { name: 'Backups' })).toBeVisible();
});

test('the vault is erased when its folder’s name is typed', async () => {
  await button('Erase').click();
  await expect(dialog().getByRole('button', { name: 'Erase' })).toBeDisabled();
  await dialog().getByLabel('Type vault to erase it').fill('vault');
  await expectAccessible(page, 'erase');
  await dialog().getByRole('button', { name: 'Erase' }).click();
  await expect(page.getByText('Welcome to Warren')).toBeVisible();
  expect(existsSync(join(warren.vault, 'vault.db'))).toBe(false);
  expect(existsSync(join(warren.vault, 'backups'))).toBe(true);
});
