/**
 * Reading everything in an open vault once. Damage is named, and what is not hit is read all the same.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Contents } from '../contents.ts';
import { ownerOnly } from '../vault/files.ts';
import { layout } from '../vault/layout.ts';
import { pause } from '../views/slices.ts';
import type { Soundness } from './backups.ts';
import { copyWhole } from './copyFile.ts';
import { problemsOf } from './integrity.ts';

export async function checkVault(
  contents: Contents,
  onProgress: (done: number, total: number) => void,
): Promise<Soundness> {
  const { documents, blobs } = contents;
  const damaged: string[] = [];
  let checked = 1;
  if ((await databaseProblems(contents)).length > 0) damaged.push('vault.db');

  const ids = readOr(
    [],
    () => documents.ids(),
    () => damaged.push('list of documents'),
  );
  const blobIds = readOr(
    [],
    () => blobs.allIds(),
    () => damaged.push('list of files'),
  );
  const total = ids.length + blobIds.length;
  for (const [n, id] of ids.entries()) {
    const sound = readOr(
      false,
      () => documents.isSound(id),
      () => undefined,
    );
    if (!sound) damaged.push(`document ${id}`);
    if (n % 20 === 19) await pause();
    onProgress(++checked, total);
  }
  for (const { name, journal } of [
    { name: 'run', journal: contents.journal.journal },
    { name: 'activity of', journal: contents.activity.journal },
  ]) {
    const subjects = readOr(
      [],
      () => journal.subjects(),
      () => damaged.push(`journal ${name}`),
    );
    for (const subject of subjects) {
      const altered = readOr(
        0,
        () => journal.firstAltered(subject),
        () => 0,
      );
      if (altered !== null) damaged.push(`${name} ${subject}, from entry ${altered}`);
      checked++;
      await pause();
    }
  }
  for (const id of blobIds) {
    if (!(await blobs.isWhole(id))) damaged.push(`blobs/${id.slice(0, 2)}/${id}`);
    onProgress(++checked, total);
  }
  onProgress(total, total);
  return { damaged, checked };
}

function readOr<T>(otherwise: T, read: () => T, onDamage: () => void): T {
  try {
    return read();
  } catch {
    onDamage();
    return otherwise;
  }
}

/** Checks a copy of the file in a thread, so that nobody waits for it. */
async function databaseProblems({ vault }: Contents): Promise<readonly string[]> {
  const scratch = layout.backups(vault.dir);
  await mkdir(scratch, { recursive: true, mode: ownerOnly.directory });
  const copy = join(scratch, '.check.db');
  const thaw = vault.checkpoints.freeze();
  try {
    await copyWhole(layout.database(vault.dir), copy);
    return await problemsOf(copy, vault.databaseKey, scratch);
  } finally {
    thaw();
    await rm(copy, { force: true });
  }
}
