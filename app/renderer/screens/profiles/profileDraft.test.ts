import { expect, it } from 'vitest';
import { changedFields, emptyProfile, fieldProblems } from './profileDraft.ts';

it('sends only what changed', () => {
  const before = { ...emptyProfile(), name: 'a', tags: ['x'] };
  expect(changedFields(before, { ...before, tags: ['x'] })).toEqual({});
  expect(changedFields(before, { ...before, tags: ['y'], locale: 'vi-VN' })).toEqual({
    tags: ['y'],
    locale: 'vi-VN',
  });
});

it('puts problems to their fields', () => {
  const sorted = fieldProblems({
    code: 'invalid',
    issues: [
      { path: 'input.viewport.width', message: 'too small' },
      { path: 'tags[0]', message: 'too long' },
    ],
  });
  expect(sorted).toEqual({
    byField: { viewport: ['too small'], tags: ['too long'] },
    general: false,
  });
  expect(fieldProblems({ code: 'storageFull' }).general).toBe(true);
});
