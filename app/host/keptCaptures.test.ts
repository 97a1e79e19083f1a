import { expect, test } from 'vitest';
import { newContents } from '../../workspace/testing.ts';
import { keepCaptures } from './keptCaptures.ts';

const state = (value: string) => ({ cookies: [{ name: 'sid', value }], origins: [] });

test('what is captured is sealed as it comes, the same only once, and the last on closing', async () => {
  const { sessions } = await newContents();
  await sessions.open('p', 'P');
  const captures = keepCaptures(sessions, 'p');
  const seen = () => sessions.stateOf('p');
  captures.take(state('one'));
  await expect.poll(seen).not.toBeNull();
  const first = seen();
  captures.take(state('one'));
  await new Promise((resolve) => setImmediate(resolve));
  expect(seen()).toBe(first);
  captures.take(state('two'));
  await expect.poll(seen).not.toBe(first);
  captures.take(state('three'));
  await captures.close();
  expect((await sessions.open('p', 'P')).storageState).toEqual(state('three'));
});
