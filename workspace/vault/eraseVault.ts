/** Deleting a vault for good. */
import { readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { layout } from './layout.ts';

/**
 * Deletes what Warren keeps in the folder, its header first: from then on nothing opens the rest any
 * more, even when the power goes. The vault must be closed.
 *
 * @param backups whether the backups in the folder go too. Without its recovery words nobody can open
 *   them once the header is gone.
 */
export async function eraseVault(dir: string, backups: boolean): Promise<void> {
  await rm(layout.header(dir), { force: true });
  const database = layout.database(dir);
  const whole = [
    `${database}-wal`,
    `${database}-shm`,
    database,
    layout.blobs(dir),
    layout.open(dir),
    layout.lan(dir),
  ];
  // What a restore that was cut off was checking lies in the folder itself.
  const orphans = (await readdir(dir)).filter(
    (name) => name.includes('.orphan-') || name.startsWith('.check-'),
  );
  for (const path of [
    ...whole,
    ...orphans.map((name) => join(dir, name)),
    ...(backups ? [layout.backups(dir)] : []),
    layout.holder(dir),
    layout.socket(dir),
  ]) {
    await rm(path, { recursive: true, force: true });
  }
  // The folder goes only when nothing else lies in it.
  await rmdir(dir).catch(() => undefined);
}
