import { describe, expect, it } from 'vitest';
import { issuesOfStep } from '../testing/checkStep.ts';

describe('newPage in a workflow file', () => {
  it.each([
    { type: 'newPage' },
    { type: 'newPage', url: '{{ site }}/a', waitUntil: 'domcontentloaded' },
  ])('takes %j', (step) => {
    expect(issuesOfStep(step)).toEqual([]);
  });

  it.each([
    [{ type: 'newPage', url: 5 }, 'url: '],
    [{ type: 'newPage', adress: 'x' }, 'adress: is not a field'],
  ])('refuses %j: %s', (step, issue) => {
    expect(issuesOfStep(step)).toContainEqual(expect.stringContaining(issue));
  });
});
