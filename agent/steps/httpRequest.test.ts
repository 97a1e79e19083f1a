import { describe, expect, it } from 'vitest';
import { issuesOfStep } from '../testing/checkStep.ts';

describe('httpRequest in a workflow file', () => {
  it.each([
    { type: 'httpRequest', url: 'https://example.com' },
    {
      type: 'httpRequest',
      method: 'POST',
      url: '{{ api }}/orders',
      headers: { Authorization: 'Bearer {{ token }}' },
      body: { order: '{{ order }}' },
      as: 'answer',
      failOnStatus: false,
    },
  ])('takes %j', (step) => {
    expect(issuesOfStep(step)).toEqual([]);
  });

  it.each([
    [{ type: 'httpRequest' }, 'url: is missing'],
    [{ type: 'httpRequest', url: 'a', method: 'CONNECT' }, 'method: must be'],
    [{ type: 'httpRequest', url: 'a', headers: { Host: 'b' } }, 'headers.Host: '],
    [{ type: 'httpRequest', url: 'a', headers: { Cookie: 'b' } }, 'headers.Cookie: '],
    [{ type: 'httpRequest', url: 'a', headers: { 'A B': 'b' } }, 'headers.A B: '],
    [{ type: 'httpRequest', url: 'a', headers: { A: 5 } }, 'headers.A: '],
  ])('refuses %j: %s', (step, issue) => {
    expect(issuesOfStep(step)).toContainEqual(expect.stringContaining(issue));
  });
});
