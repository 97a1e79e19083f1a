/** Which hosts a profile's browser talked to, counted and not told one by one. */

export interface ContactedHost {
  readonly host: string;
  readonly port: number;
  readonly connections: number;
  /** Of those, how many were not let through. */
  readonly blocked: number;
  readonly reason: 'browserCall' | 'localNetwork' | null;
  readonly firstAt: number;
  readonly lastAt: number;
}

export interface HostLog {
  add(host: string, port: number, reason: ContactedHost['reason']): void;
  /** Newest first. */
  rows(): ContactedHost[];
}

/** Hosts kept; a page that makes up names must not fill the memory. */
const mostHosts = 5_000;

export function createHostLog(now: () => number): HostLog {
  const rows = new Map<string, ContactedHost>();
  return {
    add(host, port, reason) {
      const key = `${host}:${port}`;
      const known = rows.get(key);
      const at = now();
      rows.delete(key);
      rows.set(key, {
        host,
        port,
        connections: (known?.connections ?? 0) + 1,
        blocked: (known?.blocked ?? 0) + (reason ? 1 : 0),
        reason: reason ?? known?.reason ?? null,
        firstAt: known?.firstAt ?? at,
        lastAt: at,
      });
      const [oldest] = rows.keys();
      if (rows.size > mostHosts && oldest !== undefined) rows.delete(oldest);
    },
    rows: () => [...rows.values()].reverse(),
  };
}
