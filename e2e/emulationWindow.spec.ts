/** What pages read of the browser, set in a profile's form: refused in words, kept, and shown again. */
import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { newWarren, type Warren } from './support/warren.ts';

const passphrase = 'a passphrase for emulation';
let warren: Warren;
let page: Page;

test.beforeAll(async ({ browser }) => {
  warren = newWarren(passphrase);
  expect((await warren.command('init', '--kdf', 'minimum', '--json')).code).toBe(0);
  expect((await warren.command('profile', 'add', 'Alice')).code).toBe(0);
  page = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage();
  await page.goto(await warren.serve());
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.keyboard.press('Enter');
});
test.afterAll(() => warren.dispose());

test('a place, permissions, start pages and headers', async () => {
  const form = page.getByRole('dialog');
  const save = () => form.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Alice', { exact: true }).click();
  await form.getByLabel('Latitude').fill('52.5');
  await form.getByLabel('Start pages').fill('https://a.example/\n\nfile:///etc/passwd');
  await form.getByLabel('Headers').fill('Cookie: x');
  await save();
  // Each is refused at its own field, and nothing of it is stored.
  for (const field of ['Latitude', 'Start pages', 'Headers']) {
    await expect(form.getByLabel(field)).toHaveAttribute('aria-invalid', 'true');
  }
  await expectAccessible(page, 'emulation refused');
  await form.getByLabel('Longitude').fill('13.4');
  await form.getByLabel('Start pages').fill('https://a.example/\nhttps://b.example/');
  await form.getByLabel('Headers').fill('X-Team: blue: green');
  await form.getByText('Laid out as on a phone').click();
  await form.getByLabel('Pixel ratio').fill('3');
  const allowed = form.getByRole('group', { name: 'Allowed without asking' });
  await allowed.getByText('Place').click();
  await form.getByLabel('Motion').selectOption('Reduced');
  await save();
  await expect(form).toBeHidden();
  const shown = JSON.parse((await warren.command('profile', 'show', 'Alice', '--json')).stdout);
  expect(shown).toMatchObject({
    geolocation: { latitude: 52.5, longitude: 13.4, accuracy: 20 },
    startPages: ['https://a.example/', 'https://b.example/'],
    extraHeaders: [{ name: 'X-Team', value: 'blue: green' }],
    isMobile: true,
    deviceScaleFactor: 3,
    permissions: ['geolocation'],
    reducedMotion: 'reduce',
  });
  await page.getByText('Alice', { exact: true }).click();
  await expect(form.getByLabel('Headers')).toHaveValue('X-Team: blue: green');
  await form.getByLabel('Latitude').fill('');
  await form.getByLabel('Longitude').fill('');
  await save();
  await expect(form).toBeHidden();
  const cleared = JSON.parse((await warren.command('profile', 'show', 'Alice', '--json')).stdout);
  expect(cleared.geolocation ?? null).toBeNull();
});
