/** How a list of profiles is looked at: its columns, and the views that people save. */
import { z } from 'zod';
import { profileFilterSchema } from './profile.ts';
import { profileColumns, profileLooks } from './profileColumns.ts';
import { listOrders } from './record.ts';

export const profileColumnsSchema = z.array(z.enum(profileColumns)).max(profileColumns.length);

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
