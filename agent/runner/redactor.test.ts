import { expect, it } from 'vitest';
import { createRedactor } from './redactor.ts';

it('takes out what was typed, in every form it comes in', () => {
  const redactor = createRedactor();
  redactor.add('pass');
  redactor.add('pass "word"');
  const text = 'said pass "word", {"a":"pass \\"word\\""}, ?q=pass%20%22word%22 and pass';
  expect(redactor.clean(text, 500)).toBe('said •••, {"a":"•••"}, ?q=••• and •••');
});

it('leaves short words alone and bounds the length', () => {
  const redactor = createRedactor();
  redactor.add('a');
  expect(redactor.clean('\u001b[31ma banana\u001b[0m', 5)).toBe('a ba…');
});
