/** A profile while it is edited. */
import type { Profile, ProfileInput } from '../../../../workspace/model/profile.ts';

export const emptyProfile = (): ProfileInput => ({
  name: '',
  notes: '',
  tags: [],
  viewport: { width: 1280, height: 800 },
  locale: null,
  timeZone: null,
  colorScheme: null,
  userAgent: null,
  proxyId: null,
});

export function profileDraft(profile: Profile): ProfileInput {
  const { id: _id, createdAt: _createdAt, updatedAt: _updatedAt, ...input } = profile;
  return input;
}
