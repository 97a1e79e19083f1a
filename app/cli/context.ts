/** What every command shares: its options, its output, and a way to the vault's host. */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Failure } from '../../workspace/model/failure.ts';
import { FailureError } from '../../workspace/model/failure.ts';
import { createCaller } from '../host/caller.ts';
import { connectToHolder } from '../host/endpoint.ts';
import { createHost } from '../host/host.ts';
import type { Answers, Method, Page, Params, Push } from '../ipc/contract.ts';
import { readPassphrase } from './passphrase.ts';

export interface CommonOptions {
  readonly vault: string;
  readonly json: boolean;
  readonly passphraseFile?: string;
  /** A one-time code or recovery code, where a second factor is set up. */
  readonly code?: string;
}

/** A vault's host, wherever it lives: in the process that holds the vault, or in this one. */
export interface HostSession {
  /** Whether the host lives in this process, and ends with it. */
  readonly isOwn: boolean;
  call<M extends Method>(method: M, params: Params<M>): Promise<Answers[M]>;
  onPush(listener: (push: Push) => void): void;
  /** Called when a host in another process ends while it is needed. */
  onLost(listener: () => void): void;
  close(): Promise<void>;
}

/** Wrong usage: the command's words do not make sense together. Exit code 2. */
export class UsageError extends Error {}

/** The folder that a person's system keeps such data in. */
export function defaultVaultDir(env: NodeJS.ProcessEnv = process.env): string {
  if (env.WARREN_VAULT) return env.WARREN_VAULT;
  if (process.platform === 'darwin') {
    return join(homedir(), 'Library', 'Application Support', 'Warren', 'vault');
  }
  if (process.platform === 'win32') {
    return join(env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Warren', 'vault');
  }
  return join(env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'warren', 'vault');
}

/**
 * Opens the vault for one command. Where a host holds it already, the command talks to that host, after
 * it has shown the passphrase like anybody else.
 *
 * @param known the passphrase, when the command has asked for it already.
 * @throws FailureError when it does not open.
 */
export async function openSession(options: CommonOptions, known?: string): Promise<HostSession> {
  const passphrase = known ?? (await readPassphrase(options, false));
  const session = (await remoteSession(options.vault)) ?? localSession(options.vault);
  try {
    await session.call('vault.unlock', { passphrase });
    return session;
  } catch (error) {
    await session.close();
    throw error;
  }
}

async function remoteSession(vaultDir: string): Promise<HostSession | null> {
  const client = await connectToHolder(resolve(vaultDir));
  return (
    client && {
      isOwn: false,
      async call(method, params) {
        const result = await client.call(method, params);
        if (!result.ok) throw new FailureError(result.failure);
        return result.value;
      },
      onPush: (listener) => void client.onPush(listener),
      onLost: (listener) => void client.onClose(listener),
      close: async () => client.close(),
    }
  );
}

/** A host in this process: its keys go when the command ends. */
export function localSession(vaultDir: string): HostSession {
  const host = createHost({
    vaultDir: resolve(vaultDir),
    shell: 'cli',
    log: (line) => process.stderr.write(`${line}\n`),
    onLocked: () => undefined,
  });
  const listeners = new Set<(push: Push) => void>();
  const caller = createCaller(true, (push) => {
    for (const listener of listeners) listener(push);
  });
  host.attach(caller);
  return {
    isOwn: true,
    async call<M extends Method>(method: M, params: Params<M>) {
      const result = await host.call(method, params, caller);
      if (!result.ok) throw new FailureError(result.failure as Failure);
      return result.value as Answers[M];
    },
    onPush: (listener) => listeners.add(listener),
    onLost: () => undefined,
    close: () => host.lock(),
  };
}

export async function withSession<T>(
  options: CommonOptions,
  work: (session: HostSession) => Promise<T>,
  passphrase?: string,
): Promise<T> {
  const session = await openSession(options, passphrase);
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}

/** Collects every page of a list. */
export async function everyRow<Row>(
  pageAfter: (after: { readonly after?: string }) => Promise<Page<Row>>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let next: string | null = ''; next !== null; ) {
    const page: Page<Row> = await pageAfter(next ? { after: next } : {});
    rows.push(...page.rows);
    next = page.next;
  }
  return rows;
}
