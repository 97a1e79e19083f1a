/** A run of which a part failed, run again from the window and as a command. */
// biome-ignore-all lint/suspicious/noThenProperty: the field's name in workflow files.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { newWarren, type Warren } from './support/warren.ts';

const passphrase = 'a passphrase for runs';
let warren: Warren;

test.beforeAll(async () => {
  warren = newWarren(passphrase);
  expect((await warren.command('init', '--kdf', 'minimum', '--json')).code).toBe(0);
  await warren.command('profile', 'add', 'Alice');
  await warren.command('profile', 'add', 'Bob');
  const file = join(warren.folder, 'greet.json');
  const missing = { type: 'click', selectors: ['#gone'], timeout: 300 };
  const step = { type: 'if', conditions: ["profile.name == 'Bob'"], then: [missing] };
  writeFileSync(file, JSON.stringify({ name: 'Greet', steps: [step] }));
  expect((await warren.command('workflow', 'add', file)).code).toBe(0);
});

test.afterAll(() => warren.dispose());

test('only those that failed are run again', async ({ browser }) => {
  const whole = await warren.command('run', 'Greet', '--profile', 'Alice', 'Bob', '--headless');
  expect(whole.code).toBe(1);
  const [run] = JSON.parse((await warren.command('runs', 'list', '--json')).stdout);

  const again = await warren.command('runs', 'retry', run.id);
  expect(again.code).toBe(1);
  expect(again.stdout).toContain('Bob');
  expect(again.stdout).not.toContain('Alice');

  const page = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage();
  await page.goto(await warren.serve());
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Alice', { exact: true })).toBeVisible();
  await page.evaluate((id) => {
    location.hash = `#/runs/${id}`;
  }, run.id);
  const retry = page.getByRole('button', { name: 'Run the failed again' });
  await expect(retry).toBeVisible();
  await expectAccessible(page, 'a run of which a part failed');
  await page.screenshot({ path: 'test-results/run-mixed.png' });
  await retry.click();
  await expect(page).not.toHaveURL(new RegExp(run.id));
  await expect(page.getByText('Bob', { exact: true }).first()).toBeVisible();
  await expect(page.getByText('Alice', { exact: true })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Run again' })).toBeVisible({ timeout: 60_000 });
  // All of it failed: that is the same as running all of it again.
  await expect(retry).toHaveCount(0);
});
