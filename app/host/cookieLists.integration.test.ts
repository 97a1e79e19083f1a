/** Cookies of many profiles leave in one file, and come back to those that it names. */
import { expect, test } from 'vitest';
import { testPassphrase } from '../../workspace/testing.ts';
import { openedHost } from './testing.ts';

const cookie = (value: string) => ({
  name: 'sid',
  value,
  domain: 'shop.example',
  path: '/',
  expirationDate: 2_000_000_000,
});

async function shop() {
  const opened = await openedHost();
  for (const name of ['Alice', 'Bob', 'Carol']) {
    await opened.call('profiles.add', { input: { name } });
  }
  const sites = async (profile: string) => (await opened.call('profiles.sites', { profile })).sites;
  return { ...opened, sites };
}

test('a list is looked at, taken in, and written again after a proof of presence', async () => {
  const { ask, call, sites } = await shop();
  const text = JSON.stringify([
    { name: 'Alice', cookies: [cookie('a'), { no: 'cookie' }] },
    { name: 'Bob', cookies: 'shop.example\tFALSE\t/\tFALSE\t2000000000\tsid\tb' },
  ]);
  const report = { profiles: 2, read: 2, refusedCount: 1 };
  expect(await call('profiles.importManyCookies', { text, preview: true })).toEqual(report);
  expect(await sites('Alice')).toEqual([]);
  expect(await call('profiles.importManyCookies', { text })).toEqual(report);
  expect(await sites('Alice')).toMatchObject([{ site: 'shop.example', cookies: 1 }]);
  expect(await sites('Carol')).toEqual([]);

  await call('stepUp.prove', { passphrase: testPassphrase });
  const written = await call('profiles.exportManyCookies', { profiles: ['Bob', 'Carol'] });
  expect(JSON.parse(written.text)).toMatchObject([
    { name: 'Bob', cookies: [{ name: 'sid', value: 'b' }] },
    { name: 'Carol', cookies: [] },
  ]);
  const none = { text: JSON.stringify([{ name: 'Bob', cookies: [] }]), replace: true };
  await call('profiles.importManyCookies', none);
  expect(await sites('Bob')).toEqual([]);
  await call('profiles.importManyCookies', { text: written.text });
  expect(await sites('Bob')).toHaveLength(1);
  expect(await ask('profiles.exportManyCookies', { profiles: ['Nobody'] })).toMatchObject({
    failure: { code: 'notFound', name: 'Nobody' },
  });
});

test('nothing of a list is taken in when a part of it can not be', async () => {
  const { ask, sites } = await shop();
  const alice = { name: 'Alice', cookies: [cookie('a')] };
  const cases = [
    [[alice, { name: 'Nobody', cookies: [] }], { code: 'notFound', name: 'Nobody' }],
    [[alice, { name: 'Bob', cookies: 'hello' }], { code: 'importRefused', reason: 'notCookies' }],
    [[alice, alice], { code: 'invalid', issues: [{ path: '[1].name' }] }],
  ] as const;
  for (const [list, failure] of cases) {
    const answer = await ask('profiles.importManyCookies', { text: JSON.stringify(list) });
    expect(answer).toMatchObject({ ok: false, failure });
  }
  expect(await ask('profiles.importManyCookies', { text: '{' })).toMatchObject({
    failure: { code: 'importRefused', reason: 'notJson' },
  });
  expect(await sites('Alice')).toEqual([]);
});
