/** A profile that does not go together: found out, measured in a real browser, and set right by a click. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { newWarren, type Warren } from './support/warren.ts';

test.describe.configure({ mode: 'serial' });

const passphrase = 'a passphrase for consistency';
let warren: Warren;
let page: Page;
let proxy: Server;
/** Where the proxy says that it comes out. */
let exit = '193.99.144.80';

test.beforeAll(async ({ browser }) => {
  // A proxy that answers in the place of whomever it is asked for.
  proxy = createServer((_request, response) => response.end(exit));
  proxy.on('connect', (_request, socket) => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    proxy.emit('connection', socket);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as AddressInfo;
  warren = newWarren(passphrase);
  expect((await warren.command('init', '--kdf', 'minimum', '--json')).code).toBe(0);
  await warren.command('proxy', 'add', `http://127.0.0.1:${port}`, '--name', 'Exit');
  const settings = ['--proxy', 'Exit', '--time-zone', 'Asia/Tokyo', '--locale', 'vi-VN'];
  expect((await warren.command('profile', 'add', 'Alice', ...settings)).code).toBe(0);
  page = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage();
  await page.goto(await warren.serve());
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.keyboard.press('Enter');
  await go('#/settings');
  await page.getByLabel('Address that proxies are checked with').fill('http://exit.example/');
  await page.getByRole('button', { name: 'Save', disabled: false }).click();
  await expect(page.getByRole('button', { name: 'Save', disabled: false })).toHaveCount(0);
  await go('#/profiles');
});

test.afterAll(async () => {
  await warren.dispose();
  proxy.close();
});

const go = (place: string) =>
  page.evaluate((hash) => {
    location.hash = hash;
  }, place);
const drawer = () => page.getByRole('dialog').last();
const button = (name: string) => drawer().getByRole('button', { name, exact: true });
const zone = () => drawer().getByRole('tabpanel', { name: 'Consistency' }).getByLabel('Time zone');
const found = () => drawer().getByRole('list', { name: 'What does not go together' });
const measured = (setting: string) =>
  drawer()
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: setting }) });
const profile = async () =>
  JSON.parse((await warren.command('profile', 'show', 'Alice', '--json')).stdout);

test('what is set is held against the proxy’s exit once that is known', async () => {
  await page.getByText('Alice', { exact: true }).click();
  await drawer().getByRole('tab', { name: 'Consistency' }).click();
  await expect(drawer().getByText('its exit is not known', { exact: false })).toBeVisible();
  await expect(drawer().getByText('Nothing contradicts, as far as is known.')).toBeVisible();
  await button('Check now').click();
  await expect(
    drawer().getByText('It comes out in Germany (193.99.144.80)', { exact: false }),
  ).toBeVisible();
  await expect(found()).toContainText(
    'It is another time in Asia/Tokyo than anywhere in Germany, where the proxy comes out.',
  );
  await expect(found()).toContainText('The language vi-VN is not that of Germany');
  await expectAccessible(page, 'contradictions');
});

test('a browser is measured with the settings as they are typed', async () => {
  await button('Measure').click();
  await expect(measured('Accept-Language')).toContainText('vi-VN,vi;q=0.9,en-US;q=0.8,en;q=0.7');
  await expect(measured('Time zone')).toContainText('Asia/Tokyo');
  await expect(measured('WebRTC')).toContainText('No address');
  await expect(found()).toContainText('Pages are told that a program drives the browser');
  await expect(found()).toContainText('HeadlessChrome');
  await expectAccessible(page, 'measured');
});

test('one click matches the exit, and another zone of the country can be taken', async () => {
  await zone().selectOption('Europe/Busingen');
  await expect(drawer().getByText('To match: de-DE, de, en-US, en; Europe/Busingen')).toBeVisible();
  await zone().selectOption('Europe/Berlin');
  await drawer().getByText('Europe/Berlin; 52.5', { exact: false }).waitFor();
  await button('Match the proxy’s exit').last().click();
  await expect(drawer().getByText('Settings were changed since', { exact: false })).toBeVisible();
  await expect(found()).not.toContainText('Germany');
  await button('Measure').click();
  await expect(measured('Time zone')).toContainText('Europe/BerlinEurope/Berlin');
  await expect(measured('Languages')).toContainText('de-DE, de, en-US, en');
  // What was set is not readable before pages are allowed to read it.
  await expect(measured('Place')).toContainText('Not told');
  await button('Allow pages to read it').click();
  await button('Measure').click();
  await expect(measured('Place')).toContainText('52.5; 13.36752.5; 13.367');
  await expect(found().getByText('Contradicts', { exact: true })).toHaveCount(0);
  await button('Save').click();
  await expect(drawer()).toBeHidden();
  expect(await profile()).toMatchObject({
    locale: 'de-DE',
    languages: ['de-DE', 'de', 'en-US', 'en'],
    timeZone: 'Europe/Berlin',
    geolocation: { latitude: 52.5, longitude: 13.3667, accuracy: 50_000 },
    permissions: ['geolocation'],
  });
});

test('another user agent is found out, and the engine’s own put back', async () => {
  await page.getByText('Alice', { exact: true }).click();
  await drawer()
    .getByLabel('User agent')
    .fill('Mozilla/5.0 (Windows NT 10.0; Win64; x64) Gecko/20100101 Firefox/120.0');
  await drawer().getByRole('tab', { name: 'Consistency' }).click();
  await button('Measure').click();
  await expect(found()).toContainText('The user agent says Windows, scripts read');
  await expect(found()).toContainText('The user agent says Firefox');
  await expectAccessible(page, 'a user agent that is found out');
  await button('Use the engine’s own user agent').first().click();
  await expect(found()).toBeHidden();
  await drawer().getByRole('tab', { name: 'Settings' }).click();
  await expect(drawer().getByLabel('User agent')).toHaveValue('');
  await page.keyboard.press('Escape');
});

test('the same from the command line', async () => {
  const run = (...args: string[]) => warren.command('profile', ...args);
  const good = await run('check', 'Alice');
  expect(good.code).toBe(0);
  expect(good.stdout).toContain('navigator.webdriver');
  exit = '8.8.8.8';
  const bad = await run('check', 'Alice', '--no-measure', '--json');
  expect(bad.stdout).toBe('[]\n');
  await warren.command('proxy', 'check', 'Exit');
  const elsewhere = await run('check', 'Alice', '--no-measure', '--json');
  expect(elsewhere.code).toBe(1);
  expect(JSON.parse(elsewhere.stdout)).toContainEqual({
    severity: 'severe',
    field: 'timeZone',
    code: 'timeZoneElsewhere',
    values: { timeZone: 'Europe/Berlin', country: 'US' },
    fix: 'align',
  });
  const aligned = await run('align', 'Alice', '--check', '--time-zone', 'America/Denver');
  expect(aligned.stdout).toContain('United States');
  expect(aligned.stdout).toContain('America/New_York');
  expect(await profile()).toMatchObject({ locale: 'en-US', timeZone: 'America/Denver' });
  expect((await run('align', 'Alice', '--time-zone', 'Asia/Tokyo')).code).toBe(2);
  const read = JSON.parse((await run('measure', 'Alice', '--json')).stdout);
  expect(read.page).toMatchObject({ timeZone: 'America/Denver', languages: ['en-US', 'en'] });
  await run('edit', 'Alice', '--languages', 'fr-CH,fr,en');
  expect(await profile()).toMatchObject({ languages: ['fr-CH', 'fr', 'en'] });
});

test('in Vietnamese as well', async () => {
  await go('#/settings');
  await page.getByLabel('Display language').selectOption('vi');
  await go('#/profiles');
  await page.getByText('Alice', { exact: true }).click();
  await drawer().getByRole('tab', { name: 'Nhất quán' }).click();
  await button('Đo').click();
  await expect(drawer().getByText('Bất thường', { exact: true })).toBeVisible();
  await expect(drawer().getByText('Lối ra ở Hoa Kỳ (8.8.8.8)', { exact: false })).toBeVisible();
  await expectAccessible(page, 'contradictions, in Vietnamese');
});
