/** Two windows on two vaults and a real relay: paired, in step, offline, and apart again. */
import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { type RelayUnderTest, startRelay } from './support/relay.ts';
import { newWarren, type Warren } from './support/warren.ts';

test.describe.configure({ mode: 'serial' });

const passphrases = ['the first device’s passphrase', 'the second device’s passphrase'] as const;
let relay: RelayUnderTest;
let first: Warren;
let second: Warren;
let here: Page;
let there: Page;

test.beforeAll(async ({ browser }) => {
  relay = await startRelay();
  first = newWarren(passphrases[0]);
  second = newWarren(passphrases[1]);
  expect((await first.command('init', '--kdf', 'minimum', '--json')).code).toBe(0);
  expect((await first.command('profile', 'add', 'Alice')).code).toBe(0);
  here = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage();
  there = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage();
  await here.goto(await first.serve());
  await here.getByLabel('Passphrase', { exact: true }).fill(passphrases[0]);
  await here.keyboard.press('Enter');
  await expect(here.getByText('Alice', { exact: true })).toBeVisible();
});

test.afterAll(async () => {
  await first.dispose();
  await second.dispose();
  await relay.dispose();
});

const go = (page: Page, place: string) =>
  page.evaluate((hash) => {
    location.hash = hash;
  }, place);
const syncState = (page: Page) => page.locator('[data-sync]');
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

test('a relay is added, and refused in words when it is none', async () => {
  await expect(syncState(here)).toHaveText('On this device only');
  await go(here, '#/devices');
  await here.getByLabel('Address of a relay').fill('not an address');
  await here.keyboard.press('Enter');
  await expect(here.getByText('An address starts with wss://', { exact: false })).toBeVisible();
  await expectAccessible(here, 'a relay that is none');
  await here.getByLabel('Address of a relay').fill(relay.url);
  await button(here, 'Add relay').click();
  await expect(syncState(here)).toHaveText('Up to date');
  await expectAccessible(here, 'devices');
});

test('a second device joins by code and digits, and has what the first has', async () => {
  await button(here, 'Add a device').click();
  // Adding a device asks for the passphrase again.
  const proof = here.getByRole('dialog').getByLabel('Passphrase');
  await expect(proof.or(here.locator('[data-pairing-code]')).first()).toBeVisible();
  if (await proof.isVisible()) {
    await proof.fill(passphrases[0]);
    await here.keyboard.press('Enter');
  }
  const code = (await here.locator('[data-pairing-code]').textContent()) ?? '';
  await expectAccessible(here, 'pairing code');

  await there.goto(await second.serve());
  await button(there, 'Join from another device').click();
  await expectAccessible(there, 'join');
  await there.getByLabel('Code').fill(`${code.slice(0, -2)}zz`);
  await there.getByLabel('What this device is called').fill('Laptop');
  await button(there, 'Continue').click();
  const choose = async () => {
    await there.getByLabel('Passphrase', { exact: true }).fill(passphrases[1]);
    await there.getByLabel('Repeat', { exact: false }).fill(passphrases[1]);
    await button(there, 'Continue').click();
  };
  await choose();
  await expect(there.getByRole('alert')).toContainText('the code or the digits were refused');
  await there.getByLabel('Code').fill(code);
  await button(there, 'Continue').click();
  await choose();

  await expect(there.locator('[data-digits]')).toBeVisible();
  await expect(here.locator('[data-digits]')).toBeVisible();
  const digits = await there.locator('[data-digits]').getAttribute('data-digits');
  expect(digits).toMatch(/^\d{6}$/);
  expect(await here.locator('[data-digits]').getAttribute('data-digits')).toBe(digits);
  await expect(here.getByText('“Laptop” wants to join', { exact: false })).toBeVisible();
  await expectAccessible(there, 'digits');
  await button(here, 'They are the same').click();
  await button(there, 'They are the same').click();
  await expect(there.getByText('Alice', { exact: true })).toBeVisible();
  await go(here, '#/devices');
  await expect(here.getByText('Laptop', { exact: true })).toBeVisible();
});

test('what is made on one appears on the other, by itself', async () => {
  await go(here, '#/profiles');
  expect((await first.command('profile', 'add', 'Made here')).code).toBe(0);
  await expect(there.getByText('Made here', { exact: true })).toBeVisible();
  expect((await second.command('profile', 'add', 'Made there')).code).toBe(0);
  await expect(here.getByText('Made there', { exact: true })).toBeVisible();
});

test('offline both go on; back online, both edits of one profile are on both', async () => {
  await relay.stop();
  await expect(syncState(here)).toHaveText('Relay unreachable');
  await expect(syncState(there)).toHaveText('Relay unreachable');
  const edit = async (page: Page, label: string, text: string) => {
    await page.getByText('Alice', { exact: true }).click();
    await page.getByRole('dialog').getByLabel(label).fill(text);
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
  };
  await edit(here, 'Notes', 'noted while offline');
  await edit(there, 'User agent', 'Mozilla/5.0 (offline)');
  await relay.start();
  for (const page of [here, there]) {
    await go(page, '#/devices');
    await button(page, 'Sync now').click();
    await expect(syncState(page)).toHaveText('Up to date');
    await go(page, '#/profiles');
  }
  for (const page of [here, there]) {
    await expect(async () => {
      await page.getByText('Alice', { exact: true }).click();
      const form = page.getByRole('dialog');
      const notes = await form.getByLabel('Notes').inputValue();
      const agent = await form.getByLabel('User agent').inputValue();
      await page.keyboard.press('Escape');
      expect([notes, agent]).toEqual(['noted while offline', 'Mozilla/5.0 (offline)']);
    }).toPass();
  }
});

test('a device is renamed everywhere, then removed, and is told so', async () => {
  await go(here, '#/devices');
  await button(here, 'Rename Laptop').click();
  await here.getByLabel('New name of Laptop').fill('Old laptop');
  await here.keyboard.press('Enter');
  await go(there, '#/devices');
  await expect(there.getByText('Old laptop', { exact: false }).first()).toBeVisible();
  await button(here, 'Remove Old laptop').click();
  await here.getByRole('alertdialog').getByText('Ask it to delete its vault').click();
  await expectAccessible(here, 'removing a device');
  await here.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await expect(there.getByText('This device was removed from the workspace')).toBeVisible();
  await expect(button(there, 'Erase this vault')).toBeVisible();
  await expect(syncState(there)).toHaveText('Removed');
  await expectAccessible(there, 'removed device');
  expect((await first.command('profile', 'add', 'After that')).code).toBe(0);
  await go(there, '#/profiles');
  await expect(there.getByText('Made there', { exact: true })).toBeVisible();
  await expect(there.getByText('After that', { exact: true })).toBeHidden();
});
