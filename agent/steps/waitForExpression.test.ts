import { describe, expect, it } from 'vitest';
import { issuesOfStep } from '../testing/checkStep.ts';

describe('waitForExpression in a workflow file', () => {
  it.each([{ type: 'waitForExpression', expression: 'window.ready && { a: {{}} }' }])(
    'takes %j',
    (step) => {
      expect(issuesOfStep(step)).toEqual([]);
    },
  );

  it.each([
    [{ type: 'waitForExpression' }, 'expression: is missing'],
    [{ type: 'waitForExpression', expression: '' }, 'expression: '],
  ])('refuses %j: %s', (step, issue) => {
    expect(issuesOfStep(step)).toContainEqual(expect.stringContaining(issue));
  });
});
