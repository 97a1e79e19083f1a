import { describe, expect, it } from 'vitest';
import { issuesOfStep } from '../testing/checkStep.ts';

describe('setVariable in a workflow file', () => {
  it.each([{ type: 'setVariable', name: 'total', value: { a: ['{{ 1 + 1 }}', null] } }])(
    'takes %j',
    (step) => {
      expect(issuesOfStep(step)).toEqual([]);
    },
  );

  it.each([
    [{ type: 'setVariable', name: 'x' }, 'value: is missing'],
    [{ type: 'setVariable', name: 'constructor', value: 1 }, 'name: is a reserved name'],
    [{ type: 'setVariable', name: 'x', value: { a: ['{{ b }'] } }, 'value.a[0]: '],
  ])('refuses %j: %s', (step, issue) => {
    expect(issuesOfStep(step)).toContainEqual(expect.stringContaining(issue));
  });
});
