import { expect, it } from 'vitest';
import { leftOut } from './leftOut.ts';

it('tells the lines that nobody decided on from those that are no proxies', () => {
  expect(leftOut({ ambiguous: 2 }, { added: 3, known: 1, refused: 5 })).toEqual({
    known: 1,
    undecided: 2,
    refused: 3,
  });
  expect(leftOut({ ambiguous: 0 }, { added: 3, known: 0, refused: 0 })).toEqual({
    known: 0,
    undecided: 0,
    refused: 0,
  });
});
