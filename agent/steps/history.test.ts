import { describe, expect, it } from 'vitest';
import { issuesOfStep } from '../testing/checkStep.ts';

describe('history in a workflow file', () => {
  it.each([{ type: 'history' }, { type: 'history', go: 'forward', waitUntil: 'commit' }])(
    'takes %j',
    (step) => {
      expect(issuesOfStep(step)).toEqual([]);
    },
  );

  it.each([
    [{ type: 'history', go: 'home' }, 'go: must be'],
    [{ type: 'history', waitUntil: 'idle' }, 'waitUntil: '],
  ])('refuses %j: %s', (step, issue) => {
    expect(issuesOfStep(step)).toContainEqual(expect.stringContaining(issue));
  });
});
