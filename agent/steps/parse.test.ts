import { describe, expect, it } from 'vitest';
import type { Issue } from '../../workspace/model/failure.ts';
import { workflowLimits } from '../../workspace/model/workflow.ts';
import { parseWorkflow } from './parse.ts';

const click = { type: 'click', selectors: ['a'] };

function issues(document: unknown): readonly Issue[] {
  const parsed = parseWorkflow(document);
  if (parsed.ok || parsed.failure.code !== 'invalid') return [];
  return parsed.failure.issues;
}

function nested(depth: number): Record<string, unknown> {
  return depth === 0 ? click : { type: 'loop', times: 1, steps: [nested(depth - 1)] };
}

describe('reading a workflow file', () => {
  it('keeps what the author wrote and gives ids to the steps that lack one', () => {
    const parsed = parseWorkflow({
      name: 'Orders',
      steps: [{ ...click, id: 's1' }, click, { type: 'loop', times: 2, steps: [click] }],
    });
    expect(parsed.ok && parsed.value.steps).toEqual([
      { id: 's1', ...click },
      { id: 's2', ...click },
      { id: 's3', type: 'loop', times: 2, steps: [{ id: 's4', ...click }] },
    ]);
  });

  it('gives the same ids each time, and reads its own result back', () => {
    const document = { name: 'Orders', steps: [nested(3), click] };
    const once = parseWorkflow(document);
    expect(parseWorkflow(document)).toEqual(once);
    expect(once.ok && parseWorkflow(once.value)).toEqual(once);
  });

  it('names an unknown kind and the kinds there are', () => {
    expect(issues({ name: 'x', steps: [click, { type: 'clik' }] })).toEqual([
      {
        path: 'steps[1].type',
        message: expect.stringMatching(/^"clik" is not a kind of step; the kinds are navigate, /),
      },
    ]);
  });

  it('tells all issues of a file at once, with their paths', () => {
    const paths = issues({
      name: '',
      extra: 1,
      steps: [{}, 5, { ...click, id: 'a' }, { ...click, id: 'a' }],
    }).map(({ path }) => path);
    expect(paths).toEqual(['name', 'extra', 'steps[0].type', 'steps[1]', 'steps[3].id']);
  });

  it('checks the names of variables', () => {
    const variables = [{ name: 'a' }, { name: 'a' }, { name: 'list' }];
    const paths = issues({ name: 'x', variables, steps: [] }).map(({ path }) => path);
    expect(paths).toEqual(['variables[1].name', 'variables[2].name']);
  });

  it('counts nested steps against the bounds', () => {
    const many = Array.from({ length: workflowLimits.steps / 2 + 1 }, () => click);
    const halves = [{ type: 'if', conditions: ['true'], else: many }, ...many.slice(1)];
    expect(issues({ name: 'x', steps: halves })).toContainEqual({
      path: 'steps',
      message: `more than ${workflowLimits.steps} steps`,
    });
    expect(issues({ name: 'x', steps: [nested(workflowLimits.depth - 1)] })).toEqual([]);
    expect(issues({ name: 'x', steps: [nested(workflowLimits.depth)] })).toHaveLength(1);
  });

  it('bounds the bytes of a file', () => {
    const note = 'x'.repeat(workflowLimits.bytes);
    expect(issues({ name: 'x', description: note, steps: [] })[0]?.message).toMatch(/at most/);
  });

  it('refuses a prototype in disguise', () => {
    const text = '{"name":"x","steps":[{"type":"click","selectors":["a"],"__proto__":{"a":1}}]}';
    expect(issues(JSON.parse(text))).toEqual([
      { path: 'steps[0].__proto__', message: 'is not allowed as a name' },
    ]);
    expect(issues({ name: 'x', steps: [{ ...click, id: '__proto__' }] })).toHaveLength(1);
    expect(issues({ name: 'x', steps: [{ type: 'constructor' }] })).toHaveLength(1);
  });

  it.each([[null], [undefined], [5], ['x'], [[]], [new Map()], [{ steps: {} }], [{ a: 1n }]])(
    'answers anything with issues (%#)',
    (document) => {
      expect(issues(document).length).toBeGreaterThan(0);
    },
  );

  it('does not follow a document that contains itself', () => {
    const document: Record<string, unknown> = { name: 'x', steps: [] };
    document.description = document;
    expect(issues(document)[0]?.message).toBe('is nested too deep');
  });
});
