import { describe, expect, it } from 'vitest';
import { issuesOfStep } from '../testing/checkStep.ts';

describe('delay in a workflow file', () => {
  it.each([
    { type: 'delay', ms: 0 },
    { type: 'delay', ms: '{{ pause }}' },
  ])('takes %j', (step) => {
    expect(issuesOfStep(step)).toEqual([]);
  });

  it.each([
    [{ type: 'delay' }, 'ms: is missing'],
    [{ type: 'delay', ms: 4000000 }, 'ms: '],
    [{ type: 'delay', ms: 'soon' }, 'ms: must be a number or {{ }}'],
  ])('refuses %j: %s', (step, issue) => {
    expect(issuesOfStep(step)).toContainEqual(expect.stringContaining(issue));
  });
});
