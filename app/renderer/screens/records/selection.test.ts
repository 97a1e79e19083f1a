import { createRoot } from 'solid-js';
import { expect, it } from 'vitest';
import { between, createSelection } from './selection.ts';

const order = ['a', 'b', 'c', 'd'];

it('takes a range in either direction', () => {
  expect(between(order, 'b', 'd')).toEqual(['b', 'c', 'd']);
  expect(between(order, 'd', 'b')).toEqual(['b', 'c', 'd']);
});

it('falls back to the one row when the other is gone', () => {
  expect(between(order, 'gone', 'c')).toEqual(['c']);
});

it('toggles, extends from the last toggled row, and clears', () => {
  createRoot((dispose) => {
    const selection = createSelection(() => order);
    selection.toggle('b');
    selection.extend('d');
    expect([...selection.ids()]).toEqual(['b', 'c', 'd']);
    selection.toggle('c');
    expect([...selection.ids()]).toEqual(['b', 'd']);
    selection.clear();
    expect(selection.ids().size).toBe(0);
    dispose();
  });
});
