import { expect, it } from 'vitest';
import { changedFields, fieldProblems } from './changes.ts';

const form: { name: string; tags: string[]; locale: string | null; viewport: object } = {
  name: 'a',
  tags: ['x'],
  locale: null,
  viewport: {},
};

it('sends only what changed', () => {
  expect(changedFields(form, { ...form, tags: ['x'] })).toEqual({});
  expect(changedFields(form, { ...form, tags: ['y'], locale: 'vi-VN' })).toEqual({
    tags: ['y'],
    locale: 'vi-VN',
  });
});

it('puts problems to their fields', () => {
  const sorted = fieldProblems(
    {
      code: 'invalid',
      issues: [
        { path: 'input.viewport.width', message: 'too small' },
        { path: 'tags[0]', message: 'too long' },
      ],
    },
    form,
  );
  expect(sorted).toEqual({
    byField: { viewport: ['too small'], tags: ['too long'] },
    general: false,
  });
  expect(fieldProblems({ code: 'storageFull' }, form).general).toBe(true);
});
