/** What people and this device did to the vault's contents: signed entries and a view to filter them by. */
import type { VaultKeys } from '../keys/vaultKeys.ts';
import type { ActivityRow } from '../model/record.ts';
import type { ListPage } from '../records/records.ts';
import type { Store } from '../store/store.ts';
import { countedTo, decodeCursor, encodeCursor } from '../views/cursor.ts';
import { createJournal, type Entry, type ForeignEntry, type Journal } from './journal.ts';

export interface ActivityEvent {
  readonly type: string;
  readonly kind?: string;
  readonly recordId?: string;
  /** A record's name, a number of records, a file's name: never content. */
  readonly name?: string;
}

export interface ActivityQuery {
  readonly type?: string | undefined;
  readonly kind?: string | undefined;
  readonly recordId?: string | undefined;
  /** Milliseconds since 1970, inclusive. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

export interface ActivityLog {
  readonly deviceId: string;
  readonly journal: Journal;
  add(event: ActivityEvent): void;
  /** Newest first. */
  list(query: ActivityQuery): ListPage<ActivityRow>;
  clearView(): void;
  show(entries: readonly Entry[]): void;
}

export function createActivityLog(
  store: Store,
  keys: VaultKeys,
  tell: (entries: readonly ForeignEntry[]) => void,
): ActivityLog {
  const { database } = store;
  const journal = createJournal(store, keys, 'activity', tell);
  // One chain over everything that a device did.
  const subject = keys.device.id;
  const insert = database.prepare(
    'insert or replace into activity_view values (?, ?, ?, ?, ?, ?, ?)',
  );

  function show(entries: readonly Entry[]): void {
    for (const { position, at, body, deviceId } of entries) {
      const { type, kind = '', recordId = '', name = '' } = JSON.parse(body) as ActivityEvent;
      insert.run(position, at, type, kind, recordId, name, deviceId);
    }
  }

  return {
    deviceId: keys.device.id,
    journal,
    add: (event) =>
      store.write(() => {
        show(journal.append(subject, [JSON.stringify(event)]));
        store.touch('activity', subject);
      }),
    list: (query) => listActivity(store, query),
    clearView: () => void database.prepare('delete from activity_view').run(),
    show,
  };
}

interface ActivityViewRow {
  position: number;
  at: number;
  type: string;
  kind: string;
  record_id: string;
  name: string;
  device_name: string | null;
}

function listActivity({ database }: Store, query: ActivityQuery): ListPage<ActivityRow> {
  const conditions: string[] = ['true'];
  const values: (string | number)[] = [];
  const where = (condition: string, value: string | number | undefined) => {
    if (value === undefined) return;
    conditions.push(condition);
    values.push(value);
  };
  where('type = ?', query.type);
  where('activity_view.kind = ?', query.kind);
  where('record_id = ?', query.recordId);
  where('at >= ?', query.from);
  where('at <= ?', query.to);
  const matching = conditions.join(' and ');
  const from = query.after ? decodeCursor(query.after) : null;
  const rows = database
    .prepare<unknown[], ActivityViewRow>(
      `select position, at, type, activity_view.kind as kind, record_id, activity_view.name as name,
         device.name as device_name
       from activity_view left join device on device.id = device_id
       where ${matching} ${from ? 'and (at < ? or (at = ? and position < ?))' : ''}
       order by at desc, position desc limit ?`,
    )
    .all(...values, ...(from ? [from[0], from[0], Number(from[1])] : []), query.limit + 1);
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    rows: shown.map(({ record_id, device_name, ...row }) => ({
      ...row,
      recordId: record_id,
      deviceName: device_name,
    })),
    next: last && rows.length > query.limit ? encodeCursor([last.at, String(last.position)]) : null,
    total: Number(
      database
        .prepare(
          `select count(*) from (select 1 from activity_view where ${matching} limit ${countedTo + 1})`,
        )
        .pluck()
        .get(...values),
    ),
  };
}
