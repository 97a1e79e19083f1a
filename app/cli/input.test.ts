import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../workspace/testing.ts';
import { defaultVaultDir, UsageError } from './context.ts';
import { parsePairs, parseViewport, parseWhole, readTextFile } from './input.ts';

test('pairs keep what follows the first equals sign', () => {
  expect(parsePairs(['a=1', 'url=http://x/?q=1', 'empty='])).toEqual({
    a: '1',
    url: 'http://x/?q=1',
    empty: '',
  });
  for (const pair of ['a', '=1', '']) expect(() => parsePairs([pair])).toThrow(UsageError);
});

test('sizes and numbers are read strictly', () => {
  expect(parseViewport('1280x800')).toEqual({ width: 1280, height: 800 });
  for (const given of ['1280', '1280x', 'x800', '1e3x800', '-1x5']) {
    expect(() => parseViewport(given)).toThrow(UsageError);
  }
  expect(parseWhole('12')).toBe(12);
  for (const given of ['', '1.5', '-1', '0x10', ' 1'])
    expect(() => parseWhole(given)).toThrow(UsageError);
});

test('the vault lies where the environment says, else where the system keeps such data', () => {
  expect(defaultVaultDir({ WARREN_VAULT: '/v' })).toBe('/v');
  expect(defaultVaultDir({ XDG_DATA_HOME: '/data' })).toMatch(/vault$/);
});

test('a text file is read in the encoding that it is in', async () => {
  const path = join(temporaryFolder(), 'cookies.txt');
  const text = '.shop.example\tTRUE\t/\tFALSE\t0\tname\tcafé';
  for (const bytes of [
    text,
    Buffer.from(`\uFEFF${text}`, 'utf16le'),
    Buffer.from(text, 'latin1'),
  ]) {
    writeFileSync(path, bytes);
    expect(await readTextFile(path)).toBe(text);
  }
});
