import { describe, expect, it } from 'vitest';
import { issuesOfStep } from '../testing/checkStep.ts';

describe('check in a workflow file', () => {
  it.each([
    { type: 'check', selectors: ['a'] },
    { type: 'check', selectors: ['a'], checked: false },
  ])('takes %j', (step) => {
    expect(issuesOfStep(step)).toEqual([]);
  });

  it.each([
    [{ type: 'check', checked: true }, 'selectors: is missing'],
    [{ type: 'check', selectors: ['a'], checked: 'yes' }, 'checked: '],
  ])('refuses %j: %s', (step, issue) => {
    expect(issuesOfStep(step)).toContainEqual(expect.stringContaining(issue));
  });
});
