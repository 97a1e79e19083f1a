/** Where proxies come out, from what checks on this device found. */
import type { Exit } from '../../workspace/model/places/alignment.ts';
import type { Services } from './services.ts';

/** @returns undefined without a proxy, null where no check of it got through. */
export function exitOf({ proxyChecks }: Services, proxyId: string | null): Exit | null | undefined {
  if (proxyId === null) return undefined;
  for (const { exit, country, at } of proxyChecks.of(proxyId)) {
    if (exit !== null) return { address: exit, country, at };
  }
  return null;
}
