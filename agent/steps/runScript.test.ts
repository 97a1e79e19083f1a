import { describe, expect, it } from 'vitest';
import { issuesOfStep } from '../testing/checkStep.ts';

describe('runScript in a workflow file', () => {
  it.each([
    { type: 'runScript', code: 'return 1;' },
    { type: 'runScript', code: 'return {{}};', as: 'result' },
  ])('takes %j', (step) => {
    expect(issuesOfStep(step)).toEqual([]);
  });

  it.each([
    [{ type: 'runScript' }, 'code: is missing'],
    [{ type: 'runScript', code: 'x', as: 'true' }, 'as: is a word of the expressions'],
  ])('refuses %j: %s', (step, issue) => {
    expect(issuesOfStep(step)).toContainEqual(expect.stringContaining(issue));
  });
});
