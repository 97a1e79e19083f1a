/** Pictures of every screen, in both themes and at two sizes. */
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, type Page, test } from '@playwright/test';
import { type RelayUnderTest, startRelay } from './support/relay.ts';
import { startSite } from './support/site.ts';
import { newWarren, type Warren } from './support/warren.ts';

const folder = join(import.meta.dirname, '../docs/screens');
const passphrase = 'seven quiet rabbits under oak';

const secrets = {
  user: 'linh',
  password: 'not a real password',
  cookie: 'example',
  stored: 'example',
  items: [
    { name: 'Field notebook, 3 pack', price: '€ 14.90' },
    { name: 'Fountain pen, fine', price: '€ 32.00' },
    { name: 'Ink, blue-black', price: '€ 9.50' },
    { name: 'Blotting paper', price: '€ 4.20' },
  ],
};

const profiles = [
  {
    name: 'Alder Shop Berlin',
    group: 'Shops',
    number: 1,
    color: 'green',
    tags: ['retail', 'de'],
    locale: 'de-DE',
    timeZone: 'Europe/Berlin',
    notes: 'Spring campaign',
  },
  {
    name: 'Alder Shop London',
    group: 'Shops',
    number: 2,
    color: 'green',
    tags: ['retail', 'uk'],
    locale: 'en-GB',
    timeZone: 'Europe/London',
  },
  {
    name: 'Bưởi Coffee Hà Nội',
    tags: ['café', 'vn'],
    locale: 'vi-VN',
    timeZone: 'Asia/Ho_Chi_Minh',
    notes: 'Owner: Linh',
  },
  {
    name: 'Cedar Travel',
    group: 'Agencies',
    number: 4,
    color: 'blue',
    tags: ['travel'],
    locale: 'fr-FR',
    timeZone: 'Europe/Paris',
    colorScheme: 'dark',
  },
  { name: 'Dune Research 1', group: 'Research', tags: ['testing'], notes: 'Signed out on purpose' },
  { name: 'Dune Research 2', group: 'Research', tags: ['testing'] },
  { name: 'Elm & Partner', group: 'Agencies', color: 'purple', tags: ['agency'], locale: 'en-GB' },
  { name: 'Fjord Outdoor', tags: ['retail', 'no'], locale: 'nb-NO', timeZone: 'Europe/Oslo' },
];

const itemStep = (of: string) => ({
  selectors: [{ css: `#items li:nth-child({{ index + 1 }}) ${of}` }],
  what: 'text',
});

const workflow = (name: string, last: object) => ({
  name,
  description: 'Logs in to the shop and reads the list of items.',
  variables: [
    { name: 'url', description: 'Address of the shop' },
    { name: 'user', default: 'linh', description: 'Who logs in' },
    { name: 'password', default: '' },
  ],
  steps: [
    { type: 'navigate', name: 'Open the shop', url: '{{ url }}' },
    { type: 'fill', name: 'Type the user', selectors: [{ label: 'User' }], value: '{{ user }}' },
    {
      type: 'fill',
      name: 'Type the password',
      selectors: [{ label: 'Password' }],
      value: '{{ password }}',
    },
    {
      type: 'click',
      name: 'Log in',
      selectors: [{ role: 'button', name: 'Log in' }, { css: 'button' }],
    },
    { type: 'waitForElement', name: 'Wait for the items', selectors: [{ css: '#items' }] },
    {
      type: 'loop',
      name: 'Each item',
      times: 4,
      steps: [
        { type: 'extract', name: 'Read the name', ...itemStep('.name'), as: 'name' },
        { type: 'extract', name: 'Read the price', ...itemStep('.price'), as: 'price' },
      ],
    },
    { type: 'screenshot', name: 'Keep a picture' },
    last,
  ],
});

async function seed(warren: Warren, url: string): Promise<void> {
  const write = (name: string, content: unknown) => {
    const path = join(warren.folder, name);
    writeFileSync(path, JSON.stringify(content));
    return path;
  };
  const done = async (...words: string[]) => {
    const result = await warren.command(...words);
    expect(result.code, `${words.join(' ')}\n${result.stderr}`).toBeLessThan(2);
  };
  await done('init', '--kdf', 'minimum', '--json');
  await done('profile', 'import', write('profiles.json', profiles));
  const good = workflow('Read the shop’s items', {
    type: 'assert',
    name: 'Check the heading',
    selectors: [{ css: 'h1' }],
    text: 'Your items',
  });
  const bad = workflow('Check out', {
    type: 'click',
    name: 'Press “Check out”',
    selectors: [{ role: 'button', name: 'Check out' }],
    timeout: 800,
  });
  await done('workflow', 'import', write('good.json', good));
  await done('workflow', 'import', write('bad.json', bad));
  const variables = ['--var', `url=${url}`, `password=${secrets.password}`, '--headless'];
  const over = (...names: string[]) => names.flatMap((name) => ['--profile', name]);
  await done(
    'run',
    good.name,
    ...over('Alder Shop Berlin', 'Alder Shop London', 'Cedar Travel'),
    ...variables,
  );
  await done('run', bad.name, ...over('Bưởi Coffee Hà Nội'), ...variables);
  await done('run', good.name, ...over('Elm & Partner', 'Fjord Outdoor'), ...variables);
  const lines = join(warren.folder, 'proxies.txt');
  writeFileSync(lines, 'socks5://linh:example@127.0.0.1:1080\nhttp://127.0.0.1:8118\n');
  await done('proxy', 'import', lines, '--tag', 'resident');
  await done('profile', 'edit', 'Alder Shop Berlin', 'Alder Shop London', '--pool', 'resident');
  await done('profile', 'edit', 'Cedar Travel', '--notes', 'Moved to the Paris office');
  await done('profile', 'edit', 'Cedar Travel', '--locale', 'fr-CA', '--tag', 'travel', 'ca');
  await done('profile', 'add', 'Ginkgo Outlet');
  await done('profile', 'remove', 'Ginkgo Outlet');
  await done('backup', 'now');
}

/** Two more devices, one of which was removed. */
async function addDevices(warren: Warren, relay: RelayUnderTest): Promise<void> {
  const done = async (one: Warren, ...words: string[]) => {
    const result = await one.command(...words);
    expect(result.code, `${words.join(' ')}\n${result.stderr}`).toBe(0);
  };
  const [{ name: own = '' } = {}] = JSON.parse(
    (await warren.command('device', 'list', '--json')).stdout,
  ) as { name?: string }[];
  await done(warren, 'device', 'rename', own, 'Office desktop');
  await done(warren, 'relay', 'add', relay.url);
  for (const name of ['Laptop of Linh', 'Old tablet']) {
    const other = newWarren(passphrase);
    const offering = warren.spawn(['pair', 'offer', '--yes', '--json']);
    const ended = once(offering, 'exit');
    const lines = createInterface({ input: offering.stdout as NodeJS.ReadableStream });
    const [line] = (await once(lines, 'line')) as [string];
    const { code } = JSON.parse(line) as { code: string };
    await done(
      other,
      ...['pair', 'accept', code, '--yes', '--kdf', 'minimum', '--device-name', name],
    );
    await ended;
    await other.dispose();
  }
  await done(warren, 'device', 'remove', 'Old tablet');
}

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];

async function shoot(page: Page, name: string): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    for (const size of sizes) {
      await page.setViewportSize(size);
      await page.waitForTimeout(250);
      await page.screenshot({
        path: join(folder, `${name}-${scheme}-${size.width}x${size.height}.png`),
      });
    }
  }
}

test('first start', async ({ page }) => {
  mkdirSync(folder, { recursive: true });
  const warren = newWarren(passphrase);
  await page.goto(await warren.serve());
  await page.getByRole('button').first().waitFor();
  await shoot(page, 'first-start');
  await page.getByRole('button', { name: 'Join from another device' }).click();
  await shoot(page, 'join');
  await warren.dispose();
});

test('all screens', async ({ page }) => {
  mkdirSync(folder, { recursive: true });
  const site = await startSite(secrets);
  const warren = newWarren(passphrase);
  const relay = await startRelay();
  await seed(warren, site.url);
  await addDevices(warren, relay);
  const runs = JSON.parse((await warren.command('runs', 'list', '--json')).stdout);
  const workflows = JSON.parse((await warren.command('workflow', 'list', '--json')).stdout);
  const failed = runs.find((run: { failed: number }) => run.failed > 0);
  const good = runs.find((run: { tasks: number }) => run.tasks === 3);

  await page.goto(await warren.serve());
  await page.getByLabel('Passphrase', { exact: true }).waitFor();
  await shoot(page, 'unlock');
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await page.getByText('Fjord Outdoor').waitFor();

  const show = async (hash: string, ready: string) => {
    await page.evaluate((to) => {
      location.hash = to;
    }, hash);
    await page.getByText(ready).first().waitFor();
  };
  await show('#/profiles', 'Fjord Outdoor');
  await shoot(page, 'profiles');
  await page.getByText('Alder Shop Berlin', { exact: true }).click();
  await page.getByRole('tab', { name: 'Consistency' }).click();
  await page.getByRole('button', { name: 'Measure' }).click();
  await page.getByText('The browser was not measured yet').waitFor({ state: 'hidden' });
  await shoot(page, 'profile-consistency');
  await page.keyboard.press('Escape');
  await show('#/proxies', 'resident');
  await shoot(page, 'proxies');
  await show('#/workflows', 'Check out');
  await shoot(page, 'workflows');
  await show(`#/workflows/${workflows[0].id}`, 'Open the shop');
  await shoot(page, 'workflow');
  await show('#/runs', 'Check out');
  await shoot(page, 'runs');
  await show(`#/runs/${good.id}`, 'Open the shop');
  await shoot(page, 'run');
  await show(`#/runs/${failed.id}`, 'Check out');
  await shoot(page, 'run-failed');
  await show('#/devices', 'Laptop of Linh');
  await page.getByText('Up to date').first().waitFor();
  await shoot(page, 'devices');
  await page.getByRole('button', { name: 'Add a device' }).click();
  const proof = page.getByRole('dialog').getByLabel('Passphrase');
  await proof.or(page.locator('[data-pairing-code]')).first().waitFor();
  if (await proof.isVisible()) {
    await proof.fill(passphrase);
    await page.keyboard.press('Enter');
  }
  await page.locator('[data-pairing-code]').waitFor();
  await shoot(page, 'pairing');
  await page.keyboard.press('Escape');
  await show('#/trash', 'Ginkgo Outlet');
  await shoot(page, 'trash');
  await show('#/settings', 'Settings');
  await shoot(page, 'settings');
  await page.getByRole('heading', { name: 'Backups' }).evaluate((heading) => {
    const box = heading.closest('.overflow-y-auto');
    const offset = heading.getBoundingClientRect().top - (box?.getBoundingClientRect().top ?? 0);
    box?.scrollBy(0, offset - 24);
  });
  await page.getByText('Verify').first().waitFor();
  await shoot(page, 'backups');
  await show('#/profiles', 'Cedar Travel');
  await page.getByText('Cedar Travel', { exact: true }).click();
  await page.getByRole('button', { name: 'Actions for Cedar Travel' }).last().click();
  await page.getByRole('menuitem', { name: 'History' }).click();
  await page.getByRole('dialog', { name: 'History of Cedar Travel' }).waitFor();
  await shoot(page, 'history');

  await warren.dispose();
  await site.close();
  await relay.dispose();
});
