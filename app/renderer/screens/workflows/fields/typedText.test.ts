import { expect, it } from 'vitest';
import { textOfValue, valueOfNumberText, valueOfText } from './typedText.ts';

it('reads numbers and leaves templates alone', () => {
  expect(valueOfNumberText('12')).toBe(12);
  expect(valueOfNumberText('{{ n }}')).toBe('{{ n }}');
  expect(valueOfNumberText(' ')).toBeUndefined();
});

it('reads JSON where the text is some', () => {
  expect(valueOfText('[1, 2]')).toEqual([1, 2]);
  expect(valueOfText('{{ rows }}')).toBe('{{ rows }}');
  expect(valueOfText('true')).toBe(true);
});

it('shows a value as the text that gives it', () => {
  for (const value of ['{{ rows }}', [1, { a: 'b' }], 3, true]) {
    expect(valueOfText(textOfValue(value))).toEqual(value);
  }
});
