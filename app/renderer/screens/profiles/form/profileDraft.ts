/** A profile while it is edited. */
import type { Profile, ProfileInput } from '../../../../../workspace/model/profile.ts';

export const emptyProfile = (): ProfileInput => ({
  name: '',
  notes: '',
  tags: [],
  group: null,
  color: null,
  number: null,
  viewport: { width: 1280, height: 800 },
  locale: null,
  languages: [],
  timeZone: null,
  colorScheme: null,
  userAgent: null,
  deviceScaleFactor: null,
  isMobile: false,
  hasTouch: false,
  geolocation: null,
  permissions: [],
  reducedMotion: null,
  forcedColors: null,
  contrast: null,
  extraHeaders: [],
  startPages: [],
  proxyId: null,
  proxyPool: null,
  extensions: [],
  browser: null,
});

export function profileDraft(profile: Profile): ProfileInput {
  const { id: _id, createdAt: _createdAt, updatedAt: _updatedAt, ...input } = profile;
  return input;
}
