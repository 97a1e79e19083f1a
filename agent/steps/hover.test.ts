import { describe, expect, it } from 'vitest';
import { issuesOfStep } from '../testing/checkStep.ts';

describe('hover in a workflow file', () => {
  it.each([
    { type: 'hover', selectors: ['a'] },
    { type: 'hover', selectors: ['a'], modifiers: ['Shift'], position: { x: 1, y: 2 }, nth: 1 },
  ])('takes %j', (step) => {
    expect(issuesOfStep(step)).toEqual([]);
  });

  it.each([
    [{ type: 'hover' }, 'selectors: is missing'],
    [{ type: 'hover', selectors: ['a'], modifiers: ['Shft'] }, 'modifiers[0]: must be'],
  ])('refuses %j: %s', (step, issue) => {
    expect(issuesOfStep(step)).toContainEqual(expect.stringContaining(issue));
  });
});
