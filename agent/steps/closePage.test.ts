import { describe, expect, it } from 'vitest';
import { issuesOfStep } from '../testing/checkStep.ts';

describe('closePage in a workflow file', () => {
  it.each([{ type: 'closePage' }])('takes %j', (step) => {
    expect(issuesOfStep(step)).toEqual([]);
  });

  it.each([[{ type: 'closePage', index: 1 }, 'index: is not a field']])(
    'refuses %j: %s',
    (step, issue) => {
      expect(issuesOfStep(step)).toContainEqual(expect.stringContaining(issue));
    },
  );
});
