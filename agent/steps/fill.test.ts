import { describe, expect, it } from 'vitest';
import { issuesOfStep } from '../testing/checkStep.ts';

describe('fill in a workflow file', () => {
  it.each([{ type: 'fill', selectors: [{ label: 'Email' }], value: '{{ row.email }}' }])(
    'takes %j',
    (step) => {
      expect(issuesOfStep(step)).toEqual([]);
    },
  );

  it.each([
    [{ type: 'fill', selectors: ['a'] }, 'value: is missing'],
    [{ type: 'fill', selectors: ['a'], value: 1 }, 'value: must be a string'],
    [{ type: 'fill', selectors: ['a'], value: '', text: 'x' }, 'text: is not a field of "fill"'],
  ])('refuses %j: %s', (step, issue) => {
    expect(issuesOfStep(step)).toContainEqual(expect.stringContaining(issue));
  });
});
