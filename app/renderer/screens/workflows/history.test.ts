import { expect, it } from 'vitest';
import { record, redo, startHistory, undo } from './history.ts';

it('goes back and forth', () => {
  let history = record(startHistory('a'), 'b', null, 1);
  history = record(history, 'c', null, 2);
  history = undo(undo(history));
  expect(history.present).toBe('a');
  expect(undo(history)).toBe(history);
  history = redo(history);
  expect(history.present).toBe('b');
});

it('forgets what was undone once something else is done', () => {
  const history = record(undo(record(startHistory('a'), 'b', null, 1)), 'x', null, 2);
  expect(redo(history)).toBe(history);
});

it('takes typing in one field as one edit, until a pause', () => {
  let history = record(startHistory(''), 'h', 'name', 0);
  history = record(history, 'he', 'name', 300);
  history = record(history, 'hel', 'name', 5_000);
  expect(undo(history).present).toBe('he');
  expect(undo(undo(history)).present).toBe('');
});
