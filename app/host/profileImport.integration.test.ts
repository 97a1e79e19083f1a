/** Profiles of other programs' files in a real host: looked at, taken in, ended, refused. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { MigrationReport } from '../../workspace/model/migration.ts';
import { temporaryFolder } from '../../workspace/testing.ts';
import type { Params } from '../ipc/contract.ts';
import { createCaller } from './caller.ts';
import { openedHost } from './testing.ts';

type Request = Params<'profiles.runImport'>;

const file = (text: string, more: Partial<Request> = {}): Request => ({
  source: { kind: 'text', name: 'profiles.csv', text },
  ...more,
});

const cookies = JSON.stringify([
  { name: 'sid', value: 'cookie-secret', domain: '.shop.example', expirationDate: 2_000_000_000 },
  { name: 'cart', value: '7', domain: 'shop.example' },
  { name: 'broken', value: '1', domain: 'not a domain' },
]);
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

const table = [
  'Profile name;Group;Proxy;Cookies;Time zone;Password',
  `Ada;Shops;socks5://linh:proxy-secret@berlin.example:1080;${quoted(cookies)};Europe/Berlin;site-secret`,
  'Bob;;socks5://linh:proxy-secret@berlin.example:1080;;Mars/Base;',
  ';;;;;',
  'Cid;;berlin.example;;;',
  'Ada;;;;;',
].join('\r\n');

test('a spreadsheet is looked at, then taken in with proxies and cookies', async () => {
  const { call } = await openedHost();
  const preview = await call('profiles.readImport', file(table));
  const counts = { add: 2, update: 0, skip: 1, refuse: 1, proxies: 1, knownProxies: 1, cookies: 2 };
  const leftOut = [
    { field: 'proxy', problem: 'badProxy', count: 1, rows: [5] },
    { field: 'name', problem: 'duplicate', count: 1, rows: [6] },
    { field: 'siteLogin', problem: 'siteLogin', count: 1, rows: [2] },
    { field: 'cookies', problem: 'someCookies', count: 1, rows: [2] },
    { field: 'timeZone', problem: 'invalid', count: 1, rows: [3] },
  ];
  expect(preview).toMatchObject({ format: 'csv', total: 4, counts, duplicates: 1 });
  expect(preview.leftOut).toEqual(leftOut);
  expect(preview.columns.map(({ field }) => field)).toEqual([
    'name',
    'group',
    'proxy',
    'cookies',
    'timeZone',
    'siteLogin',
  ]);
  expect(preview.rows[0]).toEqual({
    row: 2,
    outcome: 'add',
    name: 'Ada',
    group: 'Shops',
    tags: [],
    proxy: 'socks5://berlin.example:1080',
    cookies: 2,
    notes: [
      { field: 'siteLogin', problem: 'siteLogin' },
      { field: 'cookies', problem: 'someCookies' },
    ],
  });
  expect(JSON.stringify(preview)).not.toMatch(/secret/);
  expect((await call('profiles.list', {})).total).toBe(0);

  const report = await call('profiles.runImport', file(table));
  expect(report).toEqual({ counts, leftOut, cancelled: false });
  const { rows: profiles } = await call('profiles.list', {});
  const { rows: proxies } = await call('proxies.list', {});
  expect(proxies).toMatchObject([
    { name: 'berlin.example:1080', username: 'linh', hasPassword: true },
  ]);
  const proxyId = proxies[0]?.id;
  expect(profiles).toMatchObject([
    { name: 'Ada', group: 'Shops', timeZone: 'Europe/Berlin', proxyId },
    { name: 'Bob', group: null, timeZone: null, proxyId },
  ]);
  expect(await call('profiles.sites', { profile: 'Ada' })).toEqual({
    sites: [{ site: 'shop.example', cookies: 2, storage: 0 }],
  });
  expect(JSON.stringify(await call('profiles.get', { profile: 'Ada' }))).not.toMatch(/secret/);
});

test('a proxy with another password is another proxy, under a name of its own', async () => {
  const { call } = await openedHost();
  const lines = (...logins: string[]) =>
    ['name,proxy', ...logins.map((login, n) => `P${n},http://${login}@gate.example:80`)].join('\n');
  await call('profiles.runImport', file(lines('u:one')));
  const more = file(lines('u:one', 'u:two', 'u:two', 'v:one'), { onDuplicate: 'number' });
  expect((await call('profiles.runImport', more)).counts).toMatchObject({
    proxies: 2,
    knownProxies: 2,
  });
  const { rows } = await call('proxies.list', {});
  expect(rows.map(({ name, username }) => `${name} ${username}`)).toEqual([
    'gate.example:80 u',
    'gate.example:80 (2) u',
    'gate.example:80 (3) v',
  ]);
});

test('names that are taken: left out, numbered, or their profiles changed', async () => {
  const { call } = await openedHost();
  const names = async () => (await call('profiles.list', {})).rows.map(({ name }) => name);
  await call('profiles.add', {
    input: { name: 'Ada', notes: 'mine', group: 'Old', locale: 'de-DE' },
  });
  const text =
    'name,group,tags,cookies\nAda,New,,\nBob,,b,\nBob,Late,c,"a.example\tFALSE\t/\tFALSE\t0\tk\tv"\n';
  const run = (onDuplicate: 'skip' | 'number' | 'update') =>
    call('profiles.runImport', file(text, { onDuplicate }));
  expect((await run('update')).counts).toMatchObject({ add: 1, update: 2, cookies: 1 });
  expect(await names()).toEqual(['Ada', 'Bob']);
  expect(await call('profiles.get', { profile: 'Ada' })).toMatchObject({
    notes: 'mine',
    group: 'New',
    locale: 'de-DE',
  });
  expect(await call('profiles.get', { profile: 'Bob' })).toMatchObject({
    group: 'Late',
    tags: ['c'],
  });
  expect((await call('profiles.sites', { profile: 'Bob' })).sites).toHaveLength(1);
  expect((await run('skip')).counts).toMatchObject({ add: 0, skip: 3 });
  expect((await run('number')).counts).toMatchObject({ add: 3 });
  expect(await names()).toEqual(['Ada', 'Ada (2)', 'Bob', 'Bob (2)', 'Bob (3)']);
});

test('JSON with AdsPower’s names; a mapping of one’s own', async () => {
  const { ask, call } = await openedHost();
  const items = Array.from({ length: 3 }, (_, n) => ({
    name: '',
    serial_number: String(n + 1),
    group_name: 'Facebook',
    cookie: `[{"name":"c","value":"${n}","domain":".facebook.com"}]`,
    username: 'someone',
    user_proxy_config: { proxy_soft: 'no_proxy' },
  }));
  const request = file(JSON.stringify(items));
  const guessed = await call('profiles.readImport', request);
  expect(guessed.counts).toMatchObject({ add: 0, refuse: 3 });
  const mapping = guessed.columns.map(({ name, field }) =>
    name === 'serial_number' ? 'name' : field === 'name' ? 'ignore' : field,
  );
  expect((await call('profiles.runImport', { ...request, mapping })).counts).toMatchObject({
    add: 3,
    cookies: 3,
  });
  expect(await call('profiles.get', { profile: '2' })).toMatchObject({ group: 'Facebook' });
  const refused = { ok: false, failure: { code: 'invalid', issues: [{ path: 'mapping' }] } };
  expect(await ask('profiles.readImport', { ...request, mapping: ['name'] })).toMatchObject(
    refused,
  );
  const twice = mapping.map(() => 'name' as const);
  expect(await ask('profiles.runImport', { ...request, mapping: twice })).toMatchObject(refused);
});

test('what one vault exported comes into another whole', async () => {
  const { call } = await openedHost();
  const profile = { name: 'Ada', viewport: { width: 800, height: 600 }, colorScheme: 'dark' };
  const added = await call('profiles.add', { input: { ...profile, colorScheme: 'dark' } });
  const request = file(JSON.stringify({ profiles: [added] }), { onDuplicate: 'number' });
  expect(await call('profiles.runImport', request)).toMatchObject({ counts: { add: 1 } });
  expect(await call('profiles.get', { profile: 'Ada (2)' })).toMatchObject({
    ...profile,
    name: 'Ada (2)',
  });
});

test('a Chromium folder gives names', async () => {
  const { ask, call } = await openedHost();
  const path = temporaryFolder();
  for (const folder of ['Default', 'Profile 1']) mkdirSync(join(path, folder));
  const names = { Default: { name: 'Linh' }, 'Profile 1': { name: 'Shop' } };
  writeFileSync(join(path, 'Local State'), JSON.stringify({ profile: { info_cache: names } }));
  const source = { kind: 'chromium' as const, path };
  expect(await call('profiles.readImport', { source })).toMatchObject({ format: 'chromium' });
  expect((await call('profiles.runImport', { source })).counts).toMatchObject({ add: 2 });
  expect((await call('profiles.list', {})).rows.map(({ name }) => name)).toEqual(['Linh', 'Shop']);
  const nothing = { source: { kind: 'chromium' as const, path: temporaryFolder() } };
  expect(await ask('profiles.readImport', nothing)).toMatchObject({
    failure: { code: 'importRefused', reason: 'notChromium' },
  });
});

test('ten thousand are taken in; what is ended before they all are leaves nothing', async () => {
  const { ask, call, host } = await openedHost();
  const rows = Array.from(
    { length: 10_000 },
    (_, n) => `Profile ${n},Group ${n % 10},http://u${n}:p@gate.example:8000`,
  );
  const request = file(['name,group,proxy', ...rows].join('\n'));
  const preview = await call('profiles.readImport', request);
  expect(preview.counts).toMatchObject({ add: 10_000, proxies: 10_000 });
  expect(preview.rows).toHaveLength(100);

  const told: number[] = [];
  const caller = createCaller(true, (push) => {
    if (push.type === 'progress') told.push(push.done);
    if (told.length === 3) void ask('task.cancel', { task: 'import' });
  });
  host.attach(caller);
  const ended = await host.call('profiles.runImport', request, caller);
  expect(ended).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
  expect((await call('profiles.list', {})).total).toBe(0);
  expect((await call('proxies.list', {})).total).toBe(0);

  expect((await call('profiles.runImport', request)).counts.add).toBe(10_000);
  expect((await call('profiles.list', {})).total).toBe(10_000);
}, 120_000);

test('what is ended among the cookies says whose are missing', async () => {
  const { ask, call, host } = await openedHost();
  const line = 'a.example\tFALSE\t/\tFALSE\t0\tk\tv';
  const rows = Array.from({ length: 200 }, (_, n) => `P${n},"${line}"`);
  const request = file(['name,cookies', ...rows].join('\n'));
  let asked = false;
  const caller = createCaller(true, (push) => {
    if (push.type !== 'progress' || push.done <= 200 || asked) return;
    asked = true;
    void ask('task.cancel', { task: 'import' });
  });
  host.attach(caller);
  const report = await host.call('profiles.runImport', request, caller);
  expect(report).toMatchObject({ ok: true, value: { cancelled: true, counts: { add: 200 } } });
  const { value } = report as { value: MigrationReport };
  const [missing] = value.leftOut;
  expect(missing).toMatchObject({ field: 'cookies', problem: 'cancelled' });
  expect(value.counts.cookies + (missing?.count ?? 0)).toBe(200);
  expect((await call('profiles.list', {})).total).toBe(200);
});

test('what is no file of profiles is refused and stores nothing', async () => {
  const { ask, call } = await openedHost();
  const refusals: Record<string, string> = {
    'name,notes\nAda,"never closed': 'brokenTable',
    '[{"name": ': 'notJson',
    '{"a": 1}': 'notProfiles',
  };
  for (const [text, reason] of Object.entries(refusals)) {
    for (const method of ['profiles.readImport', 'profiles.runImport'] as const) {
      expect(await ask(method, file(text))).toMatchObject({
        ok: false,
        failure: { code: 'importRefused', path: 'profiles.csv', reason },
      });
    }
  }
  const hostile = [
    'name,notes,__proto__',
    "=cmd|' /C calc'!A0,+1,x",
    `${'n'.repeat(10_000)},,`,
    `Big,${'x'.repeat(1_000_000)},`,
  ].join('\n');
  const { counts } = await call('profiles.runImport', file(hostile));
  expect(counts).toMatchObject({ add: 2, refuse: 1 });
  expect(await call('profiles.get', { profile: "=cmd|' /C calc'!A0" })).toMatchObject({
    notes: '+1',
  });
  expect(await call('profiles.get', { profile: 'Big' })).toMatchObject({ notes: '' });
});

test('cookies of a profile that is open stay out, and are told about', async () => {
  const { call } = await openedHost();
  await call('profiles.add', { input: { name: 'Ada' } });
  await call('profiles.open', { profile: 'Ada', headless: true });
  const text = 'name,notes,cookies\nAda,new,"a.example\tFALSE\t/\tFALSE\t0\tk\tv"\n';
  const report = await call('profiles.runImport', file(text, { onDuplicate: 'update' }));
  expect(report).toMatchObject({
    counts: { update: 1, cookies: 0 },
    leftOut: [{ field: 'cookies', problem: 'busy', count: 1, rows: [2] }],
  });
  expect(await call('profiles.get', { profile: 'Ada' })).toMatchObject({ notes: 'new' });
  await call('profiles.close', { profile: 'Ada' });
  expect((await call('profiles.sites', { profile: 'Ada' })).sites).toEqual([]);
});
