import { describe, expect, it } from 'vitest';
import { issuesOfStep } from '../testing/checkStep.ts';

describe('selectOption in a workflow file', () => {
  it.each([
    { type: 'selectOption', selectors: ['select'], label: 'Blue' },
    { type: 'selectOption', selectors: ['select'], index: 2 },
  ])('takes %j', (step) => {
    expect(issuesOfStep(step)).toEqual([]);
  });

  it.each([
    [
      { type: 'selectOption', selectors: ['select'] },
      ': must have exactly one of value, label, index',
    ],
    [
      { type: 'selectOption', selectors: ['select'], value: 'a', index: 1 },
      ': must have exactly one of',
    ],
    [
      { type: 'selectOption', selectors: ['select'], index: 'two' },
      'index: must be a number or {{ }}',
    ],
  ])('refuses %j: %s', (step, issue) => {
    expect(issuesOfStep(step)).toContainEqual(expect.stringContaining(issue));
  });
});
