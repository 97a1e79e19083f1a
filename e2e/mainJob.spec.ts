/**
 * The main job as a person does it, in the window: make a vault, add a profile and a workflow, run it
 * against a real page, look at what happened, close, start again, unlock, and find everything; on disk
 * nothing of it can be read.
 */
import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { descendants } from '../agent/testing/system/processes.ts';
import { type Site, startSite } from './support/site.ts';
import { newWarren, readableIn, type Warren } from './support/warren.ts';

test.describe.configure({ mode: 'serial' });

const passphrase = 'canary passphrase of four words';
const profileName = 'Profile-canary-7731';
const secrets = {
  user: 'user-canary-1189',
  password: 'password-canary-5520',
  cookie: 'cookie-canary-9046',
  stored: 'storage-canary-3317',
  items: [
    { name: 'Page-text-canary-6402', price: '11.50' },
    { name: 'Second item', price: '7.25' },
  ],
};
const canaries = [
  passphrase,
  profileName,
  'notes-canary-2208',
  'tag-canary-4471',
  'Workflow-canary-8850',
  secrets.user,
  secrets.password,
  secrets.cookie,
  secrets.stored,
  'Page-text-canary-6402',
  'Second item',
];

let site: Site;
let warren: Warren;
let page: Page;
let words: string[] = [];

test.beforeAll(async ({ browser }) => {
  site = await startSite(secrets);
  warren = newWarren(passphrase);
  page = await browser.newPage();
});

test.afterAll(async () => {
  await warren.dispose();
  await site.close();
});

/** A value of the run's form is read when the form is sent, so the field is filled like by hand. */
const field = (label: string) => page.getByLabel(label, { exact: true });
const button = (name: string) => page.getByRole('button', { name, exact: true });

async function unlock(given: string): Promise<void> {
  await field('Passphrase').fill(given);
  await button('Unlock').click();
}

async function addStep(kind: string): Promise<void> {
  await button('Add step').first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Find a step').fill(kind);
  await dialog.getByRole('button', { name: kind, exact: true }).click();
  await expect(dialog).toBeHidden();
}

async function runToSuccess(): Promise<void> {
  await button('Run').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(profileName).click();
  await dialog.getByRole('button', { name: 'Start run' }).click();
  await expect(button('Run again')).toBeVisible({ timeout: 30_000 });
  await expect(page.locator('header').getByText('Succeeded')).toBeVisible();
}

async function chooseElement(strategy: string, text: string): Promise<void> {
  await page.getByLabel('Selector 1: way of finding').selectOption(strategy);
  await field('Selector 1').fill(text);
}

test('first start: passphrase, recovery words shown and confirmed', async () => {
  await page.goto(await warren.serve());
  expect(new URL(page.url()).hash).not.toMatch(/^#[^/]/);
  await button('Get started').click();
  await field('Passphrase').fill('weak');
  await expect(page.getByText(/Guessed at once|Weak/)).toBeVisible();
  await field('Passphrase').fill(passphrase);
  await field('Repeat passphrase').fill(passphrase);
  await button('Continue').click();
  const list = page.getByRole('list', { name: 'Recovery words' });
  await expect(list.getByRole('listitem')).toHaveCount(24);
  words = (await list.getByRole('listitem').allInnerTexts()).map((text) =>
    text.replace(/[^a-z]/gi, ''),
  );
  await button('I have kept them').click();
  const asked = page.getByLabel(/^Word \d+$/);
  await expect(asked).toHaveCount(3);
  for (const input of await asked.all()) await input.fill('zoo');
  await button('Create vault').click();
  await expect(page.getByRole('alert')).toBeVisible();
  for (const input of await asked.all()) {
    const label = await input.evaluate(
      (element: HTMLInputElement) => element.labels?.[0]?.textContent,
    );
    await input.fill(words[Number(label?.match(/\d+/)?.[0]) - 1] ?? '');
  }
  await button('Create vault').click();
  await expect(page.getByRole('link', { name: 'Profiles' })).toBeVisible();
});

test('a profile is added', async () => {
  await button('Add the first profile').click();
  await field('Name').fill(profileName);
  await field('Notes').fill('notes-canary-2208');
  await field('Tags').fill('tag-canary-4471');
  await field('Tags').press('Enter');
  await button('Save').click();
  await expect(page.getByText(profileName, { exact: true })).toBeVisible();
  await expect(page.getByText('tag-canary-4471', { exact: true })).toBeVisible();
});

test('a workflow is made in the form', async () => {
  await page.getByRole('link', { name: 'Workflows' }).click();
  await button('Make a workflow').click();
  await field('Name').fill('Workflow-canary-8850');
  await addStep('Open page');
  await page.getByLabel('Address', { exact: true }).fill(site.url);
  await addStep('Fill in');
  await chooseElement('label', 'User');
  await page.getByLabel('Value', { exact: true }).fill(secrets.user);
  await expect(page.getByText(/problem/)).toBeHidden();
  await button('Save').click();
  await expect(page.getByText('Saved "Workflow-canary-8850"')).toBeVisible();
});

test('the rest of it is written as JSON, checked while typing', async () => {
  await page.getByText('JSON', { exact: true }).click();
  const editor = field('Workflow as JSON');
  const document = JSON.parse(await editor.inputValue());
  expect(document.steps).toHaveLength(2);
  document.steps.push({ type: 'clik' });
  await editor.fill(JSON.stringify(document));
  await expect(page.getByText('"clik" is not a kind of step', { exact: false })).toBeVisible();
  document.steps.pop();
  document.steps.push(
    { type: 'fill', selectors: [{ label: 'Password' }], value: secrets.password },
    {
      type: 'click',
      name: 'Send the form',
      selectors: [{ css: '#renamed' }, { role: 'button', name: 'Log in' }],
    },
    { type: 'waitForElement', selectors: ['#items'] },
    {
      type: 'loop',
      name: 'Each item',
      times: 2,
      steps: [
        {
          type: 'extract',
          selectors: ['#items li:nth-child({{ index + 1 }}) .name'],
          what: 'text',
          as: 'name',
        },
        {
          type: 'extract',
          selectors: ['#items li:nth-child({{ index + 1 }}) .price'],
          what: 'text',
          as: 'price',
        },
      ],
    },
    { type: 'screenshot', name: 'The items' },
  );
  await editor.fill(JSON.stringify(document));
  await expect(page.getByText('No problems.')).toBeVisible();
  await button('Save').click();
  await expect(page.getByText('Saved "Workflow-canary-8850"').first()).toBeVisible();
});

test('it runs, and afterwards the timeline shows what happened', async () => {
  await runToSuccess();
  expect(site.logins()).toBe(1);
  await expect(page.getByText('Send the form').first()).toBeVisible();
  await expect(page.getByText(/Found by role=button/)).toBeVisible();
  await expect(page.getByText('the page says something went wrong')).toBeVisible();
  await expect(page.getByText(/missing\.png/).first()).toBeVisible();
  // A long timeline shows only what is in view.
  const timeline = page.getByRole('list', { name: 'Timeline' });
  const small = button('Screenshot The items');
  await expect(async () => {
    await timeline.evaluate((list) => list.parentElement?.scrollTo(0, list.scrollHeight));
    await expect(small).toBeVisible({ timeout: 500 });
  }).toPass();
  await small.click();
  const large = page.getByRole('dialog').getByRole('img', { name: 'Screenshot The items' });
  await expect
    .poll(() => large.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBe(1280);
  await page.keyboard.press('Escape');
});

test('the extracted data is a table, saved as CSV and JSON', async () => {
  await page.getByText('Results', { exact: true }).click();
  await expect(page.getByRole('cell', { name: 'Page-text-canary-6402' })).toBeVisible();
  await expect(page.getByRole('cell', { name: '7.25' })).toBeVisible();
  const saved = async (name: string) => {
    const [download] = await Promise.all([page.waitForEvent('download'), button(name).click()]);
    return readFileSync(await download.path(), 'utf8');
  };
  expect(await saved('Save CSV')).toContain(`${profileName},Page-text-canary-6402,11.50`);
  expect(JSON.parse(await saved('Save JSON'))).toEqual([
    { profile: profileName, name: 'Page-text-canary-6402', price: '11.50' },
    { profile: profileName, name: 'Second item', price: '7.25' },
  ]);
});

test('locking ends the process that held the keys; a wrong passphrase is answered in words', async () => {
  const hosts = () =>
    descendants(process.pid).filter((one) => one.command.includes('hostEntry.ts'));
  const before = hosts().map((one) => one.pid);
  expect(before).toHaveLength(1);
  await button('Lock').click();
  await expect(button('Unlock')).toBeVisible();
  await expect.poll(() => hosts().some((one) => before.includes(one.pid))).toBe(false);
  await unlock('not the passphrase');
  await expect(page.getByText('That passphrase does not open the vault.')).toBeVisible();
  await unlock(passphrase);
  await expect(page.getByRole('link', { name: 'Profiles' })).toBeVisible();
});

test('closed and started again, everything is there, and the session goes on in the next run', async () => {
  await warren.stopServing();
  expect(readableIn(warren.vault, canaries)).toEqual([]);
  await page.goto('about:blank');
  await page.goto(await warren.serve());
  await unlock(passphrase);
  await page.getByRole('link', { name: 'Profiles' }).click();
  await expect(page.getByText(profileName)).toBeVisible();
  await page.getByRole('link', { name: 'Runs' }).click();
  await page.getByText('Workflow-canary-8850').first().click();
  await expect(page.getByText('Send the form').first()).toBeVisible();

  await page.getByRole('link', { name: 'Workflows' }).click();
  await button('New workflow').click();
  await page.getByText('JSON', { exact: true }).click();
  await field('Workflow as JSON').fill(
    JSON.stringify({
      name: 'Still logged in',
      steps: [
        { type: 'navigate', url: `${site.url}items` },
        { type: 'assert', selectors: ['h1'], text: 'Your items' },
      ],
    }),
  );
  await expect(page.getByText('No problems.')).toBeVisible();
  await runToSuccess();
  expect(site.logins()).toBe(1);
});

test('the recovery words open the vault and set a new passphrase', async () => {
  await button('Lock').click();
  await button('Use recovery key').click();
  await field('Recovery words').fill(words.join(' '));
  await field('New passphrase').fill('another canary passphrase');
  await field('Repeat passphrase').fill('another canary passphrase');
  await button('Open vault').click();
  await expect(page.getByRole('link', { name: 'Profiles' })).toBeVisible({ timeout: 20_000 });
  await warren.stopServing();
  expect(
    readableIn(warren.vault, [
      ...canaries,
      'another canary',
      'Still logged in',
      ...words.filter((word) => word.length > 6),
    ]),
  ).toEqual([]);
});
