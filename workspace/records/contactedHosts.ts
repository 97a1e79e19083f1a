/**
 * Which hosts each profile's browser talked to on this device, the newest of each profile.
 *
 * They stay in the vault's database, which is sealed as a whole, and nowhere else: other devices are not
 * told, since where somebody was is nobody's business who did not go there, and no log of the program
 * names them. A profile that is deleted for good takes its own along.
 */
import type { ContactedHost } from '../model/contactedHost.ts';
import type { Store } from '../store/store.ts';

export interface ContactedHosts {
  /**
   * Adds what was counted since the last time to what is kept; of a profile that was deleted meanwhile
   * nothing is kept. To be called inside a transaction.
   */
  add(profileId: string, hosts: readonly ContactedHost[]): void;
  /** Newest first, at most {@link hostsKept}. */
  of(profileId: string): ContactedHost[];
  /** To be called inside a transaction. */
  forget(profileId: string): void;
}

/** Hosts kept of each profile. */
export const hostsKept = 1_000;

interface Row {
  readonly host: string;
  readonly port: number;
  readonly connections: number;
  readonly blocked: number;
  readonly reason: ContactedHost['reason'];
  readonly first_at: number;
  readonly last_at: number;
}

export function createContactedHosts({ database }: Store): ContactedHosts {
  const isGone = database
    .prepare<[string], number>('select 1 from tombstone where document_id = ?')
    .pluck();
  const insert = database.prepare(
    `insert into contacted_host values (?, ?, ?, ?, ?, ?, ?, ?)
     on conflict do update set
       connections = connections + excluded.connections,
       blocked = blocked + excluded.blocked,
       reason = coalesce(excluded.reason, reason),
       last_at = max(last_at, excluded.last_at)`,
  );
  const trim = database.prepare(
    `delete from contacted_host where profile_id = ? and (host, port) not in
       (select host, port from contacted_host where profile_id = ?
        order by last_at desc, host, port limit ${hostsKept})`,
  );
  const select = database.prepare<[string], Row>(
    `select * from contacted_host where profile_id = ?
     order by last_at desc, host, port`,
  );
  const drop = database.prepare('delete from contacted_host where profile_id = ?');
  return {
    add(profileId, hosts) {
      if (isGone.get(profileId)) return;
      for (const { host, port, connections, blocked, reason, firstAt, lastAt } of hosts) {
        insert.run(profileId, host, port, connections, blocked, reason, firstAt, lastAt);
      }
      trim.run(profileId, profileId);
    },
    of: (profileId) =>
      select
        .all(profileId)
        .map(({ host, port, connections, blocked, reason, first_at, last_at }) => ({
          host,
          port,
          connections,
          blocked,
          reason,
          firstAt: first_at,
          lastAt: last_at,
        })),
    forget: (profileId) => void drop.run(profileId),
  };
}
