/** What the handlers of requests need of the host around them. */
import type { OpenVault } from '../../../workspace/vault/vault.ts';
import type { Caller } from '../caller.ts';
import type { HostOptions, Unlocked } from '../host.ts';
import type { Joining } from '../joining.ts';
import type { LiveLists } from '../liveLists.ts';
import type { LongTasks } from '../longTasks.ts';
import type { QuickUnlock } from '../quickUnlock.ts';
import type { Services } from '../services.ts';
import type { VaultKeeper } from '../vaultKeeper.ts';

export interface HandlerContext {
  readonly options: HostOptions;
  readonly keeper: VaultKeeper;
  readonly quickUnlock: QuickUnlock;
  readonly joining: Joining;
  readonly lists: LiveLists;
  readonly tasks: LongTasks;
  readonly now: () => number;
  become(vault: OpenVault): Promise<void>;
  putOffAutoLock(): void;
  isUnlocked(): boolean;
  /** @throws FailureError `locked`. */
  unlocked(): Unlocked;
  /** Changes something: resolves when it is on disk, together with what else was asked for meanwhile. */
  commit<T>(work: (services: Services) => T): Promise<T>;
  /** Lets the caller's proof that the person is there count from now on. */
  proven(caller: Caller): void;
  /** @throws FailureError `stepUpNeeded` unless the person has proved to be there a short while ago. */
  requireProof(caller: Caller): void;
  lock(): Promise<void>;
  /** Locks, then deletes the vault's files. @throws what kept it from doing that, once it is locked. */
  erase(backups: boolean): Promise<void>;
  /** Locks, then puts a backup in the vault's place. @throws as `erase`. */
  restore(backup: string): Promise<void>;
  /** Makes the passphrase's derivation costlier in the background, where the machine allows it. */
  strengthen(passphrase: string): void;
  watch(caller: Caller, runId: string, after: number): void;
}
