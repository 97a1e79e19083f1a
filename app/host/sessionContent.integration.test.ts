/** Cookies carried in from a file are there when the profile opens, and one site's can be forgotten. */
import { chromium } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { sendHtml, startSite } from '../../agent/testing/site.ts';
import { openedHost } from './testing.ts';

test('a cookies.txt becomes a login, storage stays, one site is forgotten', async () => {
  let page = '<script>localStorage.kept = "yes"; document.cookie = "own=1; max-age=1000"</script>';
  const site = await startSite({ '/': (_request, response) => sendHtml(response, page) });
  onTestFinished(() => site.close());
  const { ask, call } = await openedHost();
  await call('profiles.add', { input: { name: 'Alice' } });
  const visit = async (work: (cookies: Record<string, string>, kept: string) => void) => {
    await call('profiles.open', { profile: 'Alice', headless: true });
    const { wsEndpoint } = await call('profiles.attach', { profile: 'Alice' });
    const browser = await chromium.connectOverCDP(wsEndpoint);
    const [context] = browser.contexts();
    const tab = await context?.newPage();
    await tab?.goto(`${site.origin}/`);
    const kept = await tab?.evaluate<string>('localStorage.kept ?? ""');
    const cookies = (await context?.cookies()) ?? [];
    work(Object.fromEntries(cookies.map(({ name, value }) => [name, value])), kept ?? '');
    await browser.close();
    await call('profiles.close', { profile: 'Alice' });
  };
  await visit((cookies) => expect(cookies).toEqual({ own: '1' }));
  const text = [
    '# Netscape HTTP Cookie File',
    '127.0.0.1\tFALSE\t/\tFALSE\t2000000000\tsid\tfrom-file',
    '.shop.example\tTRUE\t/\tFALSE\t2000000000\tcart\t7',
    'a line that is none',
  ].join('\n');
  const preview = { profile: 'Alice', text, preview: true };
  expect(await call('profiles.importCookies', preview)).toMatchObject({
    format: 'netscape',
    read: 2,
    sites: 2,
    refusedCount: 1,
    refused: [{ place: 4, problem: 'fields' }],
  });
  expect((await call('profiles.sites', { profile: 'Alice' })).sites).toHaveLength(1);
  await call('profiles.importCookies', { profile: 'Alice', text });
  await visit((cookies, kept) => {
    expect(cookies).toEqual({ own: '1', sid: 'from-file', cart: '7' });
    expect(kept).toBe('yes');
  });
  expect(
    await ask('profiles.exportCookies', { profile: 'Alice', format: 'netscape' }),
  ).toMatchObject({
    ok: true,
    value: { fileName: 'Alice.cookies.txt', text: expect.stringContaining('.shop.example\tTRUE') },
  });
  expect(await call('profiles.clearSite', { profile: 'Alice', site: 'example' })).toEqual({
    cleared: true,
  });
  expect(await call('profiles.clearSite', { profile: 'Alice', site: '127.0.0.1' })).toEqual({
    cleared: true,
  });
  expect((await call('profiles.sites', { profile: 'Alice' })).sites).toEqual([]);
  // Gone from the browser's own folder as well, not only from what is kept beside it.
  page = 'It writes nothing now.';
  await visit((cookies, kept) => {
    expect(cookies).toEqual({});
    expect(kept).toBe('');
  });
  expect(await ask('profiles.importCookies', { profile: 'Alice', text: 'hello' })).toMatchObject({
    failure: { code: 'importRefused', reason: 'notCookies' },
  });
  await call('profiles.open', { profile: 'Alice', headless: true });
  expect(await ask('profiles.importCookies', { profile: 'Alice', text })).toMatchObject({
    failure: { code: 'profileBusy' },
  });
}, 120_000);
