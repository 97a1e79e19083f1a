import { describe, expect, it } from 'vitest';
import { stepCatalogue } from './catalogue.ts';
import { parseWorkflow } from './parse.ts';

describe('the catalogue of steps', () => {
  const kinds = stepCatalogue();

  it('has every kind once', () => {
    const types = kinds.map(({ type }) => type);
    expect(new Set(types).size).toBe(types.length);
    expect(types).toHaveLength(30);
  });

  it.each(kinds)('$type can be sent to a window as JSON', (kind) => {
    expect(JSON.parse(JSON.stringify(kind))).toEqual(kind);
    expect(kind.schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
  });

  it.each(kinds)('a new $type has all required fields', ({ template, fields }) => {
    const required = fields.filter((field) => field.required).map(({ name }) => name);
    expect(Object.keys(template)).toEqual(expect.arrayContaining(required));
    expect(parseWorkflow({ name: 'x', steps: [template] }).ok).toBe(true);
  });
});
