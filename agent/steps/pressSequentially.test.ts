import { describe, expect, it } from 'vitest';
import { issuesOfStep } from '../testing/checkStep.ts';

describe('pressSequentially in a workflow file', () => {
  it.each([
    { type: 'pressSequentially', selectors: ['a'], text: '{{ a }}' },
    { type: 'pressSequentially', selectors: ['a'], text: 'b', delay: 20 },
  ])('takes %j', (step) => {
    expect(issuesOfStep(step)).toEqual([]);
  });

  it.each([
    [{ type: 'pressSequentially', selectors: ['a'] }, 'text: is missing'],
    [{ type: 'pressSequentially', selectors: ['a'], text: 'b', delay: -1 }, 'delay: '],
  ])('refuses %j: %s', (step, issue) => {
    expect(issuesOfStep(step)).toContainEqual(expect.stringContaining(issue));
  });
});
