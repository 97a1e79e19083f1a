import { expect, test } from 'vitest';
import type { StorageState } from '../worker/protocol.ts';
import { boundOrigins } from './session.ts';

const origin = (name: string, stored: number, databases = 0) =>
  ({
    origin: `https://${name}.example`,
    localStorage: [{ name: 'x', value: 'x'.repeat(stored) }],
    ...(databases > 0 ? { indexedDB: [{ name: 'y', value: 'y'.repeat(databases) }] } : {}),
  }) as unknown as StorageState['origins'][number];

const most = { origin: 1_000, all: 2_500 };

test('what is small is taken as it is', () => {
  const origins = [origin('a', 100, 100), origin('b', 800)];
  expect(boundOrigins(origins, most)).toEqual(origins);
});

test('of what is large the databases stay behind first, then all of it', () => {
  const kept = boundOrigins([origin('a', 100, 5_000), origin('b', 5_000), origin('c', 10)], most);
  expect(kept).toEqual([origin('a', 100), origin('c', 10)]);
});

test('together they are bounded as well', () => {
  const many = ['a', 'b', 'c', 'd'].map((name) => origin(name, 800));
  expect(boundOrigins(many, most)).toEqual(many.slice(0, 2));
});
