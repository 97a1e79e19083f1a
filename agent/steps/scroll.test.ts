import { describe, expect, it } from 'vitest';
import { issuesOfStep } from '../testing/checkStep.ts';

describe('scroll in a workflow file', () => {
  it.each([
    { type: 'scroll', y: 600 },
    { type: 'scroll', y: -600, x: '{{ 0 - step }}' },
    { type: 'scroll', selectors: ['a'], intoView: true },
  ])('takes %j', (step) => {
    expect(issuesOfStep(step)).toEqual([]);
  });

  it.each([
    [{ type: 'scroll', intoView: true }, 'selectors: is missing'],
    [{ type: 'scroll', selectors: ['a'], intoView: true, y: 5 }, 'intoView: goes without'],
    [{ type: 'scroll', y: 1.5 }, 'y: '],
  ])('refuses %j: %s', (step, issue) => {
    expect(issuesOfStep(step)).toContainEqual(expect.stringContaining(issue));
  });
});
