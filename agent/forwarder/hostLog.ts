/** Which hosts a profile's browser talked to, counted until somebody writes them down. */

export interface CountedHost {
  readonly host: string;
  readonly port: number;
  readonly connections: number;
  /** Of those, how many were not let through, and why the last of them was not. */
  readonly blocked: number;
  readonly reason: 'browserCall' | 'localNetwork' | null;
  /** Milliseconds since 1970. */
  readonly firstAt: number;
  readonly lastAt: number;
}

export interface HostLog {
  add(host: string, port: number, reason: CountedHost['reason']): void;
  /** What was counted since this was asked last, newest first; the next count begins anew. */
  take(): CountedHost[];
}

/** Hosts kept; a page that makes up names must not fill the memory. */
const mostHosts = 5_000;

export function createHostLog(now: () => number): HostLog {
  const rows = new Map<string, CountedHost>();
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
    take() {
      const taken = [...rows.values()].reverse();
      rows.clear();
      return taken;
    },
  };
}
