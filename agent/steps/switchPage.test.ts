import { describe, expect, it } from 'vitest';
import { issuesOfStep } from '../testing/checkStep.ts';

describe('switchPage in a workflow file', () => {
  it.each([
    { type: 'switchPage', index: 0 },
    { type: 'switchPage', index: '{{ n }}' },
    { type: 'switchPage', url: '*/pay' },
    { type: 'switchPage', title: 'Pay*' },
  ])('takes %j', (step) => {
    expect(issuesOfStep(step)).toEqual([]);
  });

  it.each([
    [{ type: 'switchPage' }, ': must have exactly one of'],
    [{ type: 'switchPage', index: 0, url: 'a' }, ': must have exactly one of'],
    [{ type: 'switchPage', index: -1 }, 'index: '],
  ])('refuses %j: %s', (step, issue) => {
    expect(issuesOfStep(step)).toContainEqual(expect.stringContaining(issue));
  });
});
