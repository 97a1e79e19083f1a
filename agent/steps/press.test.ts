import { describe, expect, it } from 'vitest';
import { issuesOfStep } from '../testing/checkStep.ts';

describe('press in a workflow file', () => {
  it.each([
    { type: 'press', key: 'Enter' },
    { type: 'press', key: 'Control+A', selectors: ['input'] },
  ])('takes %j', (step) => {
    expect(issuesOfStep(step)).toEqual([]);
  });

  it.each([
    [{ type: 'press' }, 'key: is missing'],
    [{ type: 'press', key: '' }, 'key: '],
  ])('refuses %j: %s', (step, issue) => {
    expect(issuesOfStep(step)).toContainEqual(expect.stringContaining(issue));
  });
});
