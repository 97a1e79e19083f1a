/** A process that was started ahead of its task, and what may have become of it by then. */
import { once } from 'node:events';
import { afterAll, expect, test } from 'vitest';
import { removeTemporaryDirs, taskSpec } from '../testing/task.ts';
import { prepareWorker, startWorker } from './client.ts';
import type { WorkerEvent } from './protocol.ts';

afterAll(removeTemporaryDirs);

const task = () => taskSpec({ steps: [{ type: 'setVariable', name: 'a', value: 1 }] });

test('a worker that is ready before its task runs it', async () => {
  const prepared = prepareWorker();
  await once(prepared.child, 'message');
  expect(prepared.isReady()).toBe(true);
  const outcome = await startWorker(task(), { onEvent: () => undefined }, prepared).done;
  expect(outcome.status).toBe('succeeded');
});

test('a worker that died before its task ends it once, as interrupted', async () => {
  const prepared = prepareWorker();
  prepared.discard();
  await once(prepared.child, 'exit');
  const events: WorkerEvent[] = [];
  const outcome = await startWorker(task(), { onEvent: (event) => events.push(event) }, prepared)
    .done;
  expect(outcome).toMatchObject({ status: 'interrupted', failure: { reason: 'workerLost' } });
  expect(events.map((event) => event.type)).toEqual(['task.finished']);
});
