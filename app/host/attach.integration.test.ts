/** Programs from outside on a browser that a person opened: let in with the token, and not without. */
import { get } from 'node:http';
import { chromium } from 'playwright-core';
import { connect } from 'puppeteer-core';
import { expect, onTestFinished, test } from 'vitest';
import { startSite } from '../../agent/testing/site.ts';
import { openedHost } from './testing.ts';

const page = '<p id="cookie"></p><script>cookie.textContent = document.cookie</script>';

test('Playwright and Puppeteer attach at once, see one browser, and leave it open', async () => {
  const site = await startSite({ '/': page, '/other': page });
  onTestFinished(() => site.close());
  const { call } = await openedHost();
  await call('profiles.add', { input: { name: 'Alice' } });
  await call('profiles.open', { profile: 'Alice', headless: true });
  const { wsEndpoint, httpEndpoint } = await call('profiles.attach', { profile: 'Alice' });
  expect(await call('profiles.attach', { profile: 'Alice' })).toEqual({ wsEndpoint, httpEndpoint });
  expect(wsEndpoint).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/[\w-]{32}$/);

  const playwright = await chromium.connectOverCDP(httpEndpoint);
  const [context] = playwright.contexts();
  const first = await context?.newPage();
  await first?.goto(`${site.origin}/`);
  await first?.evaluate("document.cookie = 'seen=yes; max-age=1000'");

  const puppeteer = await connect({ browserWSEndpoint: wsEndpoint, defaultViewport: null });
  const second = await puppeteer.newPage();
  await second.goto(`${site.origin}/other`);
  expect(await second.$eval('#cookie', (element) => element.textContent)).toBe('seen=yes');
  expect((await puppeteer.pages()).map((one) => one.url())).toContain(`${site.origin}/`);
  await expect
    .poll(() => context?.pages().map((one) => one.url()))
    .toContain(`${site.origin}/other`);
  // Both at the same time, each with its own questions.
  const paths: unknown[] = await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      n % 2 ? first?.evaluate('location.pathname') : second.evaluate('location.pathname'),
    ),
  );
  expect(paths).toEqual(Array.from(paths, (_, n) => (n % 2 ? '/' : '/other')));

  await puppeteer.disconnect();
  await playwright.close();
  expect((await call('profiles.opened', {})).opened).toHaveLength(1);
  const [used] = (await call('profiles.list', { sort: 'used' })).rows;
  expect(used).toMatchObject({ name: 'Alice', lastRunAt: null, lastUsedAt: expect.any(Number) });
  const { hosts } = await call('profiles.hosts', { profile: 'Alice' });
  expect(hosts.map(({ host }) => host)).toContain('127.0.0.1');

  // What a program did in the browser is the profile's.
  await call('profiles.close', { profile: 'Alice' });
  await expect(chromium.connectOverCDP(httpEndpoint, { timeout: 3_000 })).rejects.toThrow();
  await call('profiles.open', { profile: 'Alice', headless: true });
  const again = await call('profiles.attach', { profile: 'Alice' });
  expect(again.wsEndpoint).not.toBe(wsEndpoint);
  const back = await chromium.connectOverCDP(again.wsEndpoint);
  const cookies = await back.contexts()[0]?.cookies(site.origin);
  expect(cookies?.map(({ name, value }) => [name, value])).toEqual([['seen', 'yes']]);
  await back.close();
}, 90_000);

test('without the token, from a page, or under another name, nobody gets in', async () => {
  const { call } = await openedHost();
  await call('profiles.add', { input: { name: 'Alice' } });
  await call('profiles.open', { profile: 'Alice', headless: true });
  const { wsEndpoint, httpEndpoint } = await call('profiles.attach', { profile: 'Alice' });
  const status = (url: string, headers: Record<string, string> = {}) =>
    new Promise<number | undefined>((resolve) => {
      get(url, { headers }, (response) => resolve(response.resume().statusCode));
    });
  const origin = new URL(httpEndpoint).origin;
  expect(await status(`${httpEndpoint}/json/version`)).toBe(200);
  expect(await status(`${origin}/json/version`)).toBe(404);
  expect(await status(`${httpEndpoint.slice(0, -1)}x/json/version`)).toBe(404);
  expect(await status(`${httpEndpoint}/json/version`, { origin: 'https://evil.example' })).toBe(
    404,
  );
  await expect(
    connect({ browserWSEndpoint: wsEndpoint.replace(/\/[^/]*$/, '/wrong') }),
  ).rejects.toThrow();
  await expect(
    connect({ browserWSEndpoint: wsEndpoint, headers: { origin: 'https://evil.example' } }),
  ).rejects.toThrow();
  await expect(
    connect({ browserWSEndpoint: wsEndpoint, headers: { host: 'evil.example' } }),
  ).rejects.toThrow();
}, 60_000);

test('a program that asks the browser to close closes the profile, with its session kept', async () => {
  const { call } = await openedHost();
  await call('profiles.add', { input: { name: 'Alice' } });
  await call('profiles.open', { profile: 'Alice', headless: true });
  const { wsEndpoint } = await call('profiles.attach', { profile: 'Alice' });
  const puppeteer = await connect({ browserWSEndpoint: wsEndpoint });
  await puppeteer.close();
  await expect
    .poll(async () => (await call('profiles.opened', {})).opened, { timeout: 20_000 })
    .toEqual([]);
  expect((await call('profiles.list', {})).rows[0]).toMatchObject({
    open: false,
    hasSession: true,
  });
}, 60_000);
