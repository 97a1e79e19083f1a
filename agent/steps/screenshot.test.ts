import { describe, expect, it } from 'vitest';
import { issuesOfStep } from '../testing/checkStep.ts';

describe('screenshot in a workflow file', () => {
  it.each([
    { type: 'screenshot' },
    { type: 'screenshot', fullPage: true, mask: ['input'], name: 'after {{ index }}' },
  ])('takes %j', (step) => {
    expect(issuesOfStep(step)).toEqual([]);
  });

  it.each([
    [{ type: 'screenshot', mask: [] }, 'mask: '],
    [{ type: 'screenshot', fullPage: 1 }, 'fullPage: must be a boolean'],
  ])('refuses %j: %s', (step, issue) => {
    expect(issuesOfStep(step)).toContainEqual(expect.stringContaining(issue));
  });
});
