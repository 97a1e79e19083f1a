/** What files of other programs are read as, row by row. */
import { expect, test } from 'vitest';
import { decodeText } from '../model/decodeText.ts';
import type { Failure } from '../model/failure.ts';
import { FailureError } from '../model/failure.ts';
import type { ImportField } from '../model/migration.ts';
import { importRequestSchema } from '../model/migrationRequest.ts';
import { createFreeNames } from './freeNames.ts';
import { guessMapping } from './guessMapping.ts';
import { createPlanner } from './plan.ts';
import { readRows } from './readRows.ts';

const read = (text: string, more: object = {}, source: object = {}) =>
  readRows(
    importRequestSchema.parse({
      source: { kind: 'text', name: 'a file', text, ...source },
      ...more,
    }),
    () => false,
  );

const refusal = async (text: string, source: object = {}): Promise<Failure | null> =>
  read(text, {}, source).then(
    () => null,
    (error: unknown) => {
      if (error instanceof FailureError) return error.failure;
      throw error;
    },
  );

test.each([
  ['commas', 'Profile name,Group,Tags\n"Shop, Berlin",Shops,"de; new"\n'],
  ['semicolons', 'Profile name;Group;Tags\r\nShop, Berlin;Shops;de,new\r\n'],
  ['tabs', 'Profile name\tGroup\tTags\nShop, Berlin\tShops\tde|new'],
  ['bars', 'Profile name|Group|Tags\nShop, Berlin|Shops|de,new'],
  ['a row that says it', 'sep=;\nProfile name;Group;Tags\nShop, Berlin;Shops;de,new'],
  ['old line ends', 'Profile name;Group;Tags\rShop, Berlin;Shops;de,new'],
])('a table parted by %s', async (_, text) => {
  const { format, columns, rows } = await read(`\uFEFF${text}`);
  expect(format).toBe('csv');
  expect(columns.map(({ field }) => field)).toEqual(['name', 'group', 'tags']);
  expect(rows).toEqual([
    {
      row: text.startsWith('sep') ? 3 : 2,
      name: 'Shop, Berlin',
      given: { group: 'Shops', tags: ['de', 'new'] },
      proxy: null,
      cookies: null,
      notes: [],
    },
  ]);
});

const adsPower = {
  name: 'Fb 1',
  group_id: '0',
  group_name: 'Facebook',
  remark: 'warm',
  platform: 'facebook.com',
  username: 'linh@example.com',
  password: 'site-password',
  fakey: 'SITE2FA',
  cookie: [{ name: 'c_user', value: '1', domain: '.facebook.com' }],
  user_proxy_config: {
    proxy_soft: 'other',
    proxy_type: 'socks5',
    proxy_host: 'berlin.example',
    proxy_port: '1080',
    proxy_user: 'linh',
    proxy_password: 'secret',
    proxy_url: 'https://change.example/?k=1',
  },
  fingerprint_config: {
    automatic_timezone: '0',
    timezone: 'Europe/Berlin',
    location_switch: '0',
    latitude: '52.52',
    longitude: '13.40',
    accuracy: '100',
    language: ['de-DE', 'de'],
    ua: 'Mozilla/5.0 (something else)',
  },
};

test('AdsPower’s names are known; logins of sites are told about and taken nowhere', async () => {
  const { format, columns, rows } = await read(JSON.stringify({ data: { list: [adsPower] } }));
  expect(format).toBe('json');
  expect(rows).toEqual([
    {
      row: 1,
      name: 'Fb 1',
      given: {
        group: 'Facebook',
        notes: 'warm',
        startPages: ['https://facebook.com'],
        locale: 'de-DE',
        timeZone: 'Europe/Berlin',
        geolocation: { latitude: 52.52, longitude: 13.4, accuracy: 100 },
      },
      proxy: {
        type: 'socks5',
        host: 'berlin.example',
        port: 1080,
        username: 'linh',
        password: 'secret',
        changeIpUrl: 'https://change.example/?k=1',
        name: null,
      },
      cookies: { text: JSON.stringify(adsPower.cookie), count: 1 },
      notes: [
        { field: 'userAgent', problem: 'userAgent' },
        { field: 'siteLogin', problem: 'siteLogin' },
      ],
    },
  ]);
  expect(JSON.stringify(rows)).not.toMatch(/site-password|SITE2FA|linh@/);
  expect(JSON.stringify(columns)).not.toMatch(/site-password|SITE2FA|linh@|secret|c_user/);
  const kept = await read(JSON.stringify([adsPower]), { keepUserAgents: true });
  expect(kept.rows[0]).toMatchObject({ given: { userAgent: 'Mozilla/5.0 (something else)' } });
});

test('what the other program left to the proxy’s place is left to the device', async () => {
  const automatic = { automatic_timezone: '1', location_switch: '1', language: ['auto'] };
  const item = {
    ...adsPower,
    user_proxy_config: { proxy_soft: 'no_proxy', proxy_type: 'noproxy' },
    fingerprint_config: { ...adsPower.fingerprint_config, ...automatic },
  };
  const [row] = (await read(JSON.stringify([item]))).rows;
  expect(row).toMatchObject({ proxy: null });
  expect(Object.keys(row && 'given' in row ? row.given : {})).toEqual([
    'group',
    'notes',
    'startPages',
  ]);
});

test('GoLogin’s objects are found by their ways', async () => {
  const item = {
    name: 'Shop',
    os: 'mac',
    proxy: { mode: 'http', host: '10.0.0.1', port: 3128, username: 'u', password: 'p' },
    navigator: { userAgent: 'Mozilla', language: 'en-GB,en;q=0.9', platform: 'MacIntel' },
    timezone: { fillBasedOnIp: false, timezone: 'Asia/Ho_Chi_Minh' },
  };
  expect((await read(JSON.stringify([item]))).rows).toMatchObject([
    {
      given: { locale: 'en-GB', timeZone: 'Asia/Ho_Chi_Minh' },
      proxy: { type: 'http', host: '10.0.0.1', port: 3128, username: 'u', password: 'p' },
    },
  ]);
});

const guess = (...columns: string[]): ImportField[] => guessMapping({ columns, rows: [] });

test('headings are guessed, each field once, and a bare login belongs to a bare host', () => {
  expect(guess('Profile Name', 'Group_ID', 'Group name', 'Ghi chú', 'Múi giờ')).toEqual([
    'name',
    'ignore',
    'group',
    'notes',
    'timeZone',
  ]);
  expect(guess('name', 'host', 'port', 'username', 'password')).toEqual([
    'name',
    'proxyHost',
    'proxyPort',
    'proxyUser',
    'proxyPassword',
  ]);
  expect(guess('name', 'proxy', 'username', 'password', '2FA key')).toEqual([
    'name',
    'proxy',
    'siteLogin',
    'siteLogin',
    'siteLogin',
  ]);
  expect(guess('name', 'proxytype', 'proxy', 'proxyurl', 'ip', 'username')).toEqual([
    'name',
    'proxyType',
    'proxy',
    'proxyChangeUrl',
    'ignore',
    'siteLogin',
  ]);
  expect(guess('__proto__', 'constructor', 'toString', '')).toEqual(Array(4).fill('ignore'));
});

test('what a profile can not have is left out and noted; the row comes', async () => {
  const text = [
    'name,timezone,locale,number,color,lat,lng,cookies,start url',
    'A,Mars/Base,klingonish,one,plaid,95,1,nothing,javascript:alert(1)',
    'B,Europe/Paris,fr_FR,7,Teal,"48,85","2,35",,shop.example/a b.example',
  ].join('\n');
  const [first, second] = (await read(text)).rows;
  expect(first).toMatchObject({ name: 'A', given: {}, cookies: null });
  expect(first && 'notes' in first && first.notes.map(({ field }) => field)).toEqual([
    'number',
    'color',
    'startPage',
    'locale',
    'timeZone',
    'latitude',
    'cookies',
  ]);
  expect(second).toMatchObject({
    notes: [],
    given: {
      number: 7,
      color: 'teal',
      locale: 'fr-FR',
      timeZone: 'Europe/Paris',
      geolocation: { latitude: 48.85, longitude: 2.35, accuracy: 20 },
      startPages: ['https://shop.example/a', 'https://b.example'],
    },
  });
});

test('half a place, and what is no address to change an exit by, are noted', async () => {
  const text = 'name,lat,proxy,change ip url\nA,52.5,a.example:80,not an address\n';
  expect((await read(text)).rows).toMatchObject([
    {
      given: {},
      proxy: { host: 'a.example', changeIpUrl: null },
      notes: [
        { field: 'latitude', problem: 'invalid' },
        { field: 'proxyChangeUrl', problem: 'invalid' },
      ],
    },
  ]);
});

test('a row whose proxy can not be read does not come without one', async () => {
  const text = [
    'name,proxy',
    'A,socks5://u:p@a.example:1080',
    'B,a.example',
    'C,10.0.0.1:1080:10.0.0.2:2080',
    'D,none',
    'E,"{""host"":""a.example"",""port"":1}"',
  ].join('\n');
  const { rows } = await read(text);
  expect(rows).toMatchObject([
    { proxy: { type: 'socks5', username: 'u', password: 'p' } },
    { refused: { field: 'proxy', problem: 'badProxy' } },
    { refused: { field: 'proxy', problem: 'ambiguousProxy' } },
    { proxy: null },
    { proxy: { host: 'a.example', port: 1 } },
  ]);
  expect((await read(text, { proxyOrder: 'userFirst' })).rows[2]).toMatchObject({
    proxy: { host: '10.0.0.2', port: 2080, username: '10.0.0.1' },
  });
  const parts = 'name,proxy type,proxy host,proxy port\nA,gologin,,\nB,http,,\nC,ssh,a.example,22';
  expect((await read(parts)).rows).toMatchObject([
    { refused: { problem: 'badProxy' } },
    { proxy: null },
    { refused: { problem: 'badProxy' } },
  ]);
});

test('the type in a column of its own counts for a line that says none', async () => {
  const text = [
    'name,proxytype,proxy',
    'A,SOCKS5,a.example:1080',
    'B,ssh,a.example:22',
    'C,ssh,http://a.example:80',
    'D,noproxy,a.example:80',
  ].join('\n');
  expect((await read(text)).rows).toMatchObject([
    { proxy: { type: 'socks5' } },
    { refused: { field: 'proxy', problem: 'badProxy' } },
    { proxy: { type: 'http' } },
    { proxy: null },
  ]);
});

test('objects with very many values are taken apart less deeply', async () => {
  const many = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`v${n}`, n]));
  const item = { name: 'A', proxy: { host: 'a.example', port: 1 }, fingerprint: { canvas: many } };
  const { columns, rows } = await read(JSON.stringify([item]));
  expect(columns.map(({ name }) => name)).toEqual([
    'name',
    'proxy.host',
    'proxy.port',
    'fingerprint.canvas',
  ]);
  expect(rows).toMatchObject([{ name: 'A', proxy: { host: 'a.example' } }]);
  expect(await refusal(JSON.stringify([many]))).toMatchObject({ reason: 'tooManyColumns' });
});

test('lists: a name on each line, whatever else is in it', async () => {
  expect(await read('Ada\n\n  Bob  \nCid')).toMatchObject({
    format: 'list',
    rows: [
      { row: 1, name: 'Ada' },
      { row: 3, name: 'Bob' },
      { row: 4, name: 'Cid' },
    ],
  });
  expect(await read('Shop, Berlin\n', {}, { format: 'list' })).toMatchObject({
    rows: [{ name: 'Shop, Berlin' }],
  });
  expect(await read('Name\nAda')).toMatchObject({ format: 'csv', rows: [{ name: 'Ada' }] });
  expect(
    await read('Ada;x\nBob;y', { mapping: ['name', 'notes'] }, { header: false }),
  ).toMatchObject({ columns: [{ name: '1' }, { name: '2' }], rows: [{ row: 1 }, { name: 'Bob' }] });
});

test('Warren’s own profiles need no mapping; a proxy of another vault keeps its place', async () => {
  const items = [
    { id: 'x', createdAt: 1, updatedAt: 2, name: 'Ada', tags: ['a'], proxyId: 'elsewhere' },
    { name: 'Bob', viewport: { width: 1, height: 2 } },
  ];
  expect(await read(JSON.stringify({ profiles: items }))).toEqual({
    format: 'warren',
    columns: [],
    rows: [
      {
        row: 1,
        name: 'Ada',
        given: { tags: ['a'], proxyId: 'elsewhere' },
        proxy: null,
        cookies: null,
        notes: [{ field: 'proxy', problem: 'proxyElsewhere' }],
      },
      { row: 2, name: 'Bob', refused: { field: 'name', problem: 'notAProfile' } },
    ],
  });
});

test('what can not be read is refused as a whole, and says why', async () => {
  const failure = (reason: string) => ({ code: 'importRefused', path: 'a file', reason });
  expect(await refusal('name,notes\nAda,"never closed\nBob,x')).toEqual(failure('brokenTable'));
  expect(await refusal('{"name": ')).toEqual(failure('notJson'));
  expect(await refusal('{"steps": 1}')).toEqual(failure('notProfiles'));
  expect(await refusal('PK\u0003\u0004 and so on')).toEqual(failure('workbook'));
  expect(await refusal('['.repeat(60))).toEqual(failure('tooDeep'));
  expect(await refusal(Array(201).fill('a').join(','))).toEqual(failure('tooManyColumns'));
  expect(await refusal('a\n'.repeat(100_001))).toEqual(failure('tooManyRows'));
});

test('hostile cells stay text', async () => {
  const long = 'x'.repeat(1_000_000);
  const text = [
    'name,notes,__proto__',
    '=HYPERLINK("http://evil.example"),@SUM(1),polluted',
    `${'y'.repeat(10_000)},,`,
    `Ada,${long},`,
    ',no name,',
  ].join('\n');
  const { rows } = await read(text);
  expect(rows).toMatchObject([
    { name: '=HYPERLINK("http://evil.example")', given: { notes: '@SUM(1)' } },
    { refused: { problem: 'nameTooLong' } },
    { name: 'Ada', given: {}, notes: [{ field: 'notes', problem: 'invalid' }] },
    { refused: { problem: 'noName' } },
  ]);
  await read('[{"name":"Ada","other":1,"__proto__":{"polluted":true}}]');
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});

test('names that are taken: left out, numbered, or changed', async () => {
  const { rows } = await read('Ada\nBob\nAda\nAda (2)');
  const plan = (onDuplicate: 'skip' | 'number' | 'update') => {
    const planner = createPlanner((name) => name === 'Bob', onDuplicate);
    const planned = rows.map(planner.plan).map(({ outcome, name }) => `${outcome} ${name}`);
    return { duplicates: planner.duplicates(), planned };
  };
  expect(plan('skip')).toEqual({
    duplicates: 2,
    planned: ['add Ada', 'skip Bob', 'skip Ada', 'add Ada (2)'],
  });
  expect(plan('update')).toEqual({
    duplicates: 2,
    planned: ['add Ada', 'update Bob', 'update Ada', 'add Ada (2)'],
  });
  expect(plan('number')).toEqual({
    duplicates: 3,
    planned: ['add Ada', 'add Bob (2)', 'add Ada (2)', 'add Ada (2) (2)'],
  });
});

test('a numbered name is no longer than a name can be', () => {
  const free = createFreeNames(() => false);
  expect([free('a'.repeat(200)), free('a'.repeat(200))]).toEqual([
    'a'.repeat(200),
    `${'a'.repeat(196)} (2)`,
  ]);
});

test('text is decoded by its mark, or by what it looks like', () => {
  const text = 'name;notes\nTrần Hưng;đường\n';
  const utf16 = Buffer.from(text, 'utf16le');
  const swapped = Buffer.from(utf16).swap16();
  for (const bytes of [
    Buffer.from(text),
    Buffer.from(`\uFEFF${text}`),
    utf16,
    Buffer.from(`\uFEFF${text}`, 'utf16le'),
    swapped,
    Buffer.concat([Buffer.from([0xfe, 0xff]), swapped]),
  ]) {
    expect(decodeText(bytes)).toBe(text);
  }
  expect(decodeText(Buffer.from('caf\xe9', 'latin1'))).toBe('café');
  expect(decodeText(new Uint8Array())).toBe('');
});
