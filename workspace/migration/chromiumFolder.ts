/**
 * The profiles in a Chromium browser's user folder, by what its own settings say of them. Cookies and
 * logins are sealed with a key that the system keeps for that browser, and stay where they are.
 *
 * The folder is untrusted: files of known names are read, within bounds, and no link is followed.
 */
import { constants } from 'node:fs';
import { lstat, open, readdir, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { parseBoundedJson } from '../model/boundedJson.ts';
import { FailureError } from '../model/failure.ts';
import type { ImportNote } from '../model/migration.ts';
import { profilePatchSchema } from '../model/profile.ts';
import { readAt } from '../vault/files.ts';
import type { ReadRow } from './readRow.ts';
import { refuse } from './table.ts';

/** Bytes of settings, and how deep they nest. */
const bounds = { bytes: 64 * 1024 * 1024, depth: 100 };
const mostProfiles = 1_000;

const folderName = /^(Default|Profile \d{1,6})$/;

const localState = z.looseObject({
  profile: z.looseObject({
    info_cache: z.record(z.string(), z.looseObject({ name: z.string().optional() })),
  }),
});

const preferences = z.looseObject({
  session: z
    .looseObject({
      restore_on_startup: z.number().optional(),
      startup_urls: z.array(z.string()).optional(),
    })
    .optional(),
});

/** `restore_on_startup` where the browser opens `startup_urls`. */
const opensPages = 4;

/**
 * @param path the folder that has `Local State` in it; `~` is the person's own.
 * @returns a row for each profile, in the folder's order.
 * @throws FailureError `importRefused` `notChromium` where there are none.
 */
export async function readChromiumFolder(path: string): Promise<ReadRow[]> {
  const root = await realpath(path.replace(/^~(?=$|[\\/])/, homedir())).catch(() => {
    throw refuse(path, 'notChromium');
  });
  const names = await namesIn(root);
  const folders = (await profileFolders(root)).slice(0, mostProfiles);
  if (folders.length === 0) throw refuse(path, 'notChromium');
  return Promise.all(
    folders.map((folder, index) =>
      readFolder(join(root, folder), index + 1, names.get(folder) || folder),
    ),
  );
}

/** By folder, what people called them. */
async function namesIn(root: string): Promise<Map<string, string>> {
  const read = localState.safeParse(await readJson(join(root, 'Local State')));
  const cache = read.success ? read.data.profile.info_cache : {};
  return new Map(Object.entries(cache).map(([folder, { name }]) => [folder, name?.trim() ?? '']));
}

async function profileFolders(root: string): Promise<string[]> {
  const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
  const number = (folder: string) => Number(folder.replace(/\D/g, ''));
  return entries
    .filter((entry) => entry.isDirectory() && folderName.test(entry.name))
    .map(({ name }) => name)
    .sort((a, b) => number(a) - number(b));
}

async function readFolder(folder: string, row: number, called: string): Promise<ReadRow> {
  const notes: ImportNote[] = [];
  const given: { startPages?: string[] } = {};
  const read = preferences.safeParse(await readJson(join(folder, 'Preferences')));
  const session = read.success ? read.data.session : undefined;
  const startPages = session?.restore_on_startup === opensPages ? session.startup_urls : undefined;
  if (startPages && startPages.length > 0) {
    if (profilePatchSchema.safeParse({ startPages }).success) given.startPages = startPages;
    else notes.push({ field: 'startPage', problem: 'invalid' });
  }
  const has = async (...way: string[]) => isPlainFile(join(folder, ...way));
  if ((await has('Network', 'Cookies')) || (await has('Cookies'))) {
    notes.push({ field: 'cookies', problem: 'encrypted' });
  }
  if (await has('Login Data')) notes.push({ field: 'siteLogin', problem: 'encrypted' });
  if (await has('Bookmarks')) notes.push({ field: 'startPage', problem: 'bookmarks' });
  const name = called.replace(/[\s\p{Cc}]+/gu, ' ').slice(0, 200);
  return { row, name, given, proxy: null, cookies: null, notes };
}

const isPlainFile = (path: string): Promise<boolean> =>
  lstat(path).then(
    (found) => found.isFile(),
    () => false,
  );

/** @returns null for what is not there, is no plain file, is too large or is no JSON. */
async function readJson(path: string): Promise<unknown> {
  try {
    // A pipe would never end to open; a link may lead anywhere.
    const file = await open(
      path,
      constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0),
    );
    try {
      const found = await file.stat();
      if (!found.isFile() || found.size > bounds.bytes) return null;
      return parseBoundedJson(await readAt(file, 0, found.size), path, bounds);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof FailureError || isUnreadable(error)) return null;
    throw error;
  }
}

/** Missing, behind a link, or not ours to read. */
const isUnreadable = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  ['ENOENT', 'ENOTDIR', 'ELOOP', 'EACCES'].includes(String(error.code));
