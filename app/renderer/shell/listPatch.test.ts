import { expect, test } from 'vitest';
import { patched } from './listPatch.ts';

const rows = ['a', 'b', 'c', 'd'].map((id) => ({ id, name: id }));
const ids = (list: readonly { id: string }[]) => list.map((row) => row.id).join('');

test('rows leave, change in place, move and come in at their places', () => {
  expect(ids(patched(rows, { removed: ['b'], upserts: [] }))).toBe('acd');
  const renamed = patched(rows, {
    removed: [],
    upserts: [{ row: { id: 'b', name: 'B' }, index: 1 }],
  });
  expect(ids(renamed)).toBe('abcd');
  expect(renamed[1]?.name).toBe('B');
  const moved = patched(rows, {
    removed: ['c'],
    upserts: [
      { row: { id: 'd', name: 'd' }, index: 0 },
      { row: { id: 'x', name: 'x' }, index: 2 },
    ],
  });
  expect(ids(moved)).toBe('daxb');
});
