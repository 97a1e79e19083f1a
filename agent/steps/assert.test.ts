import { describe, expect, it } from 'vitest';
import { issuesOfStep } from '../testing/checkStep.ts';

describe('assert in a workflow file', () => {
  it.each([
    { type: 'assert', url: 'https://*/home' },
    { type: 'assert', selectors: ['h1'], text: 'Hello {{ name }}', visible: true, soft: true },
  ])('takes %j', (step) => {
    expect(issuesOfStep(step)).toEqual([]);
  });

  it.each([
    [{ type: 'assert', selectors: ['h1'] }, ': must have one of visible, text, count, value, url'],
    [{ type: 'assert', text: 'x' }, 'selectors: is missing'],
    [{ type: 'assert', selectors: ['a'], visible: 'yes' }, 'visible: must be a boolean'],
  ])('refuses %j: %s', (step, issue) => {
    expect(issuesOfStep(step)).toContainEqual(expect.stringContaining(issue));
  });
});
