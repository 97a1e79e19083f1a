/** Profiles opened, looked into and attached to in the window, and proxies checked there. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { chromium, expect, type Page, test } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { newWarren, type Warren } from './support/warren.ts';

test.describe.configure({ mode: 'serial' });

const passphrase = 'a passphrase for opened profiles';
const display = ':78';
let warren: Warren;
let page: Page;
let screen: ChildProcess | null = null;

/** Windows need a display; where there is none, and none can be made, nothing here can be tried. */
function startScreen(): void {
  if (process.env.DISPLAY) return;
  test.skip(spawnSync('which', ['Xvfb']).status !== 0, 'neither a display nor Xvfb');
  screen = spawn('Xvfb', [display, '-screen', '0', '1600x1000x24'], { stdio: 'ignore' });
  process.env.DISPLAY = display;
}

/** A port of this machine that nobody listens on. */
async function refusedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}

test.beforeAll(async ({ browser }) => {
  startScreen();
  warren = newWarren(passphrase);
  const run = async (...args: string[]) => expect((await warren.command(...args)).code).toBe(0);
  await run('init', '--kdf', 'minimum', '--json');
  for (const name of ['Alice', 'Bob', 'Carol']) await run('profile', 'add', name);
  await run('proxy', 'add', `http://127.0.0.1:${await refusedPort()}`, '--name', 'Deaf');
  const context = await browser.newContext({
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  page = await context.newPage();
  await page.goto(await warren.serve());
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Alice', { exact: true })).toBeVisible();
});

test.afterAll(async () => {
  await warren?.dispose();
  if (screen) {
    screen.kill();
    delete process.env.DISPLAY;
  }
});

const go = (place: string) =>
  page.evaluate((hash) => {
    location.hash = hash;
  }, place);
const dialog = () => page.getByRole('dialog').last();
const button = (name: string) => page.getByRole('button', { name, exact: true });
const row = (name: string) => page.getByRole('row').filter({ hasText: name });
const isOpen = (name: string) => row(name).getByText('Open', { exact: true }).first();
const sidebar = () => page.getByRole('banner');
const session = async (name: string) => {
  await page.getByText(name, { exact: true }).click();
  await dialog().getByRole('tab', { name: 'Session' }).click();
};

test('a profile is opened from the list and closed again', async () => {
  await button('Open Alice').click();
  await expect(row('Alice')).toContainText('Opening…');
  await expect(button('Close Alice')).toBeVisible({ timeout: 60_000 });
  await expect(isOpen('Alice')).toBeVisible();
  await expect(sidebar()).toContainText('1 open');
  await expectAccessible(page, 'an opened profile');
  await button('Actions for Alice').click();
  await page.getByRole('menuitem', { name: 'Show window' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await button('Close Alice').click();
  await expect(button('Open Alice')).toBeEnabled({ timeout: 60_000 });
  await expect(sidebar()).not.toContainText('1 open');
  await expect(row('Alice')).toContainText('Kept');
});

test('several are opened by keyboard and closed all at once', async () => {
  const grid = page.getByRole('grid', { name: 'Profiles' });
  await grid.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect(button('Open 2')).toBeVisible();
  await expectAccessible(page, 'profiles to be opened');
  await grid.focus();
  await page.keyboard.press('Control+Enter');
  await expect(button('Close 2')).toBeVisible({ timeout: 60_000 });
  await expect(sidebar()).toContainText('2 open');
  await expectAccessible(page, 'opened profiles');
  await button('Opened profiles').click();
  await page.getByRole('menuitem', { name: 'Close all' }).click();
  await expect(button('Open 2')).toBeVisible({ timeout: 60_000 });
  await button('Clear selection').click();
});

const cookiesText = [
  '# Netscape HTTP Cookie File',
  '.shop.example\tTRUE\t/\tTRUE\t4102444800\tsid\tabc',
  'www.shop.example\tFALSE\t/\tFALSE\t4102444800\tlang\ten',
  '.mail.example\tTRUE\t/\tTRUE\t4102444800\tid\t7',
  'this is no cookie',
].join('\n');

test('cookies are looked at and taken in', async () => {
  await session('Carol');
  await expect(dialog().getByText('No site has left anything.')).toBeVisible();
  await expectAccessible(page, 'a profile without a session');
  await dialog().getByRole('button', { name: 'Import cookies' }).click();
  const content = dialog().getByLabel('Cookies', { exact: true });
  await content.fill('nothing of the kind');
  await expect(dialog().getByRole('alert')).toBeVisible();
  await content.fill(cookiesText);
  await expect(dialog().getByText('3 cookies found, sites: 3')).toBeVisible();
  await expect(dialog().getByText('1 entry is no cookie')).toBeVisible();
  await expectAccessible(page, 'cookies to be imported');
  await button('Import 3 cookies').click();
  await expect(page.getByText('3 cookies imported')).toBeVisible();
  const sites = dialog().getByRole('table', { name: 'Sites' });
  for (const site of ['shop.example', 'www.shop.example', 'mail.example']) {
    await expect(sites.getByText(site, { exact: true })).toBeVisible();
  }
  await expectAccessible(page, 'sites of a session');
});

test('one site is forgotten', async () => {
  await button('Clear shop.example').click();
  const question = page.getByRole('alertdialog');
  await expectAccessible(page, 'clearing a site');
  await question.getByRole('button', { name: 'Clear site' }).click();
  const sites = dialog().getByRole('table', { name: 'Sites' });
  await expect(sites.getByText('shop.example')).toHaveCount(0);
  await expect(sites.getByText('mail.example')).toBeVisible();
});

test('cookies are exported to whoever knows the passphrase', async () => {
  await page.reload();
  await session('Carol');
  await dialog().getByRole('button', { name: 'Export cookies' }).click();
  await dialog().getByLabel('Format').selectOption('netscape');
  await expectAccessible(page, 'cookies to be exported');
  await dialog().getByRole('button', { name: 'Export', exact: true }).click();
  const proof = page.getByRole('dialog', { name: 'Is it you?' });
  await proof.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  const download = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  const saved = await download;
  expect(saved.suggestedFilename()).toBe('Carol.cookies.txt');
  expect(readFileSync(await saved.path(), 'utf8')).toContain('mail.example');
  await expect(dialog()).toContainText('Contacted hosts');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a proxy that refuses is told so by a check', async () => {
  await go('#/proxies');
  await expect(row('Deaf')).toContainText('Not checked');
  await row('Deaf').getByRole('checkbox').check();
  await button('Check').click();
  await expect(row('Deaf')).toContainText('It refuses the connection');
  await expect(row('Deaf')).toContainText('Checked now');
  await expectAccessible(page, 'a proxy that does not work');
  await button('Clear selection').click();
  await page.getByText('Deaf', { exact: true }).click();
  const checks = dialog().getByRole('list', { name: 'Checks' }).getByRole('listitem');
  await expect(checks).toHaveCount(1);
  await button('Check now').click();
  await expect(checks).toHaveCount(2);
  await expect(checks.first()).toContainText('It refuses the connection');
  await expectAccessible(page, 'the checks of a proxy');
  await page.keyboard.press('Escape');
});

test('a program is let in by an address that is shown only when asked for', async () => {
  await go('#/profiles');
  await page.getByText('Bob', { exact: true }).click();
  await dialog().getByRole('combobox', { name: 'Proxy' }).fill('deaf');
  await page.getByRole('option', { name: 'Deaf', exact: false }).click();
  await dialog().getByRole('button', { name: 'Save' }).click();
  await expect(row('Bob')).toContainText('Deaf');
  await button('Open Bob').click();
  await expect(button('Close Bob')).toBeVisible({ timeout: 60_000 });
  await button('Actions for Bob').click();
  await page.getByRole('menuitem', { name: 'Attach a program' }).click();
  await expect(dialog()).toContainText('Whoever has the address can use the profile');
  await expect(dialog()).not.toContainText('ws://');
  await expectAccessible(page, 'an address that is hidden');
  await button('Show').click();
  const address = dialog().locator('[data-attach-address]');
  await expect(address).toContainText('ws://127.0.0.1:');
  await expect(dialog()).toContainText('chromium.connectOverCDP(');
  await expect(dialog()).toContainText('browserWSEndpoint');
  await expectAccessible(page, 'an address that is shown');
  await button('Copy address').click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(await address.textContent());
  await button('Hide').click();
  await expect(dialog()).not.toContainText('ws://');
  await dialog().getByRole('button', { name: 'Close' }).last().click();

  const program = await chromium.connectOverCDP(copied);
  const tab = await program.contexts()[0]?.newPage();
  await tab?.goto('http://nowhere.example/').catch(() => undefined);
  await program.close();
});

test('what is wrong with an opened profile’s proxy is said in its row', async () => {
  await expect(row('Bob')).toContainText('It refuses the connection');
  await expectAccessible(page, 'an opened profile whose proxy fails');
  await session('Bob');
  await expect(dialog().getByText('This profile is open.', { exact: false })).toBeVisible();
  const hosts = dialog().getByRole('table', { name: 'Contacted hosts' });
  await expect(hosts.getByText('nowhere.example:80')).toBeVisible();
  await expectAccessible(page, 'the session of an opened profile');
  await page.keyboard.press('Escape');
  await button('Close Bob').click();
  await expect(button('Open Bob')).toBeEnabled({ timeout: 60_000 });
});
