/** Copying files so that they are whole or not there, and knowing them by their hash. */
import { constants, createReadStream } from 'node:fs';
import { copyFile, link, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createContentHash } from '../../crypto/contentHash.ts';
import { isMissing, ownerOnly } from '../vault/files.ts';

/** @returns BLAKE2b-256 as 64 hexadecimal digits, or null where there is no such file. */
export async function hashOfFile(path: string): Promise<string | null> {
  const hash = createContentHash();
  try {
    for await (const part of createReadStream(path)) hash.update(part as Uint8Array);
    return hash.hex();
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Copies, syncs and renames into place. @throws when `from` is not there. */
export async function copyWhole(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: ownerOnly.directory });
  const aside = `${to}.part`;
  try {
    await copyFile(from, aside, constants.COPYFILE_FICLONE);
    const file = await open(aside, 'r+');
    try {
      await file.chmod(ownerOnly.file);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, to);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}

/** @returns whether the file system could give the file a second name. */
export async function linkIfPossible(from: string, to: string): Promise<boolean> {
  await mkdir(dirname(to), { recursive: true, mode: ownerOnly.directory });
  try {
    await link(from, to);
    return true;
  } catch {
    return false;
  }
}
