import { once } from 'node:events';
import { expect, test, vi } from 'vitest';
import { createSpareWorkers } from './spare.ts';

test('the next worker is started ahead and handed out; a dead one is replaced', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const spares = createSpareWorkers(true);
  const first = spares.take();
  vi.advanceTimersByTime(2_000);
  vi.useRealTimers();
  const second = spares.take();
  expect(second.child.pid).not.toBe(first.child.pid);
  await once(second.child, 'message');
  expect(second.isReady()).toBe(true);
  for (const worker of [first, second]) worker.discard();
  spares.close();
});

const processes = () =>
  process.getActiveResourcesInfo().filter((name) => name === 'ProcessWrap').length;

test('nothing is left running when it is closed', async () => {
  await expect.poll(processes).toBe(0);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const spares = createSpareWorkers(true);
  vi.advanceTimersByTime(2_000);
  vi.useRealTimers();
  expect(processes()).toBe(1);
  spares.close();
  await expect.poll(processes).toBe(0);
});
