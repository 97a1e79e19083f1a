import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alive } from '../browser/kill.ts';
import { startSite, type TestSite } from '../testing/site.ts';
import { removeTemporaryDirs, startTask } from '../testing/task.ts';

/**
 * Milliseconds that no cancelled task may take, far below what its steps would go on for. The product's
 * figure, a second, is measured by the benchmarks: a loaded machine must not fail a test.
 */
const muchTooLong = 5_000;

let site: TestSite;
beforeAll(async () => {
  site = await startSite({
    '/': '<h1>Here</h1>',
    '/never': () => undefined,
    '/busy': `<button onclick="for (;;) {}">Busy</button>`,
    '/alerts': `<button onclick="for (;;) alert('again')">Alerts</button>`,
  });
});
afterAll(async () => {
  await site.close();
  removeTemporaryDirs();
});

const to = (path: string) => ({ type: 'navigate', url: `{{ site }}${path}` });
const endless = { type: 'setVariable', name: 'n', value: '{{ index }}' };

const situations: [string, Record<string, unknown>[]][] = [
  ['a page that never loads', [to('/never')]],
  ['a selector that never appears', [to('/'), { type: 'click', selectors: ['#missing'] }]],
  [
    'several selectors that never appear',
    [to('/'), { type: 'click', selectors: ['#missing', '#neither'] }],
  ],
  ['a page that hangs in its script', [to('/busy'), { type: 'click', selectors: ['button'] }]],
  ['alerts without end', [to('/alerts'), { type: 'click', selectors: ['button'] }]],
  ['a loop that only counts', [{ type: 'loop', times: 100_000, max: 100_000, steps: [endless] }]],
  [
    'a loop that does nothing',
    [
      {
        type: 'loop',
        while: 'true',
        max: 100_000,
        steps: [],
        continue: 'size([1,2,3].map(x, x)) == 3',
      },
    ],
  ],
  [
    'a pause between attempts',
    [{ type: 'assert', url: 'x', timeout: 10, retries: { count: 5, delay: 60_000 } }],
  ],
];

describe('a task is over soon after it was cancelled', () => {
  it.each(situations)('%s', async (_, steps) => {
    const task = startTask({ steps, variables: { site: site.origin } });
    const last = steps.length;
    await task.seen((event) => event.type === 'step.started' && event.execution >= last);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const asked = performance.now();
    task.cancel();
    const { outcome, of } = await task.finished();
    const took = performance.now() - asked;
    expect(outcome).toMatchObject({ status: 'cancelled', failure: null });
    expect(of('task.finished')).toHaveLength(1);
    expect(of('step.finished').at(-1)?.outcome).toBe('cancelled');
    expect(took).toBeLessThan(muchTooLong);
  });

  it('also before the browser is up', async () => {
    const task = startTask({ steps: [to('/')], variables: { site: site.origin } });
    const asked = performance.now();
    task.cancel();
    task.cancel();
    const { outcome, events } = await task.finished();
    expect(outcome.status).toBe('cancelled');
    expect(events.map(({ type }) => type)).toEqual(['task.finished']);
    expect(performance.now() - asked).toBeLessThan(muchTooLong);
  });

  it('and its worker is gone', async () => {
    const task = startTask({ steps: [to('/never')], variables: { site: site.origin } });
    await task.seen((event) => event.type === 'step.started');
    task.cancel();
    await task.finished();
    expect(task.pid !== undefined && alive(task.pid)).toBe(false);
  });
});
