import { expect, test } from 'vitest';
import type { StepContext } from './definition.ts';
import { until } from './polling.ts';

/** Time that passes only when somebody waits or looks. */
function clock(time: number) {
  let left = time;
  const context = {
    remaining: () => Math.max(1, left),
    pause: async (milliseconds: number) => {
      left -= milliseconds;
    },
  } as unknown as StepContext;
  return { context, pass: (milliseconds: number) => (left -= milliseconds) };
}

const timeout = () => Object.assign(new Error('Timeout 1ms exceeded.'), { name: 'TimeoutError' });

test('looks until it holds, or until the time is nearly over', async () => {
  let looks = 0;
  expect(await until(clock(1_000).context, async () => ++looks === 3)).toBe(true);
  expect(looks).toBe(3);
  const { context } = clock(1_000);
  expect(await until(context, async () => false)).toBe(false);
  expect(context.remaining()).toBeGreaterThanOrEqual(200);
});

test.each([1, 2])('time that runs out in look %i ends it without an error', async (cutOff) => {
  const { context, pass } = clock(1_000);
  let looks = 0;
  const look = async () => {
    looks += 1;
    if (looks < cutOff) return false;
    pass(1_000);
    throw timeout();
  };
  expect(await until(context, look)).toBe(false);
  expect(looks).toBe(cutOff);
});

test('what fails otherwise than by time is told', async () => {
  const crash = async () => {
    throw new Error('crashed');
  };
  await expect(until(clock(1_000).context, crash)).rejects.toThrow('crashed');
});
