/** Recovery words give the key back, and mistakes are noticed. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { systemRandom } from './random.ts';
import { recoveryKeyToWords, wordsToRecoveryKey } from './recoveryWords.ts';
import { key } from './testing/arbitraries.ts';

test('words give the key back, however they are typed', () => {
  fc.assert(
    fc.property(key, (secret) => {
      const words = recoveryKeyToWords(secret);
      expect(words).toHaveLength(24);
      const typed = words.map((word, at) => `${at + 1}. ${word.toUpperCase()}`).join('\n  ');
      expect(wordsToRecoveryKey(typed)).toEqual(secret);
    }),
  );
});

test('a missing, extra or unknown word is refused', () => {
  const words = recoveryKeyToWords(systemRandom(32));
  expect(wordsToRecoveryKey(words.slice(1).join(' '))).toBeNull();
  expect(wordsToRecoveryKey([...words, 'zoo'].join(' '))).toBeNull();
  expect(wordsToRecoveryKey(['warren', ...words.slice(1)].join(' '))).toBeNull();
  expect(wordsToRecoveryKey('')).toBeNull();
});

test('the checksum refuses almost every swapped word', () => {
  const words = recoveryKeyToWords(new Uint8Array(32).fill(1));
  const swapped = [words[1], words[0], ...words.slice(2)].join(' ');
  expect(words[0] === words[1] || wordsToRecoveryKey(swapped) === null).toBe(true);
});
