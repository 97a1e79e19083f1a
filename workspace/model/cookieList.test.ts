import { expect, test } from 'vitest';
import { cookieFileStem, readCookieList, writeCookieList } from './cookieList.ts';
import type { Cookie } from './cookies.ts';

const sid: Cookie = {
  name: 'sid',
  value: 'abc',
  domain: '.shop.example',
  path: '/',
  expires: 2_000_000_000,
  httpOnly: true,
  secure: true,
  sameSite: 'Lax',
};
const origins = [{ origin: 'https://shop.example', localStorage: [{ name: 'a', value: 'b' }] }];
const all = [
  { name: 'Alice', cookies: [sid], origins },
  { name: 'Đà Nẵng', cookies: [], origins: [] },
];

test('what is written for several is read again', () => {
  const whole = readCookieList(JSON.parse(writeCookieList('storageState', all)));
  expect(whole).toEqual(all.map((one) => ({ ...one, refusedCount: 0 })));
  const listed = readCookieList(JSON.parse(writeCookieList('json', all)));
  expect(listed).toMatchObject([
    { name: 'Alice', cookies: [sid], origins: [] },
    { name: 'Đà Nẵng', cookies: [] },
  ]);
});

test('an item may have its cookies as a text; entries that are none are counted', () => {
  const cookies = '.shop.example\tTRUE\t/\tTRUE\t2000000000\tsid\tabc\nno cookie';
  expect(readCookieList([{ name: 'Alice', cookies, group: 'x' }])).toMatchObject([
    { name: 'Alice', cookies: [{ name: 'sid', value: 'abc' }], refusedCount: 1 },
  ]);
});

test('what names no profile, or has nothing like cookies, is no such list', () => {
  for (const content of [[], {}, [{ cookies: [] }], [{ name: 'Alice', cookies: 'hello' }], null]) {
    expect(readCookieList(content)).toBeNull();
  }
});

test('a name becomes a file that every system takes', () => {
  expect(cookieFileStem('Shop / 7: "Đà Nẵng"')).toBe('Shop-7-Đà-Nẵng-');
});
