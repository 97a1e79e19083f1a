import { describe, expect, it } from 'vitest';
import { issuesOfStep } from '../testing/checkStep.ts';

describe('waitForElement in a workflow file', () => {
  it.each([
    { type: 'waitForElement', selectors: ['main'] },
    { type: 'waitForElement', selectors: ['li'], operator: '==', count: 3, state: 'attached' },
  ])('takes %j', (step) => {
    expect(issuesOfStep(step)).toEqual([]);
  });

  it.each([
    [{ type: 'waitForElement', selectors: ['li'], state: 'gone' }, 'state: must be'],
    [{ type: 'waitForElement', selectors: ['li'], state: 'hidden', count: 1 }, 'count: goes with'],
    [{ type: 'waitForElement', selectors: ['li'], count: -1 }, 'count: '],
  ])('refuses %j: %s', (step, issue) => {
    expect(issuesOfStep(step)).toContainEqual(expect.stringContaining(issue));
  });
});
