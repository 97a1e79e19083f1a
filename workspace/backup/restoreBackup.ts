/**
 * Putting a backup in the place of a vault's content. The vault must be closed. Whenever a crash comes,
 * the vault is the old one or the new one: blobs come first (what is there too much is swept at the next
 * start), then the database beside the old one, then one rename.
 */
import { access, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { withStorageFailures } from '../vault/failures.ts';
import { makePrivateDirectory, syncDirectory } from '../vault/files.ts';
import { layout } from '../vault/layout.ts';
import { soundness } from './backups.ts';
import { copyWhole } from './copyFile.ts';
import {
  blobPath,
  damaged,
  databaseName,
  folderOfBackup,
  openManifest,
  readHead,
} from './manifest.ts';

/** For tests: called before each step, by its name. */
export type StepHook = (step: 'blobs' | 'database' | 'log' | 'rename' | 'done') => void;

/**
 * @param backup a name of one in the vault's folder, or a folder's absolute path.
 * @throws FailureError `vaultDamaged` naming a part of the backup; nothing has been touched then.
 */
export async function restoreBackup(
  dir: string,
  backup: string,
  databaseKey: Uint8Array,
  before: StepHook = () => undefined,
): Promise<void> {
  await withStorageFailures(dir, 'backups', async () => {
    const folder = folderOfBackup(dir, backup);
    await makePrivateDirectory(dir);
    const [first] = (await soundness(folder, databaseKey, dir, () => undefined)).damaged;
    if (first !== undefined) throw damaged(first);
    const head = await readHead(folder);
    if (!head) throw damaged('backup.json');

    before('blobs');
    for (const id of openManifest(head, databaseKey).blobs) {
      const to = join(dir, blobPath(id));
      if (!(await exists(to))) await copyWhole(join(folder, blobPath(id)), to);
    }
    before('database');
    const database = layout.database(dir);
    const aside = `${database}.restoring`;
    await copyWhole(join(folder, databaseName), aside);
    before('log');
    // A closed vault's log is empty; one that is not belongs to the old database and to no other.
    for (const end of ['-wal', '-shm']) await rm(`${database}${end}`, { force: true });
    before('rename');
    await rename(aside, database);
    await syncDirectory(dir);
    before('done');
  });
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
