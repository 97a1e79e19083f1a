/** The columns and the looks of a list of profiles: plain lists, which a window needs without the schemas. */

/** Columns besides the name, which is always there, in the order in which they stand. */
export const profileColumns = [
  'group',
  'tags',
  'notes',
  'proxy',
  'place',
  'viewport',
  'session',
  'lastUsed',
  'lastRun',
  'created',
  'updated',
] as const;
export type ProfileColumn = (typeof profileColumns)[number];

export const usualColumns: readonly ProfileColumn[] = [
  'group',
  'tags',
  'proxy',
  'place',
  'session',
  'lastRun',
];

/** How the list is drawn. */
export const profileLooks = ['table', 'cards'] as const;
export type ProfileLook = (typeof profileLooks)[number];

/** Views that one device keeps. */
export const mostViews = 50;
