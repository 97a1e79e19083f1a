import { describe, expect, it } from 'vitest';
import { issuesOfStep } from '../testing/checkStep.ts';

describe('loop in a workflow file', () => {
  it.each([
    { type: 'loop', forEach: '{{ rows }}', as: 'person', steps: [] },
    {
      type: 'loop',
      while: 'index < 3',
      max: 10,
      break: '{{ done }}',
      continue: 'index == 1',
      steps: [],
    },
    { type: 'loop', times: 3, steps: [{ type: 'press', key: 'a' }] },
  ])('takes %j', (step) => {
    expect(issuesOfStep(step)).toEqual([]);
  });

  it.each([
    [{ type: 'loop', steps: [] }, ': must have exactly one of forEach, while, times'],
    [{ type: 'loop', times: 1, while: 'true', steps: [] }, ': must have exactly one of'],
    [{ type: 'loop', times: 3 }, 'steps: is missing'],
    [{ type: 'loop', while: '1 +', steps: [] }, 'while: "1 +"'],
    [
      { type: 'loop', times: 3, steps: [{ type: 'lop' }] },
      'steps[0].type: "lop" is not a kind of step',
    ],
    [{ type: 'loop', times: 1, max: 0, steps: [] }, 'max: '],
  ])('refuses %j: %s', (step, issue) => {
    expect(issuesOfStep(step)).toContainEqual(expect.stringContaining(issue));
  });
});
