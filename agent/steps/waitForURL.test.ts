import { describe, expect, it } from 'vitest';
import { issuesOfStep } from '../testing/checkStep.ts';

describe('waitForURL in a workflow file', () => {
  it.each([{ type: 'waitForURL', url: '*/done?id={{ id }}' }])('takes %j', (step) => {
    expect(issuesOfStep(step)).toEqual([]);
  });

  it.each([[{ type: 'waitForURL' }, 'url: is missing']])('refuses %j: %s', (step, issue) => {
    expect(issuesOfStep(step)).toContainEqual(expect.stringContaining(issue));
  });
});
