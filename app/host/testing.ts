/** For tests: a host on a vault of its own, unlocked. */
import { onTestFinished } from 'vitest';
import { type Contents, createContents } from '../../workspace/contents.ts';
import type { Result } from '../../workspace/model/failure.ts';
import { closeDatabase } from '../../workspace/store/database.ts';
import { newVault, testPassphrase } from '../../workspace/testing.ts';
import type { Answers, Method, Params } from '../ipc/contract.ts';
import { createCaller } from './caller.ts';
import { createHost, type Host } from './host.ts';

export interface OpenedHost {
  readonly host: Host;
  ask<M extends Method>(method: M, params: Params<M>): Promise<Result<Answers[M]>>;
  /** @throws an Error with the failure as its message. */
  call<M extends Method>(method: M, params: Params<M>): Promise<Answers[M]>;
}

/** @param prepare writes into the vault past the host's checks, as another device could. */
export async function openedHost(prepare?: (contents: Contents) => void): Promise<OpenedHost> {
  const { vault, dir } = await newVault();
  if (prepare) prepare(createContents(vault, Date.now));
  closeDatabase(vault.database);
  const host = createHost({
    vaultDir: dir,
    shell: 'served',
    log: (line) => console.error(line),
    onLocked: () => undefined,
  });
  onTestFinished(() => host.lock());
  const caller = createCaller(true, () => undefined);
  const ask = async <M extends Method>(method: M, params: Params<M>) =>
    (await host.call(method, params, caller)) as Result<Answers[M]>;
  const call = async <M extends Method>(method: M, params: Params<M>): Promise<Answers[M]> => {
    const answer = await ask(method, params);
    if (!answer.ok) throw new Error(JSON.stringify(answer.failure));
    return answer.value;
  };
  await call('vault.unlock', { passphrase: testPassphrase });
  return { host, ask, call };
}
