/** Every screen in both themes and both languages: readable by a screen reader, usable by keyboard. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { descendants } from '../agent/testing/system/processes.ts';
import { expectAccessible } from './support/accessible.ts';
import { newWarren, type Warren } from './support/warren.ts';

test.describe.configure({ mode: 'serial' });

const passphrase = 'a passphrase for the window';
let warren: Warren;
let page: Page;

test.beforeAll(async ({ browser }) => {
  warren = newWarren(passphrase);
  expect((await warren.command('init', '--kdf', 'minimum', '--json')).code).toBe(0);
  const profiles = join(warren.folder, 'profiles.json');
  writeFileSync(
    profiles,
    JSON.stringify(Array.from({ length: 30 }, (_, n) => ({ name: `Profile ${n}`, tags: ['tag'] }))),
  );
  expect((await warren.command('profile', 'import', profiles)).code).toBe(0);
  const workflow = join(warren.folder, 'workflow.json');
  const steps = [
    { type: 'navigate', url: 'data:text/html,<title>T</title><h1>Here</h1>' },
    {
      type: 'loop',
      times: 2,
      steps: [{ type: 'extract', selectors: ['h1'], what: 'text', as: 'title' }],
    },
    { type: 'click', name: 'Miss', selectors: ['#none'], timeout: 200 },
  ];
  writeFileSync(workflow, JSON.stringify({ name: 'Visit', steps }));
  expect((await warren.command('workflow', 'import', workflow)).code).toBe(0);
  expect((await warren.command('run', 'Visit', '--profile', 'Profile 1', '--headless')).code).toBe(
    1,
  );
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  page = await context.newPage();
});

test.afterAll(() => warren.dispose());

async function go(place: string, ready: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, place);
  await expect(page.getByText(ready).first()).toBeVisible();
}

test('the gate', async () => {
  await page.goto(await warren.serve());
  await expect(page.getByRole('button', { name: 'Unlock' })).toBeVisible();
  await expectAccessible(page, 'unlock');
  await page.getByRole('button', { name: 'Use recovery key' }).click();
  await expectAccessible(page, 'recovery');
  await page.reload();
  await expect(page.getByLabel('Passphrase', { exact: true })).toBeFocused();
  await page.keyboard.type(passphrase);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Profile 1', { exact: true })).toBeVisible();
});

test('the lists, the editor, a run and the settings', async () => {
  await expectAccessible(page, 'profiles');
  await page.getByRole('button', { name: 'New profile' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectAccessible(page, 'profile form');
  await page.keyboard.press('Escape');
  await go('#/workflows', 'Visit');
  await expectAccessible(page, 'workflows');
  await page.getByText('Visit').first().click();
  await expect(page.getByText('Miss')).toBeVisible();
  await page.getByText('Miss').click();
  await expectAccessible(page, 'workflow');
  await go('#/runs', 'Visit');
  await expectAccessible(page, 'runs');
  await page.getByText('Visit').first().click();
  await expect(page.getByRole('heading', { name: 'The element was not found' })).toBeVisible();
  await expectAccessible(page, 'run');
  await page.getByText('Results', { exact: true }).click();
  await expect(page.getByRole('cell', { name: 'Here' }).first()).toBeVisible();
  await expectAccessible(page, 'results');
  await go('#/settings', 'Appearance');
  await expectAccessible(page, 'settings');
});

test('by keyboard: the palette leads everywhere, the list is walked with arrows', async () => {
  await page.keyboard.press('Control+k');
  await page.keyboard.type('go to profiles');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('grid', { name: 'Profiles' })).toBeVisible();
  const grid = page.getByRole('grid', { name: 'Profiles' });
  // Arrows walk rows; the grid is there a moment before them.
  await expect(grid.getByText('Profile 2', { exact: true })).toBeVisible();
  await grid.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect(page.getByText('1 profile selected')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Profile 2');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+,');
  await expect(page.getByText('Appearance')).toBeVisible();
});

test('in Vietnamese, at once and everywhere', async () => {
  await page.getByLabel('Display language').selectOption('vi');
  await expect(page.getByRole('link', { name: 'Hồ sơ' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'vi');
  for (const place of ['#/profiles', '#/workflows', '#/runs', '#/settings']) {
    await page.evaluate((hash) => {
      location.hash = hash;
    }, place);
    await expect(page.locator('h1')).not.toHaveText(/Profiles|Workflows|Runs|Settings/);
  }
});

test('an edit is kept; one that is refused is taken back and says why', async () => {
  await page.getByLabel('Ngôn ngữ hiển thị').selectOption('en');
  await page.getByRole('link', { name: 'Profiles' }).click();
  const edit = async (name: string, field: string, value: string) => {
    await page.getByText(name, { exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(field, { exact: true }).fill(value);
    await dialog.getByRole('button', { name: 'Save' }).click();
  };
  await edit('Profile 3', 'Notes', 'edited notes');
  await expect(page.getByRole('dialog')).toBeHidden();
  const shown = await warren.command('profile', 'show', 'Profile 3', '--json');
  expect(JSON.parse(shown.stdout).notes).toBe('edited notes');
  await edit('Profile 4', 'Name', 'Profile 5');
  await expect(page.getByText(/already/i).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await page.reload();
  await expect(page.getByText('Profile 4', { exact: true })).toBeVisible();
});

test('the host dies: the window asks for the passphrase again and goes on', async () => {
  const hosts = descendants(process.pid).filter((one) => one.command.includes('hostEntry.ts'));
  expect(hosts).toHaveLength(1);
  for (const { pid } of hosts) process.kill(pid, 'SIGKILL');
  await expect(page.getByRole('button', { name: 'Unlock' })).toBeVisible();
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByText('Profile 4', { exact: true })).toBeVisible();
});
