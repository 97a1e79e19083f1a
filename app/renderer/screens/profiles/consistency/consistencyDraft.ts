/** What a click changes in a profile's draft, and what of a draft a browser can be measured with. Pure. */
import type { Fix } from '../../../../../workspace/model/consistency/contradiction.ts';
import type { Alignment } from '../../../../../workspace/model/places/alignment.ts';
import type { ProfileInput } from '../../../../../workspace/model/profile.ts';

/** @returns null where there is nothing to match. */
export function changeOf(
  fix: Fix,
  draft: ProfileInput,
  alignment: Alignment | null,
): Partial<ProfileInput> | null {
  switch (fix) {
    case 'align':
      return alignment;
    case 'ownUserAgent':
      return { userAgent: null };
    case 'ownLanguages':
      return { languages: [] };
    case 'touch':
      return { hasTouch: true };
    case 'allowPlace':
      return { permissions: [...draft.permissions, 'geolocation'] };
  }
}

/** Settings that no browser is told: changing them leaves what was measured true. */
const unseen = ['name', 'notes', 'tags', 'group', 'color', 'number', 'startPages'] as const;

/** Two drafts for which this is the same are the same to a browser. */
export function seenByPages(draft: ProfileInput): string {
  const seen = Object.entries(draft).filter(
    ([name]) => !(unseen as readonly string[]).includes(name),
  );
  return JSON.stringify(seen.sort(([a], [b]) => a.localeCompare(b)));
}
