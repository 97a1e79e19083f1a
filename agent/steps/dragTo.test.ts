import { describe, expect, it } from 'vitest';
import { issuesOfStep } from '../testing/checkStep.ts';

describe('dragTo in a workflow file', () => {
  it.each([
    { type: 'dragTo', selectors: ['a'], target: ['b'] },
    { type: 'dragTo', selectors: ['a'], target: [{ text: '{{ there }}' }], frame: [0] },
  ])('takes %j', (step) => {
    expect(issuesOfStep(step)).toEqual([]);
  });

  it.each([
    [{ type: 'dragTo', selectors: ['a'] }, 'target: is missing'],
    [{ type: 'dragTo', selectors: ['a'], target: ['{{ a. }}'] }, 'target[0]: "a."'],
  ])('refuses %j: %s', (step, issue) => {
    expect(issuesOfStep(step)).toContainEqual(expect.stringContaining(issue));
  });
});
