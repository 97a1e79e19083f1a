/** What a page may use without asking a person, by Playwright's names; Chromium knows all of them. */
export const permissions = [
  'geolocation',
  'notifications',
  'camera',
  'microphone',
  'clipboard-read',
  'clipboard-write',
  'midi',
  'storage-access',
] as const;

export type Permission = (typeof permissions)[number];
