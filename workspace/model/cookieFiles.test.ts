/** Cookie files as people find them: in any encoding, broken in places, very long. */
import { expect, test } from 'vitest';
import { mostCookies, readCookies } from './cookies.ts';
import { decodeText } from './decodeText.ts';

const header = '# Netscape HTTP Cookie File';
const line = (name: string, value: string) =>
  ['.shop.example', 'TRUE', '/', 'FALSE', '2000000000', name, value].join('\t');

const utf16 = (text: string, order: 'le' | 'be', marked: boolean): Buffer => {
  const bytes = Buffer.from(marked ? `\uFEFF${text}` : text, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
};

const text = [header, '', line('sid', 'one'), line('cart', 'café')].join('\r\n');

test.each([
  ['UTF-8', Buffer.from(text)],
  ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`)],
  ['UTF-16 little endian', utf16(text, 'le', true)],
  ['UTF-16 little endian without a mark', utf16(text, 'le', false)],
  ['UTF-16 big endian', utf16(text, 'be', true)],
  ['UTF-16 big endian without a mark', utf16(text, 'be', false)],
  ['Windows-1252', Buffer.from(text, 'latin1')],
])('%s is read', (_encoding, bytes) => {
  const read = readCookies(decodeText(bytes));
  expect(read?.refused).toEqual([]);
  expect(read?.cookies.map(({ name, value }) => [name, value])).toEqual([
    ['sid', 'one'],
    ['cart', 'café'],
  ]);
});

test('lines with other columns, and with zero bytes, are refused by their number; the others are taken', () => {
  const broken = [
    header,
    line('first', '1'),
    '.shop.example\tTRUE\t/\tFALSE\t2000000000',
    `${line('more', '1')}\tand\tmore`,
    '.shop.example TRUE / FALSE 2000000000 spaces 1',
    '.shop.example\tTRUE\t/\tFALSE\tsoon\tname\t1',
    line('zero', 'a\0b'),
    line('ze\0ro', '1'),
    '\0\0\0\0',
    line('last', '1'),
  ];
  for (const end of ['\n', '\r\n', '\r']) {
    const read = readCookies(decodeText(Buffer.from(broken.join(end))));
    expect(read?.cookies.map(({ name }) => name)).toEqual(['first', 'last']);
    expect(read?.refused.map(({ place }) => place)).toEqual([3, 4, 5, 6, 7, 8, 9]);
  }
});

test('what is no text is no cookie file', () => {
  const picture = Buffer.from(Array.from({ length: 20_000 }, (_, n) => (n * 7919) % 256));
  expect(readCookies(decodeText(picture))).toBeNull();
  expect(readCookies(decodeText(Buffer.alloc(20_000)))).toBeNull();
  expect(readCookies('')).toBeNull();
});

test('a million lines are read, and not one more', () => {
  const lines = Array.from({ length: mostCookies + 10 }, (_, n) =>
    ['.s', n % 1_000, '.example\tTRUE\t/\tFALSE\t2000000000\tn', n, '\tvalue'].join(''),
  );
  const bytes = Buffer.from([header, ...lines].join('\n'));
  const before = process.memoryUsage().rss;
  const began = performance.now();
  const read = readCookies(decodeText(bytes));
  const took = Math.round(performance.now() - began);
  const more = Math.round((process.memoryUsage().rss - before) / 1e6);
  console.log(`${bytes.length} bytes of cookies: ${took} ms, ${more} MB more`);
  expect(read?.cookies).toHaveLength(mostCookies);
});
