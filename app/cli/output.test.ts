import { expect, test } from 'vitest';
import { printable } from './output.ts';

test('what a terminal would obey is printed as a mark, all else as it is', () => {
  expect(printable('a\u001b]0;title\u0007b\u009b31m\rc\u202ed')).toBe('a�]0;title�b�31m�c�d');
  const harmless = 'Đà Nẵng\t“x”\n日本 👩‍👩‍👧 e\u0301';
  expect(printable(harmless)).toBe(harmless);
});
