import { describe, expect, it } from 'vitest';
import { issuesOfStep } from '../testing/checkStep.ts';

describe('click in a workflow file', () => {
  it.each([
    { type: 'click', selectors: ['a'] },
    {
      type: 'click',
      selectors: [{ role: 'button', name: 'Go', exact: true }],
      nth: '{{ index }}',
      frame: ['iframe', 0],
      button: 'right',
      clickCount: 2,
      modifiers: ['Shift'],
      position: { x: 1, y: 2 },
    },
  ])('takes %j', (step) => {
    expect(issuesOfStep(step)).toEqual([]);
  });

  it.each([
    [{ type: 'click' }, 'selectors: is missing'],
    [{ type: 'click', selectors: [] }, 'selectors: '],
    [{ type: 'click', selectors: ['a', { csss: 'b' }] }, 'selectors[1].csss: is not a field'],
    [
      { type: 'click', selectors: [{ css: 'a', text: 'b' }] },
      'selectors[0]: must have exactly one of',
    ],
    [{ type: 'click', selectors: [{ css: 'a', exact: true }] }, 'selectors[0]: "exact" belongs to'],
    [{ type: 'click', selectors: ['a'], modifiers: ['Shft'] }, 'modifiers[0]: must be'],
    [{ type: 'click', selectors: ['a'], clickCount: 0 }, 'clickCount: '],
    [{ type: 'click', selectors: ['{{ a. }}'] }, 'selectors[0]: "a."'],
  ])('refuses %j: %s', (step, issue) => {
    expect(issuesOfStep(step)).toContainEqual(expect.stringContaining(issue));
  });
});
