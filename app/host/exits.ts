/** Where proxies come out, from what checks on this device found. */
import type { Exit } from '../../workspace/model/places/alignment.ts';
import type { Services } from './services.ts';

/** More than that in one pool are not looked at. */
const mostMembers = 10_000;

/** @returns the exit that the newest check which got through found; none where none did. */
export function exitsOfProxy({ proxyChecks }: Services, proxyId: string): Exit[] {
  for (const { exit, country, at } of proxyChecks.of(proxyId)) {
    if (exit !== null) return [{ address: exit, country, at }];
  }
  return [];
}

/** @returns the exits of all proxies with the tag, as far as they are known. */
export function exitsOfPool(services: Services, tag: string): Exit[] {
  const query = { search: '', sort: 'name', filter: { tag }, limit: mostMembers } as const;
  return services.proxies.list(query).rows.flatMap(({ id }) => exitsOfProxy(services, id));
}
