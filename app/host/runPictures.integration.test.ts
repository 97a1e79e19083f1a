/** Pictures are stored while other events are written down: none of them may be lost in between. */
import { expect, test, vi } from 'vitest';
import { openedHost } from './testing.ts';

test('every picture of a run is in its events, in its place', async () => {
  const { call } = await openedHost();
  await call('profiles.add', { input: { name: 'Alice' } });
  const times = 25;
  const { id: workflow } = await call('workflows.add', {
    document: {
      name: 'Look',
      steps: [
        {
          type: 'loop',
          times,
          steps: [
            { type: 'screenshot', name: 'picture {{ index }}' },
            { type: 'setVariable', name: 'a', value: 1 },
          ],
        },
      ],
    },
  });
  const { id: run } = await call('runs.start', { workflow, profiles: ['Alice'], headless: true });
  await vi.waitUntil(async () => (await call('runs.get', { run })).finishedAt !== null, {
    timeout: 60_000,
    interval: 50,
  });
  const { events } = await call('runs.events', { run, limit: 500 });
  const names = events.flatMap((event) => (event.type === 'screenshot.taken' ? [event.name] : []));
  expect(names).toEqual(Array.from({ length: times }, (_, index) => `picture ${index}`));
  expect(events.at(-1)?.type).toBe('run.finished');
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
}, 90_000);
