import { expect, it } from 'vitest';
import { recoveryFile, splitWords } from './words.ts';

it('reads words however they are written', () => {
  expect(splitWords(' 1. Abandon, 2. zoo\n3.  Ability ')).toEqual(['abandon', 'zoo', 'ability']);
});

it('reads back what it wrote', () => {
  const words = Array.from(
    { length: 24 },
    (_, index) => `word${'abcdefghijklmnopqrstuvwx'[index]}`,
  );
  const file = recoveryFile('', '', words);
  expect(splitWords(file)).toEqual(words);
});
