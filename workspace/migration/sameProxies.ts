/** Finds the proxies that rows mean among those that are there, and stores those that are not. */
import { type ProxyInput, proxyInputSchema } from '../model/proxy.ts';
import type { ProxyAddress } from '../model/proxyLines.ts';
import type { ProxySummary } from '../records/kinds.ts';
import { sameness } from '../records/proxyImport.ts';
import type { Records } from '../records/records.ts';
import { createFreeNames } from './freeNames.ts';

type Proxies = Records<ProxyInput, ProxySummary>;

export interface SameProxies {
  /** @returns the id of the one with the same address, login and password; undefined if there is none. */
  idOf(proxy: ProxyAddress): string | undefined;
  /** Whether it is there, or was asked about before. */
  isKnown(proxy: ProxyAddress): boolean;
  /** Stores those that are not there yet, each once. @returns how many. */
  store(wanted: readonly ProxyAddress[]): number;
}

/** Lists all proxies once: it knows nothing of what others change afterwards. */
export function createSameProxies(proxies: Proxies): SameProxies {
  /** Ids by address and user; their passwords are read once one of them is asked about. */
  const alike = new Map<string, string[]>();
  const ids = new Map<string, string>();
  const read = new Set<string>();
  const asked = new Set<string>();
  const freeName = createFreeNames((name) => proxies.idOfName(name) !== null);

  let after: string | undefined;
  do {
    const page = proxies.list({ search: '', sort: 'name', limit: 500, after });
    for (const row of page.rows) {
      const key = sameness(row);
      alike.set(key, [...(alike.get(key) ?? []), row.id]);
    }
    after = page.next ?? undefined;
  } while (after);

  function idOf(proxy: ProxyAddress): string | undefined {
    const address = sameness(proxy);
    if (!read.has(address)) {
      read.add(address);
      for (const id of alike.get(address) ?? []) ids.set(keyOf(proxies.get(id)), id);
    }
    return ids.get(keyOf(proxy));
  }

  return {
    idOf,
    isKnown(proxy) {
      const key = keyOf(proxy);
      const known = idOf(proxy) !== undefined || asked.has(key);
      asked.add(key);
      return known;
    },
    store(wanted) {
      const fresh = new Map(
        wanted.filter((proxy) => idOf(proxy) === undefined).map((one) => [keyOf(one), one]),
      );
      const inputs = [...fresh.values()].map(({ name, ...address }) =>
        proxyInputSchema.parse({
          ...address,
          name: freeName(name ?? `${address.host}:${address.port}`),
        }),
      );
      for (const added of inputs.length > 0 ? proxies.add(inputs, 'import') : []) {
        ids.set(keyOf(added), added.id);
      }
      return inputs.length;
    },
  };
}

const keyOf = (proxy: Pick<ProxyInput, 'type' | 'host' | 'port' | 'username' | 'password'>) =>
  JSON.stringify([sameness(proxy), proxy.password]);
