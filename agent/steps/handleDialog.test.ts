import { describe, expect, it } from 'vitest';
import { issuesOfStep } from '../testing/checkStep.ts';

describe('handleDialog in a workflow file', () => {
  it.each([
    { type: 'handleDialog' },
    { type: 'handleDialog', accept: true, promptText: '{{ answer }}' },
    { type: 'handleDialog', accept: false },
  ])('takes %j', (step) => {
    expect(issuesOfStep(step)).toEqual([]);
  });

  it.each([
    [{ type: 'handleDialog', accept: false, promptText: 'a' }, 'promptText: goes with accept'],
  ])('refuses %j: %s', (step, issue) => {
    expect(issuesOfStep(step)).toContainEqual(expect.stringContaining(issue));
  });
});
