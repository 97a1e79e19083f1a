import { expect, it } from 'vitest';
import { kindOfValue, valueOfKind, variableKinds } from './variableKinds.ts';

it('makes a value of the kind that was asked for', () => {
  for (const value of [undefined, '12', 3, true, null, [1], { a: 1 }]) {
    for (const kind of variableKinds) {
      expect(kindOfValue(valueOfKind(kind, value))).toBe(kind);
    }
  }
});

it('keeps what both kinds can say', () => {
  expect(valueOfKind('number', '12')).toBe(12);
  expect(valueOfKind('text', 12)).toBe('12');
  expect(valueOfKind('boolean', 'true')).toBe(true);
});
