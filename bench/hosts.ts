/** A host in this process with a vault of its own, and runs on it, for the benchmarks. */
import { createCaller } from '../app/host/caller.ts';
import { createHost } from '../app/host/host.ts';
import type { Answers, Method, Params } from '../app/ipc/contract.ts';
import type { RecordedRunEvent } from '../workspace/model/run.ts';
import { passphrase, vaultWithProfiles } from './vaults.ts';

export interface BenchHost {
  call<M extends Method>(method: M, params: Params<M>): Promise<Answers[M]>;
  /** Runs a workflow over the first profile. @returns its events, each with the moment it was told. */
  run(steps: readonly object[]): Promise<readonly { event: RecordedRunEvent; told: number }[]>;
  close(): Promise<void>;
}

export async function openBenchHost(): Promise<BenchHost> {
  const host = createHost({
    vaultDir: await vaultWithProfiles(1),
    shell: 'served',
    log: console.error,
    onLocked: () => undefined,
  });
  const listeners = new Set<(events: readonly RecordedRunEvent[]) => void>();
  const caller = createCaller(true, (push) => {
    if (push.type === 'runEvents') for (const listener of listeners) listener(push.events);
  });
  host.attach(caller);
  async function call<M extends Method>(method: M, params: Params<M>): Promise<Answers[M]> {
    const result = await host.call(method, params, caller);
    if (!result.ok) throw new Error(JSON.stringify(result.failure));
    return result.value as Answers[M];
  }
  await call('vault.unlock', { passphrase });
  const { rows } = await call('profiles.list', { limit: 1 });
  const profile = rows[0]?.id ?? '';
  let count = 0;
  return {
    call,
    async run(steps) {
      const { id } = await call('workflows.add', { document: { name: `Bench ${count++}`, steps } });
      const run = await call('runs.start', { workflow: id, profiles: [profile], headless: true });
      const told: { event: RecordedRunEvent; told: number }[] = [];
      await new Promise<void>((done) => {
        const listen = (events: readonly RecordedRunEvent[]) => {
          for (const event of events) told.push({ event, told: performance.now() });
          if (events.at(-1)?.type !== 'run.finished') return;
          listeners.delete(listen);
          done();
        };
        listeners.add(listen);
        void call('runs.watch', { run: run.id });
      });
      const end = told.at(-1)?.event;
      if (end?.type !== 'run.finished' || end.status !== 'succeeded') {
        throw new Error(`the run ended as ${JSON.stringify(end)}`);
      }
      return told;
    },
    close: () => host.lock(),
  };
}
