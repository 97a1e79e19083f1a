import { expect, it } from 'vitest';
import { alignmentTo } from '../../../../../workspace/model/places/alignment.ts';
import { emptyProfile } from '../form/profileDraft.ts';
import { changeOf, seenByPages } from './consistencyDraft.ts';

it('a click changes one thing, and adds to what is allowed', () => {
  const draft = { ...emptyProfile(), permissions: ['camera' as const] };
  const germany = alignmentTo('DE');
  expect(changeOf('align', draft, germany)).toEqual(germany);
  expect(changeOf('align', draft, null)).toBeNull();
  expect(changeOf('ownUserAgent', draft, null)).toEqual({ userAgent: null });
  expect(changeOf('ownLanguages', draft, null)).toEqual({ languages: [] });
  expect(changeOf('touch', draft, null)).toEqual({ hasTouch: true });
  expect(changeOf('allowPlace', draft, null)).toEqual({ permissions: ['camera', 'geolocation'] });
});

it('what was measured stays true until something that pages see is changed', () => {
  const before = seenByPages(emptyProfile());
  expect(seenByPages({ ...emptyProfile(), name: 'Other', tags: ['a'], number: 7 })).toBe(before);
  expect(seenByPages({ ...emptyProfile(), timeZone: 'Asia/Tokyo' })).not.toBe(before);
  expect(seenByPages({ ...emptyProfile(), proxyId: 'x' })).not.toBe(before);
});
