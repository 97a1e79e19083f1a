import { expect, it } from 'vitest';
import { matchesWords } from './match.ts';

it('finds words by their beginnings, in any order', () => {
  expect(matchesWords('Go to workflows', 'work go')).toBe(true);
  expect(matchesWords('Go to workflows', 'flows')).toBe(false);
  expect(matchesWords('Go to workflows', '')).toBe(true);
});

it('does not ask for accents', () => {
  expect(matchesWords('Đi tới hồ sơ', 'di ho')).toBe(true);
});
