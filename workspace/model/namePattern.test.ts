import { expect, test } from 'vitest';
import { namesOf } from './namePattern.ts';

test('a number in its place, padded, or at the end', () => {
  expect(namesOf('Shop {n}', 3)).toEqual(['Shop 1', 'Shop 2', 'Shop 3']);
  expect(namesOf('{nnn}-x', 2, 99)).toEqual(['099-x', '100-x']);
  expect(namesOf('Shop', 2)).toEqual(['Shop 1', 'Shop 2']);
  expect(namesOf('Shop', 1)).toEqual(['Shop']);
  expect(namesOf('{n} of {n}', 2)).toEqual(['1 of 1', '2 of 2']);
});
