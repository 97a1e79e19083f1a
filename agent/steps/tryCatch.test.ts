import { describe, expect, it } from 'vitest';
import { issuesOfStep } from '../testing/checkStep.ts';

describe('tryCatch in a workflow file', () => {
  it.each([
    { type: 'tryCatch' },
    {
      type: 'tryCatch',
      try: [{ type: 'press', key: 'a' }],
      catch: [{ type: 'press', key: 'b' }],
      finally: [],
    },
  ])('takes %j', (step) => {
    expect(issuesOfStep(step)).toEqual([]);
  });

  it.each([
    [{ type: 'tryCatch', catch: [{ type: 'prss' }] }, 'catch[0].type: "prss" is not a kind'],
    [{ type: 'tryCatch', finally: 5 }, 'finally: '],
  ])('refuses %j: %s', (step, issue) => {
    expect(issuesOfStep(step)).toContainEqual(expect.stringContaining(issue));
  });
});
