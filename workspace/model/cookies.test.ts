import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Cookie, mergeCookies, readCookies, siteOf, writeCookies } from './cookies.ts';

const one: Cookie = {
  name: 'sid',
  value: 'abc=1',
  domain: '.shop.example',
  path: '/',
  expires: 2_000_000_000,
  httpOnly: true,
  secure: true,
  sameSite: 'Lax',
};

describe('cookies.txt', () => {
  test('fields with tabs, http-only ones, those that end with the browser', () => {
    const read = readCookies(
      [
        '\uFEFF# Netscape HTTP Cookie File',
        '#HttpOnly_.shop.example\tTRUE\t/\tTRUE\t2000000000\tsid\tabc=1',
        'www.shop.example\tFALSE\t/cart\tFALSE\t0\tcart\t',
        'shop.example\tTRUE\t/\tFALSE\t2000000000.5\tdotless\tx',
      ].join('\r\n'),
    );
    expect(read?.refused).toEqual([]);
    expect(read?.cookies).toEqual([
      one,
      {
        ...one,
        name: 'cart',
        value: '',
        domain: 'www.shop.example',
        path: '/cart',
        expires: -1,
        httpOnly: false,
        secure: false,
      },
      {
        ...one,
        name: 'dotless',
        value: 'x',
        expires: 2_000_000_000.5,
        httpOnly: false,
        secure: false,
      },
    ]);
  });

  test('a line that is none says why, by its number, and takes no other along', () => {
    const read = readCookies(
      [
        'a.example TRUE / FALSE 0 name value',
        'a.example\tTRUE\t/\tFALSE\tsoon\tname\tvalue',
        'not a host\tTRUE\t/\tFALSE\t0\tname\tvalue',
        'a.example\tTRUE\t/\tFALSE\t0\tname\tgood',
        `a.example\tTRUE\t/\tFALSE\t0\tname\t${'x'.repeat(5_000)}`,
        'a.example\tTRUE\t/\tFALSE\t0\t\t',
      ].join('\n'),
    );
    expect(read?.cookies.map(({ value }) => value)).toEqual(['good']);
    expect(read?.refused).toEqual([
      { place: 1, problem: 'fields' },
      { place: 2, problem: 'expires' },
      { place: 3, problem: 'domain' },
      { place: 5, problem: 'tooLong' },
      { place: 6, problem: 'name' },
    ]);
  });
});

describe('JSON', () => {
  test('what extensions write, with seconds, milliseconds or a date', () => {
    const text = JSON.stringify([
      {
        domain: '.shop.example',
        expirationDate: 2e9,
        httpOnly: true,
        name: 'sid',
        path: '/',
        sameSite: 'unspecified',
        secure: true,
        value: 'abc=1',
      },
      {
        domain: 'a.example',
        expires: 2e12,
        hostOnly: true,
        name: 'b',
        value: 7,
        sameSite: 'no_restriction',
        secure: true,
      },
      { domain: 'a.example', expires: 'Wed, 18 May 2033 03:33:20 GMT', name: 'c', value: '' },
      {
        domain: 'a.example',
        session: true,
        expirationDate: 5,
        name: 'd',
        value: 'x',
        sameSite: 'None',
      },
      { domain: 'a.example', name: 'e' },
      'rubbish',
    ]);
    const read = readCookies(text);
    expect(read?.format).toBe('json');
    expect(read?.cookies.map(({ name, expires, sameSite }) => [name, expires, sameSite])).toEqual([
      ['sid', 2e9, 'Lax'],
      ['b', 2e9, 'None'],
      ['c', 2e9, 'Lax'],
      // Not secure: a browser would drop it with "None".
      ['d', -1, 'Lax'],
    ]);
    expect(read?.refused.map(({ place }) => place)).toEqual([5, 6]);
  });

  test('storageState comes with its storage', () => {
    const origins = [{ origin: 'https://a.example', localStorage: [{ name: 'x', value: 'y' }] }];
    expect(readCookies(JSON.stringify({ cookies: [one], origins }))).toEqual({
      format: 'storageState',
      cookies: [one],
      origins,
      refused: [],
    });
  });

  test('storage under what is no origin is not taken', () => {
    const kept = { origin: 'https://a.example', localStorage: [] };
    const origins = [
      kept,
      ...['file:///etc', 'rubbish', 'https://a.example/path', 'chrome://settings', ''].map(
        (origin) => ({ origin, localStorage: [] }),
      ),
    ];
    expect(readCookies(JSON.stringify({ cookies: [], origins }))).toMatchObject({
      origins: [kept],
      refused: [2, 3, 4, 5, 6].map((place) => ({ place, problem: 'origin' })),
    });
  });

  test('what is nothing of the kind is nothing', () => {
    for (const text of ['', 'hello', '{', '{"a":1}', '[', '7'])
      expect(readCookies(text)).toBeNull();
    expect(readCookies('# Netscape HTTP Cookie File\n')?.cookies).toEqual([]);
    expect(readCookies('[]')?.cookies).toEqual([]);
  });
});

const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}[a-z0-9]$/);
const cookie: fc.Arbitrary<Cookie> = fc.record({
  name: fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/),
  value: fc.stringMatching(/^[A-Za-z0-9=_%.!-]{0,20}$/),
  domain: fc.tuple(fc.constantFrom('', '.'), label, label).map(([dot, a, b]) => `${dot}${a}.${b}`),
  path: fc.constantFrom('/', '/a', '/a/b'),
  expires: fc.oneof(fc.constant(-1), fc.integer({ min: 1, max: 4_000_000_000 })),
  httpOnly: fc.boolean(),
  secure: fc.constant(true),
  sameSite: fc.constantFrom<Cookie['sameSite']>('Strict', 'Lax', 'None'),
});

test('what is written is read back the same, as far as its form can say it', () => {
  fc.assert(
    fc.property(fc.array(cookie, { minLength: 1, maxLength: 10 }), (cookies) => {
      for (const format of ['json', 'storageState'] as const) {
        expect(readCookies(writeCookies(format, cookies, []))?.cookies).toEqual(cookies);
      }
      const plain = readCookies(writeCookies('netscape', cookies, []))?.cookies;
      expect(plain).toEqual(cookies.map((one) => ({ ...one, sameSite: 'Lax' })));
    }),
  );
});

test('no text breaks it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      readCookies(text);
      readCookies(`[${text}]`);
    }),
    { numRuns: 1_000 },
  );
});

test('a newer one takes the place of the same one; a site is named by its host', () => {
  const newer = { ...one, value: 'new' };
  expect(mergeCookies([one, { ...one, path: '/a' }], [newer])).toEqual([
    newer,
    { ...one, path: '/a' },
  ]);
  expect([siteOf('.shop.example'), siteOf('https://a.example:8080')]).toEqual([
    'shop.example',
    'a.example',
  ]);
});
