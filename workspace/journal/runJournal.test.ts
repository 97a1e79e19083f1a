import { expect, test } from 'vitest';
import type { RunEvent } from '../model/run.ts';
import { newContents } from '../testing.ts';
import { resultTable } from './results.ts';

const started: RunEvent = {
  type: 'run.started',
  at: 10,
  workflowId: 'w',
  workflowName: 'Flow',
  variables: { a: 1 },
  headless: true,
  profiles: [
    { taskId: 't1', profileId: 'p1', name: 'Alice' },
    { taskId: 't2', profileId: 'p2', name: 'Bob' },
  ],
};

const extracted = (
  taskId: string,
  name: string,
  value: string,
  iterations: number[],
): RunEvent => ({
  type: 'data.extracted',
  at: 20,
  taskId,
  execution: 1,
  stepId: 's',
  name,
  value,
  iterations,
});

async function journal() {
  const { journal: runs, views } = await newContents(() => 99);
  return { ...runs, rebuild: () => views.rebuild(() => undefined) };
}

test('events keep their order, numbered without gaps, and make the views', async () => {
  const runs = await journal();
  runs.append('r', [started, { type: 'task.started', at: 11, taskId: 't1', browser: 'Chromium' }]);
  runs.append('r', [
    { type: 'task.finished', at: 12, taskId: 't1', status: 'succeeded' },
    {
      type: 'task.finished',
      at: 13,
      taskId: 't2',
      status: 'failed',
      failure: { reason: 'timeout', detail: 'no' },
    },
    { type: 'run.finished', at: 14, status: 'failed' },
  ]);
  expect(runs.events('r', 0, 100).map((event) => event.sequence)).toEqual([1, 2, 3, 4, 5]);
  expect(runs.events('r', 3, 1).map((event) => event.type)).toEqual(['task.finished']);
  const detail = runs.detail('r');
  expect(detail).toMatchObject({
    status: 'failed',
    tasks: 2,
    succeeded: 1,
    failed: 1,
    finishedAt: 14,
  });
  expect(
    detail.taskRows.map((task) => [task.profileName, task.status, task.failure?.reason]),
  ).toEqual([
    ['Alice', 'succeeded', undefined],
    ['Bob', 'failed', 'timeout'],
  ]);
});

test('an event of a task is told to the list of its profile, and to no other of a large run', async () => {
  const { journal: runs, vault } = await newContents();
  const told: string[][] = [];
  vault.store.onCommitted((changes) => told.push([...(changes.get('profile') ?? [])]));
  runs.append('r', [started]);
  runs.append('r', [{ type: 'task.started', at: 11, taskId: 't2', browser: 'x' }]);
  runs.append('r', [
    { type: 'task.finished', at: 12, taskId: 't1', status: 'succeeded' },
    { type: 'run.finished', at: 14, status: 'succeeded' },
  ]);
  expect(told).toEqual([['p1', 'p2'], ['p2'], ['p1']]);
});

test('what a dead host left running is interrupted once', async () => {
  const runs = await journal();
  runs.append('r', [started, { type: 'task.finished', at: 12, taskId: 't1', status: 'succeeded' }]);
  expect(runs.interruptUnfinished()).toEqual(['r']);
  expect(runs.interruptUnfinished()).toEqual([]);
  const detail = runs.detail('r');
  expect(detail.status).toBe('interrupted');
  expect(detail.taskRows.map((task) => task.status)).toEqual(['succeeded', 'interrupted']);
});

test('views rebuilt from the journal are the same', async () => {
  const runs = await journal();
  runs.append('r', [started, { type: 'task.started', at: 11, taskId: 't2', browser: 'x' }]);
  runs.append('r2', [
    { ...started, at: 50, profiles: [{ taskId: 'u', profileId: 'p', name: 'U' }] },
  ]);
  const before = [runs.detail('r'), runs.detail('r2'), runs.list({ limit: 10 })];
  await runs.rebuild();
  expect([runs.detail('r'), runs.detail('r2'), runs.list({ limit: 10 })]).toEqual(before);
});

test('what is written down while the views are made again is there, once', async () => {
  const { journal: runs } = await newContents();
  runs.append('r', [started]);
  runs.beginRebuild();
  runs.append('r', [
    { type: 'task.finished', at: 12, taskId: 't1', status: 'succeeded' },
    { type: 'task.finished', at: 12, taskId: 't2', status: 'succeeded' },
    { type: 'run.finished', at: 14, status: 'succeeded' },
  ]);
  for (let after: number | null = 0; after !== null; ) after = runs.rebuildPage(after, 2);
  runs.append('q', [{ ...started, profiles: [{ taskId: 'u', profileId: 'p', name: 'U' }] }]);
  expect(runs.detail('r')).toMatchObject({ status: 'succeeded', succeeded: 2 });
  expect(runs.list({ limit: 9 }).total).toBe(2);
});

test('runs are listed newest first, by pages, and by what they are asked for', async () => {
  const runs = await journal();
  for (let n = 0; n < 25; n++) {
    const profiles = [{ taskId: `t${n}`, profileId: `p${n % 5}`, name: 'x' }];
    runs.append(`r${n}`, [{ ...started, at: n, workflowId: `w${n % 2}`, profiles }]);
  }
  const first = runs.list({ limit: 10 });
  const second = runs.list({ limit: 20, after: first.next ?? '' });
  expect([...first.rows, ...second.rows].map((row) => row.startedAt)).toEqual(
    Array.from({ length: 25 }, (_, n) => 24 - n),
  );
  expect(runs.list({ limit: 50, workflowId: 'w1' }).total).toBe(12);
  expect(runs.list({ limit: 50, profileId: 'p3' }).total).toBe(5);
  expect(runs.list({ limit: 50, status: 'failed' }).total).toBe(0);
});

test('each pass of a loop is a row that carries what was extracted around it', async () => {
  const runs = await journal();
  const events = runs.append('r', [
    started,
    extracted('t1', 'shop', 'North', []),
    extracted('t1', 'item', 'pen', [0]),
    extracted('t1', 'price', '1', [0]),
    extracted('t1', 'item', 'ink', [1]),
    extracted('t2', 'shop', 'South', []),
  ]);
  expect(resultTable(events)).toEqual({
    columns: ['shop', 'item', 'price'],
    rows: [
      { taskId: 't1', profile: 'Alice', cells: { shop: 'North', item: 'pen', price: '1' } },
      { taskId: 't1', profile: 'Alice', cells: { shop: 'North', item: 'ink' } },
      { taskId: 't2', profile: 'Bob', cells: { shop: 'South' } },
    ],
  });
});

test("a list of one profile's runs tells what became of that profile, whatever the others did", async () => {
  const runs = await journal();
  runs.append('r', [
    started,
    { type: 'task.started', at: 11, taskId: 't1', browser: 'Chromium' },
    { type: 'task.finished', at: 15, taskId: 't1', status: 'succeeded' },
    {
      type: 'task.finished',
      at: 18,
      taskId: 't2',
      status: 'failed',
      failure: { reason: 'timeout', detail: '' },
    },
    { type: 'run.finished', at: 19, status: 'failed' },
  ]);
  const [row] = runs.list({ profileId: 'p1', limit: 10 }).rows;
  expect(row).toMatchObject({ status: 'failed', own: { status: 'succeeded', startedAt: 11 } });
  expect(runs.list({ profileId: 'p2', limit: 10 }).rows[0]?.own?.status).toBe('failed');
  expect(runs.list({ limit: 10 }).rows[0]).not.toHaveProperty('own');
  expect(runs.list({ profileId: 'p3', limit: 10 })).toMatchObject({ rows: [], total: 0 });
});
