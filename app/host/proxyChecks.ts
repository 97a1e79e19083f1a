/** Checking proxies, many at a time, and having one change its exit. */
import { checkUpstream } from '../../agent/forwarder/checkUpstream.ts';
import type { ProxyInput } from '../../workspace/model/proxy.ts';
import type { Stored } from '../../workspace/records/records.ts';
import { countryOf } from './countries.ts';
import type { Services } from './services.ts';

/** Proxies asked at the same time. */
const atOnce = 50;
/** Milliseconds that a provider gets to change an exit. */
const changeTime = 30_000;

export async function checkProxies(
  { vault, settings, proxyChecks }: Services,
  wanted: readonly Stored<ProxyInput>[],
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void,
): Promise<{ working: number; failing: number }> {
  const { exitCheckUrl } = settings.read();
  const waiting = [...wanted];
  let working = 0;
  let done = 0;
  const lane = async () => {
    for (let proxy = waiting.shift(); proxy; proxy = waiting.shift()) {
      const { id } = proxy;
      const found = await checkUpstream(proxy, exitCheckUrl, signal);
      const country = found.exit === null ? null : await countryOf(found.exit);
      await vault.store.commit(() =>
        proxyChecks.add(id, { at: vault.store.clock.tick(), ...found, country }),
      );
      if (found.problem === null) working += 1;
      done += 1;
      onProgress(done, wanted.length);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, wanted.length) }, lane));
  return { working, failing: wanted.length - working };
}

/** @returns the status of the provider's answer; the address has a secret in it and is told to nobody. */
export async function changeExit(address: string): Promise<number> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(changeTime) });
    await response.body?.cancel();
    return response.status;
  } catch {
    return 0;
  }
}
