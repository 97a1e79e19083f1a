/** What checks of proxies found on this device: the last few of each. */
import type { ProxyCheck } from '../model/proxy.ts';
import type { Store } from '../store/store.ts';

export interface ProxyChecks {
  /** To be called inside a transaction. */
  add(proxyId: string, check: ProxyCheck): void;
  /** Newest first. */
  of(proxyId: string): ProxyCheck[];
  /** The newest of each. */
  latest(proxyIds: readonly string[]): ReadonlyMap<string, ProxyCheck>;
}

/** Checks kept of each proxy. */
const kept = 50;

interface Row extends ProxyCheck {
  readonly proxy_id: string;
}

export function createProxyChecks(store: Store): ProxyChecks {
  const { database } = store;
  const insert = database.prepare('insert or replace into proxy_check values (?, ?, ?, ?, ?, ?)');
  const trim = database.prepare(
    `delete from proxy_check where proxy_id = ? and at not in
       (select at from proxy_check where proxy_id = ? order by at desc limit ${kept})`,
  );
  const selectOf = database.prepare<[string], Row>(
    'select * from proxy_check where proxy_id = ? order by at desc',
  );
  const selectLatest = database.prepare<[string], Row>(
    `select * from proxy_check where (proxy_id, at) in
       (select proxy_id, max(at) from proxy_check
        where proxy_id in (select value from json_each(?)) group by proxy_id)`,
  );
  const plain = ({ proxy_id: _id, ...check }: Row): ProxyCheck => check;
  return {
    add(proxyId, { at, exit, country, latency, problem }) {
      insert.run(proxyId, at, exit, country, latency, problem);
      trim.run(proxyId, proxyId);
      store.touch('proxy', proxyId);
    },
    of: (proxyId) => selectOf.all(proxyId).map(plain),
    latest: (proxyIds) =>
      new Map(selectLatest.all(JSON.stringify(proxyIds)).map((row) => [row.proxy_id, plain(row)])),
  };
}
