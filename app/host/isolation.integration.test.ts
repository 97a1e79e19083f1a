/** What a page leaves in one profile no page finds in another, by any means that browsers give it. */
import { chromium, type Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { startSite } from '../../agent/testing/site.ts';
import { type OpenedHost, openedHost } from './testing.ts';

/** Leaves a mark in everything that outlives a page. */
const leave = `(async () => {
  document.cookie = 'mark=left; max-age=100000';
  localStorage.mark = 'left';
  sessionStorage.mark = 'left';
  window.name = 'left';
  await new Promise((done, failed) => {
    const opening = indexedDB.open('mark', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('marks').put('left', 'mark');
    opening.onsuccess = () => { opening.result.close(); done(); };
    opening.onerror = failed;
  });
  await (await caches.open('mark')).put('/mark', new Response('left'));
  const root = await navigator.storage.getDirectory();
  const file = await (await root.getFileHandle('mark', { create: true })).createWritable();
  await file.write('left');
  await file.close();
  await navigator.serviceWorker.register('/worker.js');
  await navigator.serviceWorker.ready;
  return 'done';
})()`;

/** @returns where a mark is found. */
const find = `(async () => {
  const found = [];
  if (document.cookie.includes('mark')) found.push('cookie');
  if (localStorage.mark) found.push('localStorage');
  if (sessionStorage.mark) found.push('sessionStorage');
  if (window.name) found.push('name');
  if ((await indexedDB.databases()).length) found.push('indexedDB');
  if (await caches.match('/mark')) found.push('caches');
  const root = await navigator.storage.getDirectory();
  if (await root.getFileHandle('mark').catch(() => null)) found.push('files');
  if ((await navigator.serviceWorker.getRegistrations()).length) found.push('worker');
  const cached = await fetch('/cached', { cache: 'only-if-cached', mode: 'same-origin' }).catch(() => null);
  if (cached?.ok) found.push('httpCache');
  return found;
})()`;

async function inProfile<T>(
  { call }: OpenedHost,
  profile: string,
  origin: string,
  work: (page: Page) => Promise<T>,
): Promise<T> {
  const opened = (await call('profiles.opened', {})).opened.some(({ name }) => name === profile);
  if (!opened) await call('profiles.open', { profile, headless: true });
  const { wsEndpoint } = await call('profiles.attach', { profile });
  const browser = await chromium.connectOverCDP(wsEndpoint);
  const page = await browser.contexts()[0]?.newPage();
  if (!page) throw new Error('no page');
  try {
    await page.goto(`${origin}/`);
    return await work(page);
  } finally {
    await page.close();
    await browser.close();
  }
}

test('a login made in one profile is nowhere to be found in another, and is there again in its own', async () => {
  const site = await startSite({
    '/': '<p>page</p>',
    '/worker.js': (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/javascript' });
      response.end('self.onfetch = () => undefined;');
    },
    '/cached': (_request, response) => {
      response.writeHead(200, { 'cache-control': 'max-age=100000' });
      response.end('cached');
    },
  });
  onTestFinished(() => site.close());
  const host = await openedHost();
  for (const name of ['Alice', 'Bob']) await host.call('profiles.add', { input: { name } });
  const found = (profile: string) =>
    inProfile(host, profile, site.origin, (page) => page.evaluate<string[]>(find));
  await inProfile(host, 'Alice', site.origin, async (page) => {
    expect(await page.evaluate(leave)).toBe('done');
    await page.evaluate("fetch('/cached').then((answer) => answer.text())");
    // All that is looked for can be found, or looking says nothing.
    expect(await page.evaluate<string[]>(find)).toEqual([
      'cookie',
      'localStorage',
      'sessionStorage',
      'name',
      'indexedDB',
      'caches',
      'files',
      'worker',
      'httpCache',
    ]);
  });
  // Both open at once, and after both were closed.
  expect(await found('Bob')).toEqual([]);
  await host.call('profiles.closeAll', {});
  expect(await found('Bob')).toEqual([]);
  expect(await found('Alice')).toEqual(
    expect.arrayContaining(['cookie', 'localStorage', 'indexedDB', 'worker']),
  );
}, 120_000);
