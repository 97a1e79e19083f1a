/** How a list of profiles is looked at: its columns, and the views that people save. */
import { z } from 'zod';
import { profileFilterSchema } from './profile.ts';
import { listOrders } from './record.ts';

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

export const profileColumnsSchema = z.array(z.enum(profileColumns)).max(profileColumns.length);

/** How the list is drawn. */
export const profileLooks = ['table', 'cards'] as const;
export type ProfileLook = (typeof profileLooks)[number];
export const profileLookSchema = z.enum(profileLooks);

/** What is looked for, in which order, and what is shown of it, under a name. */
export const savedViewSchema = z.strictObject({
  id: z.string().min(1).max(100),
  name: z.string().trim().min(1).max(60),
  search: z.string().max(200),
  sort: z.enum(listOrders),
  filter: profileFilterSchema,
  columns: profileColumnsSchema,
  look: profileLookSchema.default('table'),
});
export type SavedView = z.output<typeof savedViewSchema>;

/** Views that one device keeps. */
export const mostViews = 50;
