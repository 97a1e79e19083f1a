import { expect, it } from 'vitest';
import { publicAddress } from './address.ts';

it.each([
  ['https://ada:secret@example.org/a?token=1#b', 'https://example.org/a'],
  ['data:text/html,secret', 'data:'],
  ['blob:https://example.org/1?x', 'blob:https://example.org/1'],
  ['about:blank', 'about:blank'],
  ['nonsense', ''],
])('%s is told as %s', (written, told) => {
  expect(publicAddress(written)).toBe(told);
});
