import { describe, expect, it } from 'vitest';
import { issuesOfStep } from '../testing/checkStep.ts';

describe('waitForResponse in a workflow file', () => {
  it.each([
    { type: 'waitForResponse', url: '*/api/*' },
    { type: 'waitForResponse', url: '*', status: 204 },
  ])('takes %j', (step) => {
    expect(issuesOfStep(step)).toEqual([]);
  });

  it.each([
    [{ type: 'waitForResponse', url: '*', status: 99 }, 'status: '],
    [{ type: 'waitForResponse', status: 200 }, 'url: is missing'],
  ])('refuses %j: %s', (step, issue) => {
    expect(issuesOfStep(step)).toContainEqual(expect.stringContaining(issue));
  });
});
