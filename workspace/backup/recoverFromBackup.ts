/** A vault on a machine that has none, from a backup and the recovery words. */
import { resolve } from 'node:path';
import { FailureError } from '../model/failure.ts';
import {
  adoptVault,
  type OpenVault,
  requireNoVault,
  type VaultDependencies,
} from '../vault/vault.ts';
import { keyByWords, readHead } from './manifest.ts';
import { restoreBackup } from './restoreBackup.ts';

/**
 * @param dir an empty or missing folder.
 * @param backup a backup's folder.
 * @throws FailureError `vaultExists`, `fileMissing`, `unlockRefused` for wrong words, `vaultDamaged`.
 */
export async function recoverFromBackup(
  dir: string,
  backup: string,
  words: string,
  newPassphrase: string,
  dependencies?: VaultDependencies,
): Promise<OpenVault> {
  await requireNoVault(dir);
  const folder = resolve(backup);
  const head = await readHead(folder);
  if (!head) throw new FailureError({ code: 'fileMissing', path: folder });
  const databaseKey = keyByWords(head, words);
  await restoreBackup(dir, folder, databaseKey);
  // The header comes last: without it there is no vault, and the recovery can be tried again.
  return adoptVault(dir, head.vaultId, databaseKey, head.recovery, newPassphrase, dependencies);
}
