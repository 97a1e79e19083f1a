/** A host in this process with a vault of its own, and runs on it, for the benchmarks. */
import { createCaller } from '../app/host/caller.ts';
import { createHost } from '../app/host/host.ts';
import type { Answers, Method, Params } from '../app/ipc/contract.ts';
import type { RecordedRunEvent } from '../workspace/model/run.ts';
import { passphrase, vaultWithProfiles } from './vaults.ts';

export interface StartedRun {
  readonly runId: string;
  /** Resolves with the first event that fits. */
  seen(fits: (event: RecordedRunEvent) => boolean): Promise<RecordedRunEvent>;
  /** Resolves with all events, each with the moment it was told. */
  readonly ended: Promise<readonly { event: RecordedRunEvent; told: number }[]>;
}

export interface BenchHost {
  call<M extends Method>(method: M, params: Params<M>): Promise<Answers[M]>;
  /** Starts a workflow over the first profile. */
  start(steps: readonly object[]): Promise<StartedRun>;
  /** Runs it to its end. @throws Error when it does not succeed. */
  run(steps: readonly object[]): Promise<readonly { event: RecordedRunEvent; told: number }[]>;
  close(): Promise<void>;
}

export async function openBenchHost(profiles = 1): Promise<BenchHost> {
  const host = createHost({
    vaultDir: await vaultWithProfiles(profiles),
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

  async function start(steps: readonly object[]): Promise<StartedRun> {
    const { id } = await call('workflows.add', { document: { name: `Bench ${count++}`, steps } });
    const run = await call('runs.start', { workflow: id, profiles: [profile], headless: true });
    const told: { event: RecordedRunEvent; told: number }[] = [];
    const waiting = new Set<(event: RecordedRunEvent) => void>();
    const { promise: ended, resolve } = Promise.withResolvers<typeof told>();
    const listen = (events: readonly RecordedRunEvent[]) => {
      for (const event of events) {
        told.push({ event, told: performance.now() });
        for (const hear of waiting) hear(event);
      }
      if (events.at(-1)?.type !== 'run.finished') return;
      listeners.delete(listen);
      resolve(told);
    };
    listeners.add(listen);
    await call('runs.watch', { run: run.id });
    return {
      runId: run.id,
      ended,
      seen: (fits) =>
        new Promise((found) => {
          for (const { event } of told) if (fits(event)) found(event);
          waiting.add((event) => fits(event) && found(event));
        }),
    };
  }

  return {
    call,
    start,
    async run(steps) {
      const told = await (await start(steps)).ended;
      const end = told.at(-1)?.event;
      if (end?.type !== 'run.finished' || end.status !== 'succeeded') {
        throw new Error(`the run ended as ${JSON.stringify(end)}`);
      }
      return told;
    },
    close: () => host.lock(),
  };
}
