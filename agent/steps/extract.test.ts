import { describe, expect, it } from 'vitest';
import { issuesOfStep } from '../testing/checkStep.ts';

describe('extract in a workflow file', () => {
  it.each([
    {
      type: 'extract',
      selectors: ['td'],
      what: 'attribute',
      attribute: 'href',
      regex: '(\\d+)',
      as: 'ids',
      all: true,
    },
  ])('takes %j', (step) => {
    expect(issuesOfStep(step)).toEqual([]);
  });

  it.each([
    [{ type: 'extract', selectors: ['a'] }, 'as: is missing'],
    [{ type: 'extract', selectors: ['a'], as: 'a b' }, 'as: must be letters'],
    [{ type: 'extract', selectors: ['a'], as: 'row' }, 'as: is a reserved name'],
    [{ type: 'extract', selectors: ['a'], as: 'list' }, 'as: is a word of the expressions'],
    [{ type: 'extract', selectors: ['a'], as: 'x', what: 'attribute' }, 'attribute: is missing'],
  ])('refuses %j: %s', (step, issue) => {
    expect(issuesOfStep(step)).toContainEqual(expect.stringContaining(issue));
  });
});
