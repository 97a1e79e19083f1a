import { describe, expect, it } from 'vitest';
import { issuesOfStep } from '../testing/checkStep.ts';

describe('navigate in a workflow file', () => {
  it.each([
    { type: 'navigate', url: '{{ site }}/a', waitUntil: 'commit', referer: 'https://a.example' },
  ])('takes %j', (step) => {
    expect(issuesOfStep(step)).toEqual([]);
  });

  it.each([
    [{ type: 'navigate' }, 'url: is missing'],
    [{ type: 'navigate', url: 5 }, 'url: must be a string'],
    [{ type: 'navigate', url: 'x', waitUntil: 'soon' }, 'waitUntil: must be'],
    [{ type: 'navigate', url: '{{ a. }}' }, 'url: "a."'],
  ])('refuses %j: %s', (step, issue) => {
    expect(issuesOfStep(step)).toContainEqual(expect.stringContaining(issue));
  });
});
