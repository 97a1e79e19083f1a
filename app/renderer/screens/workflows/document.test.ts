import { describe, expect, it } from 'vitest';
import { documentText, emptyDocument, newStepId, readDocument } from './document.ts';

const branchesOf = (type: string) => (type === 'loop' ? ['steps'] : []);

describe('readDocument', () => {
  it('reads what was written', () => {
    const document = { ...emptyDocument(), name: 'x', steps: [{ id: 'a', type: 'click' }] };
    expect(readDocument(documentText(document), branchesOf)).toEqual({ ok: true, document });
  });

  it('identifies steps that have no identifier', () => {
    const read = readDocument('{"name":"x","steps":[{"type":"click"}]}', branchesOf);
    expect(read.ok && read.document.steps[0]?.id).toMatch(/^[0-9a-z]{8}$/);
  });

  it('refuses what can not be shown as an outline', () => {
    const problem = (text: string) => {
      const read = readDocument(text, branchesOf);
      return read.ok ? null : read.problem;
    };
    expect(problem('{')).toBe('notJson');
    expect(problem('[]')).toBe('notAWorkflow');
    expect(problem('{"name":"x","steps":[1]}')).toBe('notAWorkflow');
    expect(problem('{"name":"x","steps":[{"type":"loop","steps":7}]}')).toBe('notAWorkflow');
  });
});

it('makes identifiers that differ', () => {
  expect(new Set(Array.from({ length: 1_000 }, newStepId)).size).toBe(1_000);
});
