/** The list of profiles as cards, and what is done with many of them or told of one beside it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { newWarren, type Warren } from './support/warren.ts';

test.describe.configure({ mode: 'serial' });

const passphrase = 'a passphrase for the cards';
const total = 60;
let warren: Warren;
let page: Page;

test.beforeAll(async ({ browser }) => {
  warren = newWarren(passphrase);
  expect((await warren.command('init', '--kdf', 'minimum', '--json')).code).toBe(0);
  const profiles = Array.from({ length: total }, (_, index) => ({
    name: `Profile ${index + 1}`,
    group: index % 3 ? 'Shops' : null,
    tags: index % 2 ? ['odd'] : ['even', 'new'],
    color: index % 5 === 0 ? 'teal' : null,
    number: index + 100,
  }));
  const file = join(warren.folder, 'profiles.json');
  writeFileSync(file, JSON.stringify(profiles));
  expect((await warren.command('profile', 'import', file)).code).toBe(0);
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  page = await context.newPage();
  await openWindow();
});

test.afterAll(() => warren.dispose());

async function openWindow() {
  await page.goto(await warren.serve());
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Profile 1', { exact: true })).toBeVisible();
}

const button = (name: string) => page.getByRole('button', { name, exact: true });
const dialog = () => page.getByRole('dialog').last();
const question = () => page.getByRole('alertdialog');
const grid = () => page.getByRole('grid', { name: 'Profiles' });
const card = (name: string) => grid().getByRole('gridcell', { name, exact: true });
const row = (name: string) =>
  page.getByRole('row').filter({ has: page.getByText(name, { exact: true }) });

test('the list is shown as cards, walked with the arrow keys, and stays so', async () => {
  await button('Show as cards').click();
  await expect(card('Profile 1')).toContainText('100');
  await expectAccessible(page, 'cards');
  await page.screenshot({ path: 'test-results/profiles-cards.png' });

  await grid().focus();
  const first = await grid().getAttribute('aria-activedescendant');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowUp');
  expect(await grid().getAttribute('aria-activedescendant')).toBe(first);
  await expect(page.getByText('2 profiles selected')).toBeVisible();
  await expect(grid().getByRole('gridcell', { selected: true })).toHaveCount(2);
  await page.keyboard.press('Enter');
  await expect(dialog()).toBeVisible();
  await page.keyboard.press('Escape');
  await grid().focus();
  await page.keyboard.press('End');
  await expect(
    page.locator(`#${await grid().getAttribute('aria-activedescendant')}`),
  ).toBeVisible();
  await page.keyboard.press('Escape');

  await page.reload();
  await expect(card('Profile 1')).toBeVisible();
  await button('Show as cards').click();
  await expect(row('Profile 1')).toBeVisible();
});

test('cookies of the selected profiles become one file, and come back from one', async () => {
  const list = join(warren.folder, 'list.json');
  const cookies = [{ name: 'sid', value: 'abc', domain: 'shop.example', path: '/' }];
  writeFileSync(list, JSON.stringify([{ name: 'Profile 1', cookies }]));
  const choosing = page.waitForEvent('filechooser');
  await button('More actions').click();
  await page.getByRole('menuitem', { name: 'Import cookies of many' }).click();
  await (await choosing).setFiles(list);
  await expect(question()).toContainText('Import cookies for 1 profile?');
  await question().getByRole('button', { name: 'Import 1 cookie' }).click();
  await expect(page.getByText('1 cookie imported')).toBeVisible();

  await page.getByLabel('Select Profile 1', { exact: true }).check();
  await page.getByLabel('Select Profile 10', { exact: true }).check();
  await button('More for the selected profiles').click();
  await page.getByRole('menuitem', { name: 'Export cookies' }).click();
  await expectAccessible(page, 'export of cookies of several');
  const download = page.waitForEvent('download');
  await dialog().getByRole('button', { name: 'Export' }).click();
  const proof = page.getByLabel('Passphrase', { exact: true });
  await proof.fill(passphrase);
  await page.keyboard.press('Enter');
  const file = await (await download).path();
  const items = JSON.parse(readFileSync(file, 'utf8')) as { name: string; cookies: unknown[] }[];
  expect(items.map((item) => [item.name, item.cookies.length])).toEqual([
    ['Profile 1', 1],
    ['Profile 10', 0],
  ]);
  await page.keyboard.press('Escape');
});

test('the selected profiles go into the trash and come back at once', async () => {
  const shown = page.getByLabel('Select all');
  await shown.check();
  await expect(page.getByText(`${total} profiles selected`)).toBeVisible();
  await page.getByRole('toolbar').getByRole('button', { name: 'Remove' }).click();
  await question().getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText('Add the first profile')).toBeVisible();
  await button('Undo').click();
  await expect(row('Profile 1')).toBeVisible();
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', String(total + 1));
});

test('what ran in a profile is told in its drawer', async () => {
  await page.getByText('Profile 1', { exact: true }).click();
  await dialog().getByRole('tab', { name: 'Runs' }).click();
  await expect(dialog().getByText('No workflow has run in this profile yet.')).toBeVisible();
  await expectAccessible(page, 'runs of a profile');
  await page.screenshot({ path: 'test-results/profiles-runs.png' });
});
