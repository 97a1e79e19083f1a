/** Proxies as a person keeps them in the window: one by one, pasted, given to a profile, and away again. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { newWarren, type Warren } from './support/warren.ts';

test.describe.configure({ mode: 'serial' });

const passphrase = 'a passphrase for the proxies’ window';
const passwords = ['first-secret', 'second-secret', 'third-secret'] as const;
let warren: Warren;
let page: Page;

test.beforeAll(async ({ browser }) => {
  warren = newWarren(passphrase);
  expect((await warren.command('init', '--kdf', 'minimum', '--json')).code).toBe(0);
  expect((await warren.command('profile', 'add', 'Alice')).code).toBe(0);
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
const field = (name: string) => dialog().getByLabel(name, { exact: true });
const button = (name: string) => page.getByRole('button', { name, exact: true });
const row = (name: string) => page.getByRole('row').filter({ hasText: name });
const save = () => dialog().getByRole('button', { name: 'Save' }).click();
const noPasswordShown = async () => {
  for (const password of passwords) {
    await expect(page.locator('body')).not.toContainText(password);
  }
};

test('without any, the screen says what to do', async () => {
  await page.getByRole('link', { name: 'Proxies' }).click();
  await expect(page.getByRole('heading', { name: 'No proxies yet' })).toBeVisible();
  await expectAccessible(page, 'no proxies');
});

test('one is added by hand; what is wrong is said at its field', async () => {
  await button('New proxy').click();
  await field('Name').fill('Berlin');
  await field('Host').fill('not a host');
  await field('Port').fill('99999');
  await field('Change-IP address').fill('change.example');
  await save();
  await expect(dialog().getByText('neither a host name nor an IP address')).toBeVisible();
  await expect(dialog().getByText('A number from 1 to 65535.')).toBeVisible();
  await expect(dialog().getByText('An address starts with http:// or https://.')).toBeVisible();
  await expect(field('Host')).toHaveAttribute('aria-invalid', 'true');
  await expectAccessible(page, 'a proxy that is refused');
  await field('Type').selectOption('socks5');
  await field('Host').fill('berlin.example');
  await field('Port').fill('1080');
  await field('User name').fill('linh');
  await field('Password').fill(passwords[0]);
  await field('Change-IP address').fill('https://change.example/?key=1');
  await save();
  await expect(dialog()).toBeHidden();
  await expect(row('Berlin')).toContainText('socks5://berlin.example:1080');
  await expect(row('Berlin')).toContainText('linh');
  await expect(row('Berlin')).toContainText('Can change');
  await noPasswordShown();
  await expectAccessible(page, 'proxies');
});

const lines = [
  '10.1.2.3:8080',
  `paris.example:8080:bob:${passwords[1]}`,
  `http://eve:${passwords[2]}@oslo.example:3128`,
  '10.0.0.1:1080:10.0.0.2:2080',
  'lost.example:99999',
  'socks5://linh@berlin.example:1080',
];

test('lines are pasted, looked at, decided on, and added', async () => {
  await button('Paste proxies').first().click();
  await dialog().getByLabel('Proxies, one a line').fill(lines.join('\n'));
  const counts = dialog().getByRole('status');
  await expect(counts).toHaveText('3 new1 already there1 to be decided1 not understood');
  await expect(dialog().getByText('The port is not a number from 1 to 65535.')).toBeVisible();
  const preview = dialog().getByRole('table');
  for (const password of passwords) await expect(preview).not.toContainText(password);
  await expect(dialog().getByText('Line 4 would be one of these', { exact: false })).toBeVisible();
  await expect(button('Add 3 proxies')).toBeEnabled();
  await expectAccessible(page, 'pasted proxies');
  const order = dialog().getByRole('group', { name: 'Some lines can be read both ways' });
  await expect(order).toContainText('http://10.0.0.1:1080');
  await order.getByLabel('User first').check();
  await expect(counts).toHaveText('4 new1 already there1 not understood');
  await expect(preview).toContainText('http://10.0.0.2:2080');
  await expect(preview).not.toContainText('http://10.0.0.1:1080');
  await dialog().getByLabel('Tags').fill('pasted');
  await page.keyboard.press('Enter');
  await expect(button('Add 4 proxies')).toBeEnabled();
  await button('Add 4 proxies').click();
  await expect(page.getByText('4 proxies added')).toBeVisible();
  await expect(page.getByText('Left out: 1 already there, 1 not understood.')).toBeVisible();
  await expect(dialog()).toBeHidden();
  await expect(row('10.0.0.2:2080')).toContainText('pasted');
  await expect(row('paris.example:8080')).toContainText('bob');
  await noPasswordShown();
});

test('a file with lines is dropped', async () => {
  await button('Paste proxies').click();
  const dropped = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['rome.example:80\n'], 'list.txt', { type: 'text/plain' }));
    return transfer;
  });
  const area = dialog().getByLabel('Proxies, one a line');
  await area.dispatchEvent('drop', { dataTransfer: dropped });
  await expect(area).toHaveValue('rome.example:80\n');
  await expect(button('Add 1 proxy')).toBeEnabled();
  await page.keyboard.press('Escape');
  await expect(dialog()).toBeHidden();
});

test('one is found, opened by keyboard and edited; its password stays', async () => {
  await page.keyboard.press('Control+f');
  await page.keyboard.type('paris');
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(field('Name')).toHaveValue('paris.example:8080');
  await expect(field('Password')).toHaveValue('');
  await field('Name').fill('Paris');
  await field('Notes').fill('Until May');
  await save();
  await expect(dialog()).toBeHidden();
  await page.getByLabel('Search proxies').fill('');
  await expect(row('Paris')).toContainText('with a password');
});

test('a password is shown to whoever knows the passphrase', async () => {
  // Unlocking is a proof too; a window that is opened anew has not given it.
  await page.reload();
  await page.getByText('Paris', { exact: true }).click();
  await button('Show password').click();
  const proof = page.getByRole('dialog', { name: 'Is it you?' });
  await proof.getByLabel('Passphrase', { exact: true }).fill('not it');
  await page.keyboard.press('Enter');
  await expect(proof.getByRole('alert')).toBeVisible();
  await expectAccessible(page, 'proof');
  await proof.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.keyboard.press('Enter');
  await expect(field('Password')).toHaveValue(passwords[1]);
  await expectAccessible(page, 'a password that is shown');
  await button('Hide password').click();
  await expect(field('Password')).toHaveValue('');
  await button('Actions for Paris').last().click();
  await page.getByRole('menuitem', { name: 'History' }).click();
  const history = page.getByRole('dialog', { name: 'History of Paris' });
  await expect(history.getByText('Changed: name, notes')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a profile is given one, and shows it', async () => {
  await go('#/profiles');
  await page.getByText('Alice', { exact: true }).click();
  const proxy = dialog().getByRole('combobox', { name: 'Proxy' });
  await expect(proxy).toHaveAttribute('placeholder', /this device’s own connection/);
  await proxy.fill('berl');
  await page.getByRole('option', { name: 'Berlin · socks5://berlin.example:1080' }).click();
  await save();
  await expect(dialog()).toBeHidden();
  await expect(row('Alice')).toContainText('Berlin');
  await page.getByText('Alice', { exact: true }).click();
  await expect(proxy).toHaveValue('Berlin · socks5://berlin.example:1080');
  await expectAccessible(page, 'a profile with a proxy');
  await page.keyboard.press('Escape');
  // The proxy says who uses it, and leads there.
  await go('#/proxies');
  await page.getByText('Berlin', { exact: true }).click();
  await expect(dialog().getByRole('heading', { name: 'Used by' })).toBeVisible();
  await dialog().getByRole('button', { name: 'Alice' }).click();
  await expect(proxy).toHaveValue('Berlin · socks5://berlin.example:1080');
  await page.keyboard.press('Escape');
});

test('one that is removed is missed by its profile, and comes back', async () => {
  await page.keyboard.press('Control+k');
  await page.keyboard.type('berlin');
  await page.getByRole('option', { name: 'Berlin Proxy' }).click();
  await button('Actions for Berlin').last().click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await expectAccessible(page, 'removing a proxy');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await expect(row('Berlin')).toBeHidden();
  await go('#/profiles');
  await expect(row('Alice')).toContainText('Gone');
  await page.getByText('Alice', { exact: true }).click();
  await expect(dialog().getByText('This proxy does not exist any more.')).toBeVisible();
  await expectAccessible(page, 'a profile whose proxy is gone');
  await page.keyboard.press('Escape');
  await go('#/trash');
  await expect(page.getByRole('listitem').filter({ hasText: 'Berlin' })).toContainText('Proxy');
  await button('Undo').click();
  await expect(page.getByText('The trash is empty')).toBeVisible();
  await go('#/profiles');
  await expect(row('Alice')).toContainText('Berlin');
});

test('many are removed at once and come back', async () => {
  await go('#/proxies');
  const grid = page.getByRole('grid', { name: 'Proxies' });
  await expect(grid).toHaveAttribute('aria-rowcount', '6');
  await grid.focus();
  await page.keyboard.press('Control+a');
  await expect(page.getByText('5 proxies selected')).toBeVisible();
  await expectAccessible(page, 'selected proxies');
  await page.keyboard.press('Delete');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('heading', { name: 'No proxies yet' })).toBeVisible();
  await button('Undo').click();
  await expect(grid).toHaveAttribute('aria-rowcount', '6');
});

test('thousands are pasted from a file and scrolled through', async () => {
  const file = join(warren.folder, 'many.txt');
  const many = Array.from({ length: 10_000 }, (_, n) => `10.${n >> 8}.${n & 255}.9:8${n % 10}`);
  writeFileSync(file, many.join('\n'));
  await button('Paste proxies').click();
  const chooser = page.waitForEvent('filechooser');
  await dialog().getByRole('button', { name: 'Choose file' }).click();
  await (await chooser).setFiles(file);
  await expect(button('Add 10,000 proxies')).toBeEnabled();
  await expect(
    dialog().getByText('The first 1,000 lines are shown', { exact: false }),
  ).toBeVisible();
  await button('Add 10,000 proxies').click();
  await expect(page.getByText('10,000 proxies added')).toBeVisible();
  const grid = page.getByRole('grid', { name: 'Proxies' });
  await expect(grid).toHaveAttribute('aria-rowcount', '10006');
  await grid.focus();
  await page.keyboard.press('End');
  await expect(row('Paris')).toBeVisible();
});

test('in Vietnamese as well', async () => {
  await go('#/settings');
  await page.getByLabel('Display language').selectOption('vi');
  await go('#/proxies');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Proxy');
  await button('Proxy mới').click();
  await dialog().getByRole('button', { name: 'Lưu' }).click();
  await expect(dialog().getByText('Một số từ 1 đến 65535.')).toBeVisible();
  await expectAccessible(page, 'a proxy that is refused, in Vietnamese');
});
