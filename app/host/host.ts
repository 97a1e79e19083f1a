/**
 * The vault host: the one place where the vault's keys, its store and what works on them come together.
 * Shells put it into a process of its own, and locking ends that process: nothing else drops keys from
 * a JavaScript heap.
 */

import { createSpareWorkers, type SpareWorkers } from '../../agent/worker/spare.ts';
import { restoreBackup } from '../../workspace/backup/restoreBackup.ts';
import { FailureError, fail, type Result } from '../../workspace/model/failure.ts';
import type { RecordedRunEvent } from '../../workspace/model/run.ts';
import { closeDatabase } from '../../workspace/store/database.ts';
import type { Changes } from '../../workspace/store/store.ts';
import { eraseVault } from '../../workspace/vault/eraseVault.ts';
import { type OpenVault, strengthenKdf } from '../../workspace/vault/vault.ts';
import type { Answers, Method, Push, Topic } from '../ipc/contract.ts';
import { scheduleBackups } from './backupSchedule.ts';
import type { Caller } from './caller.ts';
import { createDispatcher } from './dispatcher.ts';
import { type Endpoint, openEndpoint } from './endpoint.ts';
import { createHandlers } from './handlers/index.ts';
import { createJoining } from './joining.ts';
import { profileSource, proxySource, workflowSource } from './listSources.ts';
import { createLiveLists } from './liveLists.ts';
import { createLongTasks } from './longTasks.ts';
import { createMeasuring, type Measuring } from './measuring.ts';
import { createOpenProfiles, type OpenProfiles } from './openProfiles.ts';
import { createProfileEdits, type ProfileEdits } from './profileEdits.ts';
import { createProfileNetwork, type ProfileNetwork } from './profileNetwork.ts';
import { createProfileUse } from './profileUse.ts';
import { createQuickUnlock, type HostKeychain } from './quickUnlock.ts';
import { createRunService, type RunService } from './runService.ts';
import { openServices, type Services } from './services.ts';
import { createSyncService, type SyncService } from './syncService.ts';
import { createVaultKeeper } from './vaultKeeper.ts';

export interface HostOptions {
  readonly vaultDir: string;
  readonly shell: Answers['app.info']['shell'];
  /** One line for the operator; never content, never secrets. */
  readonly log: (line: string) => void;
  /** Called when everything is written and closed; the shell ends the process here. */
  readonly onLocked: () => void;
  readonly now?: () => number;
  /** Where the shell has a way to the operating system's keychain. */
  readonly keychain?: HostKeychain;
}

export interface Host {
  /** Never throws. */
  call(method: string, params: unknown, caller: Caller): Promise<Result<unknown>>;
  attach(caller: Caller): void;
  detach(caller: Caller): void;
  /** Ends what runs, writes everything back, closes; then `onLocked`. Settles after that. */
  lock(): Promise<void>;
}

/** What exists while the vault is unlocked. */
export interface Unlocked {
  readonly services: Services;
  readonly runs: RunService;
  readonly sync: SyncService;
  readonly network: ProfileNetwork;
  readonly edits: ProfileEdits;
  readonly opened: OpenProfiles;
  readonly measuring: Measuring;
  readonly spares: SpareWorkers;
}

/** How long a proof that the person is there counts: five minutes, in milliseconds. */
const proofLasts = 5 * 60_000;

/** The window comes up first: a costlier derivation takes the machine for a second. In milliseconds. */
const strengthenAfter = 5_000;

/** What a host still answers once it has begun to lock: nothing that would open the vault again. */
const answeredToTheEnd: ReadonlySet<string> = new Set<Method>(['app.info', 'vault.status']);

/** Events that one push carries at the most. */
const pushedAtOnce = 500;

export function createHost(options: HostOptions): Host {
  const now = options.now ?? Date.now;
  const keeper = createVaultKeeper(options.vaultDir);
  const callers = new Set<Caller>();
  let unlocked: Unlocked | null = null;
  let endpoint: Endpoint | null = null;
  /** The vault that is being opened, if one is. */
  let opening: Promise<void> = Promise.resolve();
  /** Settles when all is closed; there from the moment at which locking begins. */
  let ending: Promise<void> | null = null;
  let autoLock: NodeJS.Timeout | null = null;
  let backupTimer: NodeJS.Timeout | null = null;
  let strengthening: NodeJS.Timeout | null = null;

  function requireUnlocked(): Unlocked {
    if (!unlocked) throw new FailureError({ code: 'locked' });
    return unlocked;
  }

  const tell = (push: Push) => {
    for (const caller of callers) if (caller.trusted) caller.push(push);
  };

  const changedTopics = new Set<Topic>();
  function changed(topics: readonly Topic[]): void {
    if (changedTopics.size === 0) {
      setImmediate(() => {
        const told = [...changedTopics];
        changedTopics.clear();
        tell({ type: 'changed', topics: told });
      });
    }
    for (const topic of topics) changedTopics.add(topic);
  }

  const tasks = createLongTasks((task, done, total) =>
    tell({ type: 'progress', task, done, total }),
  );
  const lists = createLiveLists((list) => {
    const { services } = requireUnlocked();
    const sources = { profiles: profileSource, proxies: proxySource, workflows: workflowSource };
    return sources[list](services);
  });

  function pushRunEvents(caller: Caller, runId: string, events: readonly RecordedRunEvent[]): void {
    const seen = caller.watching.get(runId);
    if (seen === undefined) return;
    const fresh = events.filter((event) => event.sequence > seen);
    const last = fresh.at(-1);
    if (!last) return;
    caller.watching.set(runId, last.sequence);
    caller.push({ type: 'runEvents', runId, events: fresh });
    if (last.type === 'run.finished') caller.watching.delete(runId);
  }

  function become(vault: OpenVault): Promise<void> {
    const opened = open(vault);
    opening = opened.catch(() => undefined);
    return opened;
  }

  async function open(vault: OpenVault): Promise<void> {
    if (ending) {
      closeDatabase(vault.database);
      throw new FailureError({ code: 'locked' });
    }
    const services = await openServices(
      vault,
      now,
      (done, total) => tell({ type: 'progress', task: 'views', done, total }),
      options.log,
    ).catch((error: unknown) => {
      closeDatabase(vault.database);
      throw error;
    });
    if (ending) {
      services.close();
      throw new FailureError({ code: 'locked' });
    }
    vault.store.onCommitted((changes) => {
      lists.changed(changes);
      changed(topicsOf(changes));
    });
    const sync = createSyncService(services, () => changed(['sync']), options.log);
    const profileUse = createProfileUse(
      sync,
      (done, total) => tell({ type: 'progress', task: 'session', done, total }),
      options.log,
    );
    const network = createProfileNetwork(services, vault.store.clock.tick, options.log);
    // A spare pays where the host stays for more than one command.
    const spares = createSpareWorkers(options.shell !== 'cli');
    const runs = createRunService(
      services,
      {
        recorded(runId, events) {
          for (const caller of callers) pushRunEvents(caller, runId, events);
        },
        notRecorded: () => options.log('A run was stopped: its events could not be written.'),
      },
      vault.store.clock.tick,
      spares,
      profileUse,
      network,
    );
    const opened = createOpenProfiles(
      services,
      profileUse,
      network,
      vault.store.clock.tick,
      spares,
      () => changed(['opened', 'profiles']),
    );
    const edits = createProfileEdits(services);
    const measuring = createMeasuring(services, spares);
    unlocked = { services, runs, sync, network, edits, opened, measuring, spares };
    // A command's own host connects when the command is about other devices.
    if (options.shell !== 'cli') sync.start();
    try {
      endpoint = await openEndpoint(options.vaultDir, host);
    } catch {
      // The window works all the same; commands are told that the vault is in use.
      options.log('The local socket could not be opened: commands can not reach this Warren.');
    }
    putOffAutoLock();
    if (options.shell !== 'cli') backupTimer = scheduleBackups(services, tasks, now, options.log);
  }

  /** A command's own host lives as long as the command; only shells that stay open lock by themselves. */
  function putOffAutoLock(): void {
    if (autoLock) clearTimeout(autoLock);
    autoLock = null;
    if (!unlocked || options.shell === 'cli') return;
    const minutes = unlocked.services.settings.read().autoLockMinutes;
    if (minutes === 0) return;
    autoLock = setTimeout(() => {
      // A run that a person started is work in progress, not absence; so is a browser that is open.
      const isBusy =
        unlocked?.runs.isActive() || unlocked?.opened.list().some((one) => !one.isUnsealed);
      if (isBusy) putOffAutoLock();
      else void lock();
    }, minutes * 60_000);
    autoLock.unref();
  }

  /**
   * Ends what runs, writes everything back and closes; then, with the vault closed, does `afterwards`.
   *
   * @returns what came of it, before the connections of those who wait for that are closed.
   */
  function end(afterwards: (vault: OpenVault | null) => Promise<void>): Promise<void> {
    if (ending) throw new FailureError({ code: 'locked' });
    const outcome = (async () => {
      // An answer that does not wait for the outcome goes out first.
      await nextTurn();
      const vault = await close();
      await afterwards(vault);
    })();
    ending = (async () => {
      await outcome.catch(() =>
        options.log('What was to be done with the locked vault failed; it was left as it is.'),
      );
      // The process that sends the outcome to whoever asked is about to end.
      await nextTurn();
      // Until now it has answered that the vault is locked: a command that finds no host opens it itself.
      await endpoint?.close();
      options.onLocked();
    })();
    return outcome;
  }

  async function close(): Promise<OpenVault | null> {
    if (autoLock) clearTimeout(autoLock);
    if (backupTimer) clearInterval(backupTimer);
    if (strengthening) clearTimeout(strengthening);
    lists.stop();
    for (const caller of callers) caller.push({ type: 'locking' });
    await tasks.stop();
    unlocked?.spares.close();
    await Promise.all([
      unlocked?.runs.stop(),
      unlocked?.opened.closeAll().catch(() => {
        options.log('A session could not be sealed; the next start tries again.');
      }),
      unlocked?.measuring.stop(),
    ]);
    await unlocked?.sync.stop();
    await keeper.idle();
    await opening;
    const vault = unlocked?.services.vault ?? null;
    unlocked?.services.close();
    unlocked = null;
    return vault;
  }

  function lock(): Promise<void> {
    if (!ending) void end(async () => undefined);
    return ending ?? Promise.resolve();
  }

  const handlers = createHandlers({
    options,
    keeper,
    quickUnlock: createQuickUnlock(options.vaultDir, options.keychain ?? null),
    joining: createJoining(options.vaultDir),
    lists,
    tasks,
    now,
    become,
    putOffAutoLock,
    isUnlocked: () => unlocked !== null && !ending,
    unlocked: requireUnlocked,
    commit: (work) => {
      const { services } = requireUnlocked();
      return services.vault.store.commit(() => work(services));
    },
    proven(caller) {
      caller.provenUntil = now() + proofLasts;
    },
    requireProof(caller) {
      if (caller.provenUntil > now()) return;
      const method = requireUnlocked().services.stepUp.isOn() ? 'oneTimeCode' : 'passphrase';
      throw new FailureError({ code: 'stepUpNeeded', method });
    },
    strengthen(passphrase) {
      if (options.shell === 'cli') return;
      const { vault } = requireUnlocked().services;
      strengthening = setTimeout(() => {
        // Nobody waits for it, and a vault that stays as it was is no harm.
        void keeper.inTurn(() => strengthenKdf(vault, passphrase)).catch(() => undefined);
      }, strengthenAfter);
      strengthening.unref();
    },
    lock,
    erase: (backups) => end(() => eraseVault(options.vaultDir, backups)),
    restore: (backup) =>
      end(async (vault) => {
        if (vault) await restoreBackup(options.vaultDir, backup, vault.databaseKey);
      }),
    watch(caller, runId, after) {
      const { journal } = requireUnlocked().services;
      caller.watching.set(runId, after);
      for (;;) {
        const from = caller.watching.get(runId);
        if (from === undefined) return;
        const events = journal.events(runId, from, pushedAtOnce);
        if (events.length === 0) return;
        pushRunEvents(caller, runId, events);
      }
    },
  });

  const dispatcher = createDispatcher(handlers, options.vaultDir, options.log, () => {
    options.log('Out of memory: the vault is closed, and opens again in a fresh process.');
    void lock();
  });

  const host: Host = {
    async call(method, params, caller) {
      if (ending && !answeredToTheEnd.has(method)) return fail({ code: 'locked' });
      return dispatcher.dispatch(method, params, caller);
    },
    attach: (caller) => callers.add(caller),
    detach(caller) {
      callers.delete(caller);
      lists.closeAll(caller);
    },
    lock,
  };
  return host;
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The lists that a kind of row shows in. */
const topicOfKind: Readonly<Record<string, Topic>> = {
  profile: 'profiles',
  proxy: 'proxies',
  template: 'templates',
  workflow: 'workflows',
  run: 'runs',
  settings: 'settings',
  activity: 'activity',
  device: 'sync',
  relay: 'sync',
};

function topicsOf(changes: Changes): Topic[] {
  const runs = [...(changes.get('runEvents') ?? [])].map((id): Topic => `run:${id}`);
  return [...runs, ...[...changes.keys()].flatMap((kind) => topicOfKind[kind] ?? [])];
}
