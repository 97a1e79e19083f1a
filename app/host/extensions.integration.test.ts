/** Extensions of profiles, loaded by a real Chromium from a folder of this device. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { sendHtml, startSite } from '../../agent/testing/site.ts';
import { openedHost } from './testing.ts';

/** An unpacked extension that leaves a mark on each page. */
function extension(mark: string): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'warren-extension-')), mark);
  mkdirSync(folder);
  const scripts = [{ matches: ['<all_urls>'], js: ['mark.js'], run_at: 'document_end' }];
  writeFileSync(
    join(folder, 'manifest.json'),
    JSON.stringify({ manifest_version: 3, name: mark, version: '1', content_scripts: scripts }),
  );
  writeFileSync(join(folder, 'mark.js'), `document.documentElement.dataset.${mark} = 'there';`);
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('a profile has the extensions that it names, and no others', async () => {
  const site = await startSite({ '/': (_request, response) => sendHtml(response, '<p>Page') });
  onTestFinished(() => site.close());
  const { ask, call } = await openedHost();
  const first = { name: 'First', path: extension('first') };
  const second = { name: 'Second', path: extension('second') };
  await call('settings.set', { extensions: [first, second] });
  await call('profiles.add', { input: { name: 'Alice', extensions: ['First'] } });
  await call('profiles.add', { input: { name: 'Bob' } });

  const marksOf = async (profile: string) => {
    await call('profiles.open', { profile, headless: true });
    const { wsEndpoint } = await call('profiles.attach', { profile });
    const browser = await chromium.connectOverCDP(wsEndpoint);
    const page = await browser.contexts()[0]?.newPage();
    await page?.goto(`${site.origin}/`);
    const marks = await page?.evaluate<object>('({ ...document.documentElement.dataset })');
    await browser.close();
    await call('profiles.close', { profile });
    return marks;
  };
  expect(await marksOf('Alice')).toEqual({ first: 'there' });
  expect(await marksOf('Bob')).toEqual({});
  await call('profiles.edit', { profile: 'Alice', patch: { extensions: ['Second', 'First'] } });
  expect(await marksOf('Alice')).toEqual({ first: 'there', second: 'there' });
  await call('profiles.edit', { profile: 'Alice', patch: { extensions: [] } });
  expect(await marksOf('Alice')).toEqual({});

  // One that this device has no folder for, or a folder that is none, keeps the profile shut.
  await call('profiles.edit', { profile: 'Alice', patch: { extensions: ['Elsewhere'] } });
  const refusal = { failure: { code: 'extensionMissing', extension: 'Elsewhere' } };
  expect(await ask('profiles.open', { profile: 'Alice', headless: true })).toMatchObject(refusal);
  await call('settings.set', { extensions: [{ name: 'Elsewhere', path: tmpdir() }] });
  expect(await ask('profiles.open', { profile: 'Alice', headless: true })).toMatchObject(refusal);
  expect((await call('profiles.opened', {})).opened).toEqual([]);
  for (const path of ['relative/folder', '/with,comma', '']) {
    const extensions = [{ name: 'Odd', path }];
    expect(await ask('settings.set', { extensions })).toMatchObject({
      failure: { code: 'invalid' },
    });
  }
}, 120_000);
