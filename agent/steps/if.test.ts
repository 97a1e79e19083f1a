// biome-ignore-all lint/suspicious/noThenProperty: the field's name in workflow files.
import { describe, expect, it } from 'vitest';
import { issuesOfStep } from '../testing/checkStep.ts';

describe('if in a workflow file', () => {
  it.each([
    {
      type: 'if',
      conditions: ['a > 1', { visible: ['#x'] }],
      match: 'any',
      then: [{ type: 'press', key: 'a' }],
      else: [],
    },
  ])('takes %j', (step) => {
    expect(issuesOfStep(step)).toEqual([]);
  });

  it.each([
    [{ type: 'if' }, 'conditions: is missing'],
    [{ type: 'if', conditions: [] }, 'conditions: '],
    [{ type: 'if', conditions: ['a >'] }, 'conditions[0]: "a >"'],
    [{ type: 'if', conditions: [{ visibel: ['a'] }] }, 'conditions[0]'],
    [
      {
        type: 'if',
        conditions: ['true'],
        then: [{ type: 'if', conditions: ['true'], else: [{ type: 'click', selectors: [5] }] }],
      },
      'then[0].else[0].selectors[0]: is of the wrong type',
    ],
    [{ type: 'if', conditions: ['true'], then: {} }, 'then: must be a list'],
  ])('refuses %j: %s', (step, issue) => {
    expect(issuesOfStep(step)).toContainEqual(expect.stringContaining(issue));
  });
});
