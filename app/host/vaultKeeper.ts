/** The vault's way between missing, locked and unlocked, one request at a time. */
import { randomInt } from 'node:crypto';
import { recoverFromBackup } from '../../workspace/backup/recoverFromBackup.ts';
import { type Failure, FailureError } from '../../workspace/model/failure.ts';
import { readHeader } from '../../workspace/vault/header.ts';
import {
  type KdfChoice,
  type OpenVault,
  openVault,
  type PreparedVault,
  prepareVault,
  recoverVault,
  verifyPassphrase,
} from '../../workspace/vault/vault.ts';
import type { VaultStatus } from '../ipc/contract.ts';
import { readHolder } from './endpoint.ts';

/** How many of the recovery words are asked for. */
const askedWords = 3;

export interface VaultKeeper {
  status(unlocked: boolean): Promise<VaultStatus>;
  /** Makes a vault in memory. @returns its words and the 1-based positions that `confirm` asks for. */
  prepare(
    passphrase: string,
    kdf: KdfChoice,
  ): Promise<{ words: readonly string[]; ask: readonly number[] }>;
  /** @throws FailureError `recoveryMismatch`; the prepared vault then waits for another try. */
  confirm(words: readonly string[]): Promise<OpenVault>;
  unlock(passphrase: string): Promise<OpenVault>;
  verify(passphrase: string): Promise<void>;
  recover(words: string, newPassphrase: string): Promise<OpenVault>;
  /** On a machine that has no vault yet. @param backup a backup's folder. */
  recoverFrom(backup: string, words: string, newPassphrase: string): Promise<OpenVault>;
  /** Other work on the vault's header, one at a time with all of these. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /** Settles when nothing of this is under way. */
  idle(): Promise<void>;
}

export function createVaultKeeper(dir: string): VaultKeeper {
  let prepared: { vault: PreparedVault; ask: readonly number[] } | null = null;
  let last: Promise<unknown> = Promise.resolve();

  /** One at a time: two at once would race for the file, and each derivation takes much memory. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = last.then(work, work);
    last = result.catch(() => undefined);
    return result.catch((error: unknown) => {
      throw error;
    });
  }

  async function named<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof FailureError) || error.failure.code !== 'vaultInUse') throw error;
      const holder = await readHolder(dir);
      throw new FailureError({
        code: 'vaultInUse',
        pid: holder?.pid ?? null,
        since: holder?.since ?? null,
      });
    }
  }

  const guarded = <T>(work: () => Promise<T>) => inTurn(() => named(work));

  return {
    async status(unlocked) {
      if (unlocked) return { state: 'unlocked', dir };
      try {
        return { state: (await readHeader(dir)) ? 'locked' : 'missing', dir };
      } catch (error) {
        if (!(error instanceof FailureError)) throw error;
        return { state: 'unusable', dir, failure: error.failure };
      }
    },
    prepare: (passphrase, kdf) =>
      guarded(async () => {
        const vault = await prepareVault(passphrase, kdf);
        const ask = randomPositions(vault.words.length);
        prepared = { vault, ask };
        return { words: vault.words, ask };
      }),
    confirm: (words) =>
      guarded(async () => {
        if (!prepared) throw new FailureError({ code: 'vaultMissing', dir });
        const { vault, ask } = prepared;
        const typed = words.map((word) => word.trim().toLowerCase());
        const right =
          typed.length === ask.length && ask.every((at, n) => vault.words[at - 1] === typed[n]);
        if (!right) throw new FailureError({ code: 'recoveryMismatch' } satisfies Failure);
        const opened = await vault.write(dir);
        prepared = null;
        return opened;
      }),
    unlock: (passphrase) => guarded(() => openVault(dir, passphrase)),
    verify: (passphrase) => guarded(() => verifyPassphrase(dir, passphrase)),
    recover: (words, newPassphrase) => guarded(() => recoverVault(dir, words, newPassphrase)),
    recoverFrom: (backup, words, newPassphrase) =>
      guarded(() => recoverFromBackup(dir, backup, words, newPassphrase)),
    inTurn,
    async idle() {
      await last;
    },
  };
}

function randomPositions(count: number): number[] {
  const positions = new Set<number>();
  while (positions.size < askedWords) positions.add(randomInt(1, count + 1));
  return [...positions].sort((a, b) => a - b);
}
