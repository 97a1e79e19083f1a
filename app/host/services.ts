/** The vault's contents as the host uses them, from opening to closing. */
import { type Backups, createBackups } from '../../workspace/backup/backups.ts';
import { type Contents, createContents, recoverContents } from '../../workspace/contents.ts';
import { closeDatabase } from '../../workspace/store/database.ts';
import type { OpenVault } from '../../workspace/vault/vault.ts';

export interface Services extends Contents {
  readonly backups: Backups;
  close(): void;
}

/** Opens the contents and sets right what a host that died left behind. */
export async function openServices(
  vault: OpenVault,
  now: () => number,
  onProgress: (done: number, total: number) => void,
  log: (line: string) => void,
): Promise<Services> {
  const contents = createContents(vault, now);
  for (const part of await recoverContents(contents, onProgress)) {
    log(`A part of the vault is damaged (${part}); "warren check" names what exactly.`);
  }
  for (const _ of contents.sessions.unsealed()) {
    log('A session that was left open could not be sealed: there is no room on the disk.');
  }
  const backups = createBackups(vault, contents.blobs, () => {
    const { backupsKept, backupEveryHours } = contents.settings.read();
    return { keep: backupsKept, everyHours: backupEveryHours };
  });
  return { ...contents, backups, close: () => closeDatabase(vault.database) };
}
