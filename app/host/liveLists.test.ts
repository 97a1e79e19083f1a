import { afterEach, expect, test, vi } from 'vitest';
import type { Push } from '../ipc/contract.ts';
import { createCaller } from './caller.ts';
import { createLiveLists } from './liveLists.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('after it was stopped nothing is read and nobody is told, whatever changed just before', () => {
  vi.useFakeTimers();
  let reads = 0;
  const lists = createLiveLists(() => ({
    kind: 'profile',
    list: () => ({ rows: [], next: null, total: 0 }),
    rowsAmong() {
      reads += 1;
      return [];
    },
  }));
  const pushes: Push[] = [];
  const caller = createCaller(true, (push) => pushes.push(push));
  const change = new Map([['profile', new Set(['a'])]]);
  lists.open(caller, 'profiles', { search: '', sort: 'name', limit: 10 });
  lists.changed(change);
  vi.advanceTimersByTime(1_000);
  expect(reads).toBeGreaterThan(0);
  reads = 0;
  lists.changed(change);
  lists.stop();
  lists.changed(change);
  vi.advanceTimersByTime(1_000);
  expect(reads).toBe(0);
});
