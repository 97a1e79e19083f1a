import { expect, test } from 'vitest';
import { resolveVariables } from './variables.ts';

const declared = [
  { name: 'user', description: '' },
  { name: 'count', description: '', default: 3 },
  { name: 'items', description: '', default: ['a'] },
];

test('defaults fill in, given values win, text is read as what the default is', () => {
  expect(resolveVariables(declared, { user: 'x' })).toEqual({
    ok: true,
    value: { user: 'x', count: 3, items: ['a'] },
  });
  expect(resolveVariables(declared, { user: '7', count: '5', items: '["b"]' })).toEqual({
    ok: true,
    value: { user: '7', count: 5, items: ['b'] },
  });
});

test('unknown, missing and unreadable values are each named', () => {
  const refused = resolveVariables(declared, { count: 'many', items: '{}', toString: 'x' });
  expect(refused).toEqual({
    ok: false,
    failure: {
      code: 'invalid',
      issues: [
        { path: 'variables.toString', message: 'is not a variable of this workflow' },
        { path: 'variables.user', message: 'has no default, so the run has to give a value' },
        { path: 'variables.count', message: 'must be a number' },
        { path: 'variables.items', message: 'must be a list' },
      ],
    },
  });
});
