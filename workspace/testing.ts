/** For tests: a whole vault in one line, in a folder that goes away with the test. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { pooledRandom } from '../crypto/random.ts';
import { type Contents, createContents } from './contents.ts';
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
  now: () => number = Date.now,
): Promise<{ vault: OpenVault; words: readonly string[]; dir: string }> {
  const prepared = await prepareVault(testPassphrase, 'minimum', { random: pooledRandom(), now });
  const vault = await prepared.write(dir);
  onTestFinished(() => closeDatabase(vault.database));
  return { vault, words: prepared.words, dir };
}

/** A fresh vault with all that works on it; `clock` is the wall clock that it sees. */
export async function newContents(
  clock: () => number = Date.now,
): Promise<Contents & { readonly dir: string; readonly words: readonly string[] }> {
  const { vault, dir, words } = await newVault(undefined, clock);
  return { ...createContents(vault, clock), dir, words };
}
