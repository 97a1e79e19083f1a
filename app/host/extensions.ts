/** Where the extensions of a profile lie on this device. */
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { FailureError } from '../../workspace/model/failure.ts';
import type { Profile } from '../../workspace/model/profile.ts';
import type { Settings } from '../../workspace/model/settings.ts';

/**
 * A profile names its extensions, and this device's settings say which folder that is: another device,
 * which may write the profile, never says which folder of this one a browser loads code from.
 *
 * @returns folders, in the profile's order.
 * @throws FailureError `extensionMissing`: without it the profile would not be what it is meant to be.
 */
export async function extensionFolders(
  { extensions: known }: Pick<Settings, 'extensions'>,
  { name, extensions }: Pick<Profile, 'name' | 'extensions'>,
): Promise<string[]> {
  const folders: string[] = [];
  for (const wanted of extensions) {
    const path = known.find((one) => one.name === wanted)?.path;
    const found =
      path === undefined ? null : await stat(join(path, 'manifest.json')).catch(() => null);
    if (path === undefined || !found?.isFile()) {
      throw new FailureError({ code: 'extensionMissing', name, extension: wanted });
    }
    folders.push(resolve(path));
  }
  return folders;
}
