/**
 * The one connection of this window, kept alive. The host ends when the vault locks; the connection
 * then drops what it knew, opens again, and asks for the vault's status.
 */
import { type Accessor, createContext, createSignal, onCleanup, useContext } from 'solid-js';
import { fail, type Result } from '../../../workspace/model/failure.ts';
import type { Answers, Method, Params, Push, VaultStatus } from '../../ipc/contract.ts';
import type { RpcClient } from '../../ipc/rpcClient.ts';
import { type Opening, openClient } from './carrier.ts';

export type Link = 'connecting' | 'open' | 'refused' | 'unreachable';

export interface Host {
  readonly link: Accessor<Link>;
  /** Null until the host has told. */
  readonly vault: Accessor<VaultStatus | null>;
  call<M extends Method>(method: M, params: Params<M>): Promise<Result<Answers[M]>>;
  onPush(listener: (push: Push) => void): () => void;
  /** Asks for the vault's status again, after something that changes it. */
  refreshVault(): Promise<void>;
}

/** Milliseconds between attempts: doubled from the first to the last. */
const firstDelay = 50;
const lastDelay = 2_000;
/** Failed attempts in a row before the window says so. */
const patience = 3;

export function createHost(open: () => Promise<Opening> = openClient): Host {
  const [link, setLink] = createSignal<Link>('connecting');
  const [vault, setVault] = createSignal<VaultStatus | null>(null);
  const listeners = new Set<(push: Push) => void>();
  let client: RpcClient | null = null;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let disposed = false;

  const attempt = async () => {
    const opening = await open();
    if (disposed) return opening.ok ? opening.client.close() : undefined;
    if (opening.ok) return attach(opening.client);
    failures += 1;
    if (failures >= patience) setLink(opening.reason);
    retry();
  };

  const retry = () => {
    if (disposed) return;
    timer = setTimeout(attempt, Math.min(lastDelay, firstDelay * 2 ** failures));
  };

  const attach = async (opened: RpcClient) => {
    client = opened;
    opened.onPush((push) => {
      for (const listener of listeners) listener(push);
    });
    opened.onClose(() => {
      client = null;
      setVault(null);
      setLink('connecting');
      failures += 1;
      retry();
    });
    setLink('open');
    await refreshVault();
    failures = 0;
  };

  const call: Host['call'] = (method, params) =>
    client ? client.call(method, params) : Promise.resolve(fail({ code: 'hostLost' }));

  const refreshVault = async () => {
    const answer = await call('vault.status', {});
    if (answer.ok) setVault(answer.value);
  };

  void attempt();
  onCleanup(() => {
    disposed = true;
    clearTimeout(timer);
    client?.close();
  });

  return {
    link,
    vault,
    call,
    refreshVault,
    onPush(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export const HostContext = createContext<Host>();

export function useHost(): Host {
  const host = useContext(HostContext);
  if (!host) throw new Error('useHost needs a HostContext above it');
  return host;
}
