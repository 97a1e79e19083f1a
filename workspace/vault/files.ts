/** Files that are whole or not there: written aside, synced, renamed. Readable by their owner alone. */
import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

export const ownerOnly = { file: 0o600, directory: 0o700 } as const;

export async function makePrivateDirectory(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: ownerOnly.directory });
}

/** A name beside a path of the person's choosing, that nobody else has anything under. */
export const asideOf = (path: string): string => `${path}.${randomBytes(8).toString('hex')}.part`;

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

/**
 * Writes all of it at the file's end. One call to the system may take a part only, without an error: at a
 * limit, or when the disk has room for just that much.
 */
export async function appendAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, at, bytes.length - at);
    at += bytesWritten;
  }
}

/** @returns that many bytes from there, fewer only where the file ends before. */
export async function readAt(
  file: FileHandle,
  offset: number,
  length: number,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let read = 0;
  while (read < length) {
    const { bytesRead } = await file.read(bytes, read, length - read, offset + read);
    if (bytesRead === 0) break;
    read += bytesRead;
  }
  return bytes.subarray(0, read);
}

/** Whether a failure says that there is no such file. */
export const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';
