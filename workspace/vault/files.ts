/** Files that are whole or not there: written aside, synced, renamed. Readable by their owner alone. */
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

export const ownerOnly = { file: 0o600, directory: 0o700 } as const;

export async function makePrivateDirectory(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: ownerOnly.directory });
}

export async function writeWhole(path: string, content: string): Promise<void> {
  const aside = `${path}.new`;
  const file = await open(aside, 'w', ownerOnly.file);
  try {
    await file.writeFile(content);
    await file.sync();
  } catch (error) {
    await file.close();
    await rm(aside, { force: true });
    throw error;
  }
  await file.close();
  await rename(aside, path);
  await syncDirectory(dirname(path));
}

/** Makes a rename or a new file in the directory survive a power cut, where the system can. */
export async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
