/** For tests: a whole vault in one line, in a folder that goes away with the test. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { closeDatabase } from './store/database.ts';
import { type OpenVault, prepareVault } from './vault/vault.ts';

export const testPassphrase = 'correct horse battery staple';

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'warren-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A fresh vault with the cheapest key derivation that is allowed. */
export async function newVault(
  dir = temporaryFolder(),
): Promise<{ vault: OpenVault; words: readonly string[]; dir: string }> {
  const prepared = await prepareVault(testPassphrase, 'minimum');
  const vault = await prepared.write(dir);
  onTestFinished(() => closeDatabase(vault.database));
  return { vault, words: prepared.words, dir };
}
