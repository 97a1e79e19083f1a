import { describe, expect, it } from 'vitest';
import { issuesOfStep } from '../testing/checkStep.ts';

describe('extractTable in a workflow file', () => {
  it.each([
    { type: 'extractTable', selectors: ['tr'], columns: [{ name: 'a' }], as: 'rows' },
    {
      type: 'extractTable',
      selectors: ['tr'],
      columns: [{ name: '{{ column }}', selector: 'td', what: 'attribute', attribute: 'href' }],
      nextPage: ['.next'],
      limit: 5,
      as: 'rows',
    },
  ])('takes %j', (step) => {
    expect(issuesOfStep(step)).toEqual([]);
  });

  it.each([
    [{ type: 'extractTable', selectors: ['tr'], as: 'rows' }, 'columns: is missing'],
    [
      {
        type: 'extractTable',
        selectors: ['tr'],
        columns: [{ name: 'a' }, { name: 'a' }],
        as: 'rows',
      },
      'columns: a name is there twice',
    ],
    [
      {
        type: 'extractTable',
        selectors: ['tr'],
        columns: [{ name: 'a', what: 'attribute' }],
        as: 'rows',
      },
      'columns: an attribute is missing',
    ],
  ])('refuses %j: %s', (step, issue) => {
    expect(issuesOfStep(step)).toContainEqual(expect.stringContaining(issue));
  });
});
