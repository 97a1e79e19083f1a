/** What a person sets for this device; kept in the vault. */
import { z } from 'zod';
import { extensionName } from './profile.ts';
import { mostViews, usualColumns } from './profileColumns.ts';
import { profileColumnsSchema, profileLookSchema, savedViewSchema } from './profileList.ts';

/** Absolute; Chromium takes several folders with commas between them. */
const extensionPath = z
  .string()
  .trim()
  .max(4_096)
  .regex(/^(\/|[A-Za-z]:[\\/]|\\\\)[^,\0]*$/, 'is not the whole path of a folder, without commas');

export const settingsSchema = z.strictObject({
  language: z.enum(['system', 'en', 'vi']).default('system'),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** Minutes without input until the vault locks; 0 never. */
  autoLockMinutes: z
    .int()
    .min(0)
    .max(24 * 60)
    .default(15),
  /** Browsers at once in a run that names no number. */
  parallelTasks: z.int().min(1).max(32).default(2),
  /** Runs show a window unless this is on. */
  headlessByDefault: z.boolean().default(true),
  /** Hours between backups that Warren makes by itself while it is unlocked; 0 never. */
  backupEveryHours: z
    .int()
    .min(0)
    .max(24 * 365)
    .default(24),
  /** How many backups stay; older ones are deleted. */
  backupsKept: z.int().min(1).max(100).default(7),
  /** Whether other devices are given the sessions of profiles; each is fetched when somebody opens it. */
  syncSessions: z.boolean().default(true),
  /** Whether devices on one network sync with one another, without a relay. */
  syncOnLan: z.boolean().default(true),
  /** Whether other devices are given the history of runs made here. */
  syncRuns: z.boolean().default(true),
  /** Asked through a proxy when that is checked: it answers with the address that it was asked from. */
  exitCheckUrl: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .default('https://api.ipify.org/'),
  /** Unpacked extensions on this device. Never told to others: where they lie is this device's business. */
  extensions: z
    .array(z.strictObject({ name: extensionName, path: extensionPath }))
    .max(100)
    .default([]),
  /** Columns and look of the list of profiles, where no saved view says otherwise. */
  profileColumns: profileColumnsSchema.default([...usualColumns]),
  profileLook: profileLookSchema.default('table'),
  profileViews: z.array(savedViewSchema).max(mostViews).default([]),
  /** A browser to use instead of the one found; null for the found one. */
  browserPath: z.string().max(4_096).nullable().default(null),
});

export type Settings = z.output<typeof settingsSchema>;
export const defaultSettings: Settings = settingsSchema.parse({});
