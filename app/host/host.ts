/**
 * The vault host: the one place where the vault's keys, its store and what works on them come together.
 * Shells put it into a process of its own, and locking ends that process: nothing else drops keys from
 * a JavaScript heap.
 */
import { FailureError, type Result } from '../../workspace/model/failure.ts';
import type { RecordedRunEvent } from '../../workspace/model/run.ts';
import { closeDatabase } from '../../workspace/store/database.ts';
import type { OpenVault } from '../../workspace/vault/vault.ts';
import type { Answers, Topic } from '../ipc/contract.ts';
import type { Caller } from './caller.ts';
import { createDispatcher } from './dispatcher.ts';
import { type Endpoint, openEndpoint } from './endpoint.ts';
import { createHandlers } from './handlers.ts';
import { createRunService, type RunService } from './runService.ts';
import { openServices, type Services } from './services.ts';
import { createVaultKeeper } from './vaultKeeper.ts';

export interface HostOptions {
  readonly vaultDir: string;
  readonly shell: Answers['app.info']['shell'];
  /** One line for the operator; never content, never secrets. */
  readonly log: (line: string) => void;
  /** Called when everything is written and closed; the shell ends the process here. */
  readonly onLocked: () => void;
  readonly now?: () => number;
}

export interface Host {
  /** Never throws. */
  call(method: string, params: unknown, caller: Caller): Promise<Result<unknown>>;
  attach(caller: Caller): void;
  detach(caller: Caller): void;
  /** Ends what runs, writes everything back, closes; then `onLocked`. */
  lock(): Promise<void>;
}

/** What exists while the vault is unlocked. */
export interface Unlocked {
  readonly services: Services;
  readonly runs: RunService;
}

/** Events that one push carries at the most. */
const pushedAtOnce = 500;

export function createHost(options: HostOptions): Host {
  const now = options.now ?? Date.now;
  const keeper = createVaultKeeper(options.vaultDir);
  const callers = new Set<Caller>();
  let unlocked: Unlocked | null = null;
  let endpoint: Endpoint | null = null;
  let locking: Promise<void> | null = null;
  let autoLock: NodeJS.Timeout | null = null;

  function requireUnlocked(): Unlocked {
    if (!unlocked) throw new FailureError({ code: 'locked' });
    return unlocked;
  }

  const changedTopics = new Set<Topic>();
  function changed(topics: readonly Topic[]): void {
    if (changedTopics.size === 0) {
      setImmediate(() => {
        const told = [...changedTopics];
        changedTopics.clear();
        for (const caller of callers)
          if (caller.trusted) caller.push({ type: 'changed', topics: told });
      });
    }
    for (const topic of topics) changedTopics.add(topic);
  }

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

  async function become(vault: OpenVault): Promise<void> {
    const services = await openServices(vault, now).catch((error: unknown) => {
      closeDatabase(vault.database);
      throw error;
    });
    const runs = createRunService(
      services,
      {
        changed,
        recorded(runId, events) {
          for (const caller of callers) pushRunEvents(caller, runId, events);
        },
        notRecorded: () => options.log('A run was stopped: its events could not be written.'),
      },
      now,
      options.shell !== 'cli',
    );
    unlocked = { services, runs };
    try {
      endpoint = await openEndpoint(options.vaultDir, host);
    } catch {
      // The window works all the same; commands are told that the vault is in use.
      options.log('The local socket could not be opened: commands can not reach this Warren.');
    }
    putOffAutoLock();
  }

  /** A command's own host lives as long as the command; only shells that stay open lock by themselves. */
  function putOffAutoLock(): void {
    if (autoLock) clearTimeout(autoLock);
    autoLock = null;
    if (!unlocked || options.shell === 'cli') return;
    const minutes = unlocked.services.settings.read().autoLockMinutes;
    if (minutes === 0) return;
    autoLock = setTimeout(() => {
      // A run that a person started is work in progress, not absence.
      if (unlocked?.runs.isActive()) putOffAutoLock();
      else void host.lock();
    }, minutes * 60_000);
    autoLock.unref();
  }

  const handlers = createHandlers({
    options,
    keeper,
    now,
    changed,
    become,
    putOffAutoLock,
    isUnlocked: () => unlocked !== null,
    unlocked: requireUnlocked,
    lock: () => host.lock(),
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

  const dispatcher = createDispatcher(handlers, options.vaultDir, options.log);

  const host: Host = {
    call: (method, params, caller) => dispatcher.dispatch(method, params, caller),
    attach: (caller) => callers.add(caller),
    detach: (caller) => callers.delete(caller),
    lock() {
      locking ??= (async () => {
        if (autoLock) clearTimeout(autoLock);
        for (const caller of callers) caller.push({ type: 'locking' });
        await unlocked?.runs.stop();
        await endpoint?.close();
        unlocked?.services.close();
        unlocked = null;
        options.onLocked();
      })();
      return locking;
    },
  };
  return host;
}
