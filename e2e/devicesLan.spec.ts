/** Two devices on one network, and no relay anywhere: paired, in step, and one profile at a time. */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, test } from '@playwright/test';
import { carriesMulticast } from '../workspace/lan/multicast.ts';
import { expectAccessible } from './support/accessible.ts';
import { newWarren, type Warren } from './support/warren.ts';

test.describe.configure({ mode: 'serial' });

let a: Warren;
let b: Warren;
test.beforeAll(async () => {
  test.skip(!(await carriesMulticast()), 'needs a network that carries multicast');
  a = newWarren('passphrase of the first');
  b = newWarren('passphrase of the second');
});
test.afterAll(async () => {
  await a?.dispose();
  await b?.dispose();
});

async function done(warren: Warren, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await warren.command(...args);
  expect(code, `${args.join(' ')}\n${stdout}\n${stderr}`).toBe(0);
  return stdout;
}

const listed = async (warren: Warren) =>
  (JSON.parse(await done(warren, 'profile', 'list', '--json')) as { name: string }[])
    .map(({ name }) => name)
    .sort();

test('paired over the network alone', async () => {
  await done(a, 'init', '--kdf', 'minimum');
  await done(a, 'profile', 'add', 'Alice');
  const offering = a.spawn(['pair', 'offer', '--yes', '--json']);
  const lines = createInterface({ input: offering.stdout as NodeJS.ReadableStream });
  const [line] = (await once(lines, 'line')) as [string];
  const { code } = JSON.parse(line) as { code: string };
  const ended = once(offering, 'exit');
  await done(b, 'pair', 'accept', code, '--yes', '--kdf', 'minimum', '--device-name', 'Laptop');
  expect((await ended)[0]).toBe(0);
});

test('both hold the same, whoever writes, and say whom they see', async ({ page }) => {
  await page.goto(await a.serve());
  await page.getByLabel('Passphrase', { exact: true }).fill('passphrase of the first');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Alice', { exact: true })).toBeVisible();
  await done(b, 'sync', 'wait', '--timeout', '30');
  expect(await listed(b)).toEqual(['Alice']);

  await done(b, 'profile', 'add', 'Bob');
  await done(b, 'sync', 'wait', '--timeout', '30');
  await expect(page.getByText('Bob', { exact: true })).toBeVisible();
  await done(a, 'profile', 'add', 'Carol');
  await done(b, 'sync', 'wait', '--timeout', '30');
  expect(await listed(b)).toEqual(['Alice', 'Bob', 'Carol']);

  await page.evaluate(() => {
    location.hash = '#/devices';
  });
  const syncing = b.spawn(['sync', 'wait', '--timeout', '30']);
  const ended = once(syncing, 'exit');
  await expect(page.getByText('on this network', { exact: true })).toBeVisible();
  await expectAccessible(page, 'devices on the network');
  expect((await ended)[0]).toBe(0);

  // Turned off, it is not found any more.
  await page.evaluate(() => {
    location.hash = '#/settings';
  });
  await page.getByText('Sync on the local network').click();
  expect((await b.command('sync', 'wait', '--timeout', '3')).code).toBe(1);
});
