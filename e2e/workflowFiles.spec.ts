/** Files of other programs: taken in, run against a real site, and written again where those take them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { startSite, type TestSite } from '../agent/testing/site.ts';
import { expectAccessible } from './support/accessible.ts';
import { newWarren, type Warren } from './support/warren.ts';

test.describe.configure({ mode: 'serial' });

const passphrase = 'a passphrase for recordings';
let warren: Warren;
let site: TestSite;
let page: Page;
let path: string;

const recording = (origin: string) => ({
  title: 'Search the shop',
  timeout: 5_000,
  steps: [
    { type: 'setViewport', width: 900, height: 700, deviceScaleFactor: 1, isMobile: false },
    { type: 'navigate', url: `${origin}/`, assertedEvents: [{ type: 'navigation', url: '' }] },
    {
      type: 'click',
      target: 'main',
      selectors: [['aria/Search[role="searchbox"]'], ['#q'], ['xpath///*[@id="q"]']],
      offsetX: 10,
      offsetY: 4,
    },
    { type: 'change', value: 'kettle', selectors: [['#gone'], ['#q']], target: 'main' },
    { type: 'keyDown', target: 'main', key: 'Enter' },
    { type: 'keyUp', target: 'main', key: 'Enter' },
    { type: 'waitForElement', selectors: ['#found'], operator: '>=', count: 1, visible: true },
    { type: 'waitForExpression', expression: "found.textContent === 'kettle'" },
    { type: 'customStep', name: 'pay', parameters: {} },
  ],
});

test.beforeAll(async ({ browser }) => {
  site = await startSite({
    '/': '<form action="/found"><label>Search <input id="q" name="q" type="search"></label></form>',
    '/found': `<p id="found"></p><script>
      found.textContent = new URLSearchParams(location.search).get('q');</script>`,
  });
  warren = newWarren(passphrase);
  path = join(warren.folder, 'shop.json');
  writeFileSync(path, JSON.stringify(recording(site.origin)));
  expect((await warren.command('init', '--kdf', 'minimum', '--json')).code).toBe(0);
  await warren.command('profile', 'add', 'Alice');
  page = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage();
});

test.afterAll(async () => {
  await warren.dispose();
  await site.close();
});

test('a command takes one in, says what has no match, and it runs', async () => {
  const added = await warren.command('workflow', 'import', path);
  expect(added.code).toBe(0);
  expect(added.stdout).toContain('Search the shop');
  expect(added.stderr).toContain('steps[0], setViewport: the profile says the window’s size');
  expect(added.stderr).toContain('steps[8], customStep: there is no such step');
  const run = await warren.command(
    ...['run', 'Search the shop', '--profile', 'Alice', '--headless', '--json'],
  );
  expect(run.code, run.stdout + run.stderr).toBe(0);
});

test('it is written again as Chrome takes it', async () => {
  const file = join(warren.folder, 'again.json');
  const written = await warren.command(
    ...['workflow', 'export', 'Search the shop', file, '--as', 'recording'],
  );
  expect(written.code).toBe(0);
  const steps = JSON.parse(readFileSync(file, 'utf8')).steps as { type: string }[];
  const types = recording('').steps.map(({ type }) => type);
  expect(steps.map(({ type }) => type)).toEqual(types.slice(1, -1));
});

test('it is written as a test for Playwright', async () => {
  const written = await warren.command(
    ...['workflow', 'export', 'Search the shop', '--as', 'playwright'],
  );
  expect(written.code).toBe(0);
  expect(written.stdout).toContain("import { expect, test } from '@playwright/test';");
  expect(written.stdout).toContain('.fill("kettle")');
  const unknown = await warren.command('workflow', 'export', 'Search the shop', '--as', 'word');
  expect(unknown.code).toBe(2);
});

test('a project of Selenium IDE becomes a workflow for each of its tests', async () => {
  const command = (command: string, target: string, value = '') => ({ command, target, value });
  const search = [
    command('open', '/'),
    command('type', 'id=q', 'tea pot'),
    command('sendKeys', 'id=q', ['$', '{KEY_ENTER}'].join('')),
    command('assertText', 'id=found', 'tea pot'),
  ];
  const tests = [
    { name: 'Selenium search', commands: search },
    { name: 'Selenium look', commands: [command('open', '/'), command('echo', 'seen')] },
  ];
  const file = join(warren.folder, 'shop.side');
  writeFileSync(file, JSON.stringify({ id: '1', name: 'Shop', url: site.origin, tests }));
  const added = await warren.command('workflow', 'import', file);
  expect(added.code, added.stderr).toBe(0);
  expect(added.stderr).toContain('tests[1].commands[1], echo: there is no such step');
  for (const { name } of tests) {
    const run = await warren.command('run', name, '--profile', 'Alice', '--headless');
    expect(run.code, run.stdout + run.stderr).toBe(0);
  }
});

test('in the window: taken in, told, exported; what is none is refused', async () => {
  await page.goto(await warren.serve());
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Workflows', exact: true }).click();
  const take = async (file: string) => {
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await (await choosing).setFiles(file);
  };
  const other = join(warren.folder, 'other.json');
  writeFileSync(other, JSON.stringify({ ...recording(site.origin), title: 'Another search' }));
  await take(other);
  await expect(page.getByText('“Another search” was imported, but for:')).toBeVisible();
  await expect(page.getByText('steps[8], customStep: there is no such step')).toBeVisible();
  await expect(page.getByText('Wait for script')).toBeVisible();
  await expectAccessible(page, 'workflow from a recording');

  await page.getByRole('link', { name: 'Workflows', exact: true }).click();
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Actions for Search the shop', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Export for Chrome’s Recorder' }).click();
  expect((await saving).suggestedFilename()).toBe('search-the-shop.recording.json');

  const broken = join(warren.folder, 'broken.json');
  writeFileSync(broken, '{"title": "x", "steps": [');
  await take(broken);
  await expect(page.getByRole('dialog').getByText('broken.json', { exact: false })).toBeVisible();
});
