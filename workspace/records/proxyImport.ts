/** What becomes of proxies that were read from text: which are there already, and what new ones are called. */
import { type ProxyInput, proxyInputSchema } from '../model/proxy.ts';
import { proxyAddress } from '../model/proxyAddress.ts';
import type { ProxyAddress, ProxyLine } from '../model/proxyLines.ts';
import type { ProxySummary } from './kinds.ts';
import type { Records } from './records.ts';

type Proxies = Records<ProxyInput, ProxySummary>;

/** One of the same address and login is the same one. */
export const sameness = ({
  type,
  host,
  port,
  username,
}: Pick<ProxyInput, 'type' | 'host' | 'port' | 'username'>): string =>
  JSON.stringify([type, host.toLowerCase(), port, username]);

/** @returns the lines that say what is there already, or what a line before them says. */
export function knownAmong(proxies: Proxies, lines: readonly ProxyLine[]): Set<ProxyLine> {
  const seen = new Set<string>();
  let after: string | undefined;
  do {
    const page = proxies.list({
      search: '',
      sort: 'name',
      limit: 500,
      ...(after ? { after } : {}),
    });
    for (const row of page.rows) seen.add(sameness(row));
    after = page.next ?? undefined;
  } while (after);
  const known = new Set<ProxyLine>();
  for (const line of lines) {
    if (line.state !== 'read') continue;
    const key = sameness(line.proxy);
    if (seen.has(key)) known.add(line);
    seen.add(key);
  }
  return known;
}

/** @returns what is stored of them, under their own names or their addresses, each name once. */
export function namesFor(proxies: Proxies, fresh: readonly ProxyAddress[]): ProxyInput[] {
  const taken = new Set<string>();
  return fresh.map(({ name, ...address }) => {
    const wanted = name ?? `${address.host}:${address.port}`;
    let free = taken.has(wanted) ? wanted : proxies.freeName(wanted);
    for (let number = 2; taken.has(free) || proxies.idOfName(free) !== null; number++) {
      free = `${wanted} (${number})`;
    }
    taken.add(free);
    return proxyInputSchema.parse({ ...address, name: free });
  });
}

/** What a window shows of a line: everything but the password. */
export function lineRow(line: ProxyLine, isKnown: boolean) {
  const shown = (proxy: ProxyAddress) => proxyAddress(proxy);
  const nothing = { address: null, username: '', hasPassword: false, changesExit: false };
  const of = (proxy: ProxyAddress) => ({
    address: shown(proxy),
    username: proxy.username,
    hasPassword: proxy.password !== '',
    changesExit: proxy.changeIpUrl !== null,
  });
  switch (line.state) {
    case 'read': {
      const state = isKnown ? ('known' as const) : ('read' as const);
      return { line: line.line, state, ...of(line.proxy), otherwise: null, problem: null };
    }
    case 'ambiguous':
      return {
        line: line.line,
        state: line.state,
        ...of(line.hostFirst),
        otherwise: shown(line.userFirst),
        problem: null,
      };
    case 'refused':
      return {
        line: line.line,
        state: line.state,
        ...nothing,
        otherwise: null,
        problem: line.problem,
      };
  }
}
