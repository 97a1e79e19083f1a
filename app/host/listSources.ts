/** What lists show: the view's rows, with what only this device knows of a profile. */

import type { ProfileRow } from '../../workspace/model/profile.ts';
import type { ProxyRow } from '../../workspace/model/proxy.ts';
import type { LiveSource } from './liveLists.ts';
import type { Services } from './services.ts';

/** Adds whether a profile is open here, whether it has a session, and when it was used last. */
export function withState(
  { sessions, profileOpenings }: Services,
  rows: readonly Omit<ProfileRow, 'open' | 'hasSession' | 'lastUsedAt'>[],
): ProfileRow[] {
  const ids = rows.map((row) => row.id);
  const kept = sessions.has(ids);
  const openedAt = profileOpenings.latest(ids);
  return rows.map((row) => ({
    ...row,
    lastUsedAt: Math.max(row.lastRunAt ?? 0, openedAt.get(row.id) ?? 0) || null,
    open: sessions.isOpen(row.id),
    hasSession: kept.has(row.id),
  }));
}

/** The list of profiles with what {@link withState} adds. */
export function profileSource(services: Services): LiveSource {
  const { profiles } = services;
  return {
    kind: 'profile',
    list(query) {
      const page = profiles.list(query);
      return { ...page, rows: withState(services, page.rows) };
    },
    rowsAmong(query, ids) {
      const found = profiles.rowsAmong(query, ids);
      const rows = withState(
        services,
        found.map(({ row }) => row),
      );
      return found.flatMap(({ position }, index) => {
        const row = rows[index];
        return row ? [{ row, position }] : [];
      });
    },
  };
}

/** Adds what the newest check on this device found. */
export function withChecks(
  { proxyChecks }: Services,
  rows: readonly Omit<ProxyRow, 'check'>[],
): ProxyRow[] {
  const latest = proxyChecks.latest(rows.map(({ id }) => id));
  return rows.map((row) => ({ ...row, check: latest.get(row.id) ?? null }));
}

export function proxySource(services: Services): LiveSource {
  const { proxies } = services;
  return {
    kind: 'proxy',
    list(query) {
      const page = proxies.list(query);
      return { ...page, rows: withChecks(services, page.rows) };
    },
    rowsAmong: (query, ids) =>
      proxies.rowsAmong(query, ids).flatMap(({ row, position }) => {
        const [checked] = withChecks(services, [row]);
        return checked ? [{ row: checked, position }] : [];
      }),
  };
}

export const workflowSource = ({ workflows }: Services): LiveSource => ({
  kind: 'workflow',
  list: (query) => workflows.list(query),
  rowsAmong: (query, ids) => workflows.rowsAmong(query, ids),
});
