/** Finding profiles among many and changing many of them: groups, tags, views, columns, bulk edits. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { newWarren, type Warren } from './support/warren.ts';

test.describe.configure({ mode: 'serial' });

const passphrase = 'a passphrase for the manager';
let warren: Warren;
let page: Page;

test.beforeAll(async ({ browser }) => {
  warren = newWarren(passphrase);
  expect((await warren.command('init', '--kdf', 'minimum', '--json')).code).toBe(0);
  const groups = ['Shops', 'Research', null] as const;
  const profiles = Array.from({ length: 60 }, (_, index) => ({
    name: `Profile ${index + 1}`,
    group: groups[index % 3],
    tags: index % 2 ? ['odd'] : ['even', 'new'],
    color: index % 5 === 0 ? 'teal' : null,
    number: 100 - index,
  }));
  const file = join(warren.folder, 'profiles.json');
  writeFileSync(file, JSON.stringify(profiles));
  expect((await warren.command('profile', 'import', file)).code).toBe(0);
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  page = await context.newPage();
  await page.goto(await warren.serve());
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Profile 1', { exact: true })).toBeVisible();
});

test.afterAll(() => warren.dispose());

const button = (name: string) => page.getByRole('button', { name, exact: true });
const choose = (label: string, choice: string | RegExp) =>
  page
    .getByLabel(label, { exact: true })
    .selectOption(typeof choice === 'string' ? { label: choice } : { label: choice.source });
const dialog = () => page.getByRole('dialog').last();
const names = () => page.getByRole('row').filter({ hasText: 'Profile' });
const row = (name: string) =>
  page.getByRole('row').filter({ has: page.getByText(name, { exact: true }) });

test('the list is narrowed to a group and a tag, and ordered by number', async () => {
  await choose('Group', 'Shops (20)');
  await choose('Tag', 'new (30)');
  await expect(names()).toHaveCount(10);
  await choose('Sort by', 'Number');
  await expect(names().first()).toContainText('Profile 55');
  await expectAccessible(page, 'narrowed list');
});

test('a row’s menu is walked by keyboard, closes with Escape and gives the focus back', async () => {
  const opener = page.getByLabel('Actions for Profile 55');
  for (let time = 0; time < 2; time++) {
    await opener.click();
    await expect(page.getByRole('menu')).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menu')).toHaveCount(0);
    await expect(opener).toBeFocused();
  }
  await opener.press('Enter');
  await expect(page.getByRole('menuitem').first()).toHaveAttribute('data-highlighted', '');
  await opener.click();
  await expect(page.getByRole('menu')).toHaveCount(0);
});

test('a menu that is closed before it stood stays nowhere', async () => {
  const opener = page.getByLabel('Actions for Profile 55');
  for (let time = 0; time < 10; time++) {
    await opener.dblclick();
    await expect(page.getByRole('menu')).toHaveCount(0);
    await opener.evaluate(async (button, frames) => {
      (button as HTMLElement).click();
      for (let n = 0; n < frames; n++) await new Promise(requestAnimationFrame);
      const { activeElement } = document;
      activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
      (document.querySelector('input[type=search]') as HTMLElement | null)?.focus();
    }, time % 5);
    if (await page.getByRole('menu').count()) {
      const items = page.getByRole('menuitem');
      await expect(items.first()).toBeInViewport();
      await expect(items.last()).toBeInViewport();
      await opener.click();
    }
    await expect(page.getByRole('menu')).toHaveCount(0);
  }
});

test('what is looked at is kept as a view, chosen again, renamed and removed', async () => {
  await button('Save as a view').click();
  await dialog().getByLabel('Name of the view').fill('New shops');
  await dialog().getByRole('button', { name: 'Save' }).click();
  await expect(button('New shops')).toHaveAttribute('aria-pressed', 'true');
  await button('All').click();
  await expect(page.getByLabel('Group', { exact: true })).toHaveValue('any');
  await expect(row('Profile 2')).toBeVisible();
  await button('New shops').click();
  await expect(names()).toHaveCount(10);

  await page.getByLabel('Columns').click();
  await page.getByRole('menuitemcheckbox', { name: 'Notes' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Session' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('columnheader', { name: 'Notes' })).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'Session' })).toHaveCount(0);
  await page.getByLabel('Actions for the view New shops').click();
  await page.getByRole('menuitem', { name: 'Keep what is shown now' }).click();
  await button('All').click();
  await expect(page.getByRole('columnheader', { name: 'Notes' })).toHaveCount(0);

  // It is there again after the window was closed.
  await page.reload();
  await button('New shops').click();
  await expect(page.getByRole('columnheader', { name: 'Notes' })).toBeVisible();
  await expect(page.getByLabel('Group', { exact: true })).toHaveValue('is:Shops');
  await page.getByLabel('Actions for the view New shops').click();
  await page.getByRole('menuitem', { name: 'Rename view' }).click();
  await dialog().getByLabel('Name of the view').fill('Fresh shops');
  await page.keyboard.press('Enter');
  await expect(button('Fresh shops')).toBeVisible();
  await page.screenshot({ path: 'test-results/profiles-view.png' });
});

test('many are changed at once, and the change is taken back', async () => {
  await page.getByLabel('Select all').check();
  await expect(page.getByText('10 profiles selected')).toBeVisible();
  await page.getByRole('toolbar').getByRole('button', { name: 'Edit' }).click();
  await expect(dialog().getByRole('button', { name: 'Change' })).toBeDisabled();
  await dialog().getByLabel('Add tags').fill('checked');
  await page.keyboard.press('Enter');
  await dialog().getByLabel('Take tags away').fill('new');
  await page.keyboard.press('Enter');
  await dialog().getByText('Change the group').click();
  await dialog().getByLabel('Group', { exact: true }).fill('Archive');
  await dialog().getByText('Change the colour').click();
  await dialog().getByRole('radio', { name: 'Purple' }).check({ force: true });
  await expectAccessible(page, 'bulk edit');
  await page.screenshot({ path: 'test-results/profiles-bulk.png' });
  await dialog().getByRole('button', { name: 'Change' }).click();
  await expect(page.getByText('10 profiles changed')).toBeVisible();
  // None of them is what the view looks for any more.
  await expect(names()).toHaveCount(0);
  await expect(page.getByText('Nothing matches.')).toBeVisible();
  await button('All').click();
  await choose('Group', 'Archive (10)');
  await expect(names().first().getByRole('img', { name: 'Purple' })).toBeVisible();
  await button('Undo').click();
  await expect(page.getByText('10 profiles are as they were')).toBeVisible();
  await button('Fresh shops').click();
  await expect(names()).toHaveCount(10);
  await page.getByLabel('Actions for the view Fresh shops').click();
  await page.getByRole('menuitem', { name: 'Remove view' }).click();
  await expect(button('Fresh shops')).toHaveCount(0);
});

test('group, colour and number of one are set in its form', async () => {
  await page.getByText('Profile 2', { exact: true }).click();
  await dialog().getByLabel('Group', { exact: true }).fill('Mine alone');
  await dialog().getByLabel('Number', { exact: true }).fill('7');
  await dialog().getByRole('radio', { name: 'Red' }).check({ force: true });
  await expectAccessible(page, 'form with group');
  await page.screenshot({ path: 'test-results/profiles-form.png' });
  await dialog().getByRole('button', { name: 'Save' }).click();
  await expect(row('Profile 2').getByRole('img', { name: 'Red' })).toBeVisible();
  await expect(row('Profile 2')).toContainText('Mine alone');
  const shown = await warren.command('profile', 'show', 'Profile 2', '--json');
  expect(JSON.parse(shown.stdout)).toMatchObject({ group: 'Mine alone', number: 7, color: 'red' });
});

test('a profile is given a pool of proxies', async () => {
  const lines = join(warren.folder, 'proxies.txt');
  writeFileSync(lines, '127.0.0.1:1001\n127.0.0.1:1002\n');
  expect((await warren.command('proxy', 'import', lines, '--tag', 'resident')).code).toBe(0);
  await page.getByText('Profile 2', { exact: true }).click();
  await dialog().getByText('One of a pool').click();
  await dialog().getByLabel('Proxies with the tag').fill('resident');
  await expect(dialog().getByText('2 proxies have it now.')).toBeVisible();
  await dialog()
    .getByLabel('Which of them')
    .selectOption({ label: 'Another one from time to time' });
  await dialog().getByLabel('Minutes').fill('30');
  await expectAccessible(page, 'form with a pool');
  await page.screenshot({ path: 'test-results/profiles-pool.png' });
  await dialog().getByRole('button', { name: 'Save' }).click();
  await expect(row('Profile 2')).toContainText('Pool: resident');
  const shown = await warren.command('profile', 'show', 'Profile 2', '--json');
  expect(JSON.parse(shown.stdout)).toMatchObject({
    proxyId: null,
    proxyPool: { tag: 'resident', rotation: 'timed', minutes: 30 },
  });
});

test('a profile becomes a template, and many new ones begin with it', async () => {
  await page.getByText('Profile 2', { exact: true }).click();
  await dialog().getByLabel('Actions for Profile 2').click();
  await page.getByRole('menuitem', { name: 'Save as a template' }).click();
  await dialog().getByLabel('Name of the template').fill('Resident');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Saved the template "Resident"')).toBeVisible();
  await dialog().getByRole('button', { name: 'Cancel' }).click();
  await button('New profile').click();
  await dialog().getByLabel('Name', { exact: true }).fill('Buyer {nn}');
  await dialog().getByLabel('Begin with a template').selectOption({ label: 'Resident' });
  await dialog().getByLabel('How many').fill('12');
  await expect(dialog().getByLabel('Group', { exact: true })).toHaveValue('Mine alone');
  await expect(dialog().getByLabel('Name', { exact: true })).toHaveValue('Buyer {nn}');
  await expectAccessible(page, 'new profiles from a template');
  await page.screenshot({ path: 'test-results/profiles-new.png' });
  await dialog().getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('12 profiles added')).toBeVisible();
  await choose('Group', 'Mine alone (13)');
  await expect(row('Buyer 12')).toContainText('Pool: resident');

  const added = await warren.command(
    'profile',
    'add',
    'By hand',
    '--template',
    'Resident',
    '--json',
  );
  expect(JSON.parse(added.stdout)).toMatchObject({ group: 'Mine alone', color: 'red' });
  await button('More actions').click();
  await page.getByRole('menuitem', { name: 'Templates' }).click();
  await dialog().getByRole('button', { name: 'Remove Resident' }).click();
  await expect(dialog().getByText('There are none.')).toBeVisible();
});
