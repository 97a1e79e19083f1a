/**
 * This device's copy of the workspace's log: every envelope that it made or received and that no
 * compaction stands for, and which relay lacks which of them. Relays are mailboxes; what they lose is
 * here, on every device.
 */
import type { Store } from '../store/store.ts';
import { envelopeKind } from './bodies.ts';

export interface LogEnvelope {
  readonly position: number;
  readonly id: Uint8Array;
  readonly envelope: Uint8Array;
  readonly kind: number;
  readonly deviceId: string;
  /** Counts its author's envelopes. */
  readonly sequence: number;
  /** 0 as it was made; a compaction of many is one more than they are. */
  readonly level: number;
}

export interface EnvelopeLog {
  /**
   * Keeps an envelope and notes it as unsent, to every relay but the one that it came from. To be called
   * in a transaction. @returns whether it is new.
   */
  add(envelope: Omit<LogEnvelope, 'position'>, from: string | null): boolean;
  has(id: Uint8Array): boolean;
  /** Envelopes that a relay lacks, in their order, up to about `bytes`. */
  unsent(relayId: string, bytes: number): LogEnvelope[];
  /** Notes that a relay has these. To be called in a transaction. */
  sent(relayId: string, positions: readonly number[]): void;
  /** Notes that a relay has an envelope, whoever brought it there. To be called in a transaction. */
  known(relayId: string, id: Uint8Array): void;
  /** Envelopes of a device that nobody else has, after a position, in their order. */
  neverSent(deviceId: string, after: number, limit: number): LogEnvelope[];
  /**
   * Notes that a device's envelopes up to a sequence may have been read by another device. To be called in
   * a transaction, before they are.
   */
  left(sequence: number): void;
  /** Up to where they may have been. */
  leftUntil(): number;
  /** Takes envelopes that nobody has seen away again. To be called in a transaction. */
  drop(positions: readonly number[]): void;
  countUnsent(relayId: string): number;
  /** Notes everything as unsent to a relay. To be called in a transaction. */
  resend(relayId: string): void;
  /** Notes these as unsent to a relay. To be called in a transaction. */
  resendIds(relayId: string, ids: readonly Uint8Array[]): void;
  /** Visible ids, ascending. */
  ids(): Uint8Array[];
  /** Ids of visible envelopes after a position, in their order. */
  visibleIds(
    after: number,
    limit: number,
  ): { readonly id: Uint8Array; readonly position: number }[];
  /** Visible envelopes of a device after one of its sequences. */
  of(deviceId: string, after: number): LogEnvelope[];
  get(id: Uint8Array): LogEnvelope | null;
  /** Visible envelopes of a level, oldest first, without those that are never compacted. */
  atLevel(level: number, limit: number): LogEnvelope[];
  countAtLevel(level: number): number;
  /** Lets go of what a compaction stands for; the ids stay known. To be called in a transaction. */
  hide(ids: readonly Uint8Array[]): void;
  /** The same for what a device sent within a range of its sequences. To be called in a transaction. */
  hideRange(deviceId: string, from: number, to: number): void;
  /** Notes ids that every relay is to hide when it has all of the log up to now. To be called in a transaction. */
  supersede(ids: readonly Uint8Array[]): void;
  /** Ids that a relay can hide now, at most `limit`. */
  toHide(relayId: string, limit: number): Uint8Array[];
  /** Notes that a relay hides them. To be called in a transaction. */
  hiddenAt(relayId: string, ids: readonly Uint8Array[]): void;
  size(): { readonly envelopes: number; readonly bytes: number };
}

interface Row {
  position: number;
  id: Buffer;
  envelope: Buffer;
  kind: number;
  device_id: string;
  sequence: number;
  level: number;
}

const none = new Uint8Array();

export function createEnvelopeLog(store: Store): EnvelopeLog {
  const { database } = store;
  const insert = database.prepare(
    'insert or ignore into log (id, envelope, kind, device_id, sequence, level) values (?, ?, ?, ?, ?, ?)',
  );
  const owe = database.prepare('insert into unsent select id, ? from relay where id is not ?');
  const find = database.prepare<[Uint8Array], number>('select 1 from log where id = ?').pluck();
  const selectUnsent = database.prepare<[string], Row>(
    `select log.* from unsent join log using (position)
     where relay_id = ? order by position`,
  );
  // Where there are several relays, what no relay has is a part of what the first one lacks.
  const selectNeverSent = database.prepare<[string, number, number], Row>(
    `select log.* from unsent join log using (position)
     where relay_id = (select min(id) from relay) and device_id = ? and position > ?
       and sequence > coalesce((select cast(value as integer) from meta where name = 'left'), 0)
       and ((select count(*) from relay) = 1
         or (select count(*) from unsent other where other.position = log.position) =
           (select count(*) from relay))
     order by position limit ?`,
  );
  const left = database
    .prepare<[], number>("select cast(value as integer) from meta where name = 'left'")
    .pluck();
  const setLeft = database.prepare("insert or replace into meta values ('left', ?)");
  const dropOne = database.prepare('delete from log where position = ?');
  const settle = database.prepare('delete from unsent where relay_id = ? and position = ?');
  const settleById = database.prepare(
    'delete from unsent where relay_id = ? and position = (select position from log where id = ?)',
  );
  const settleAll = database.prepare('delete from unsent where position = ?');
  const countOf = database
    .prepare<[string], number>('select count(*) from unsent where relay_id = ?')
    .pluck();
  const oweAll = database.prepare(
    'insert or ignore into unsent select ?, position from log where hidden = 0',
  );
  const oweOne = database.prepare(
    'insert or ignore into unsent select ?, position from log where id = ? and hidden = 0',
  );
  const allIds = database
    .prepare<[], Buffer>('select id from log where hidden = 0 order by id')
    .pluck();
  const selectIdsAfter = database.prepare<[number, number], { id: Buffer; position: number }>(
    'select id, position from log where hidden = 0 and position > ? order by position limit ?',
  );
  const selectOf = database.prepare<[string, number], Row>(
    'select * from log where device_id = ? and sequence > ? and hidden = 0 order by sequence',
  );
  const selectOne = database.prepare<[Uint8Array], Row>(
    'select * from log where id = ? and hidden = 0',
  );
  const selectLevel = database.prepare<[number, number], Row>(
    `select * from log where level = ? and hidden = 0 and kind <> ${envelopeKind.membership}
     order by position limit ?`,
  );
  const countLevel = database
    .prepare<[number], number>(
      `select count(*) from log
       where level = ? and hidden = 0 and kind <> ${envelopeKind.membership}`,
    )
    .pluck();
  const hideAuthored = database
    .prepare<[Uint8Array, string, number, number], number>(
      `update log set hidden = 1, envelope = ?
       where device_id = ? and sequence between ? and ? and hidden = 0
         and kind <> ${envelopeKind.membership} returning position`,
    )
    .pluck();
  const supersedeOne = database.prepare(
    `insert or ignore into superseded
     select id, ?, (select max(position) from log) from relay`,
  );
  const selectToHide = database
    .prepare<[string, number], Buffer>(
      `select id from superseded where relay_id = ?
         and not exists (select 1 from unsent where unsent.relay_id = superseded.relay_id
           and unsent.position <= superseded.until)
       limit ?`,
    )
    .pluck();
  const dropToHide = database.prepare('delete from superseded where relay_id = ? and id = ?');
  const hideOne = database
    .prepare<[Uint8Array, Uint8Array], number>(
      'update log set hidden = 1, envelope = ? where id = ? and hidden = 0 returning position',
    )
    .pluck();

  return {
    add({ id, envelope, kind, deviceId, sequence, level }, from) {
      const done = insert.run(id, envelope, kind, deviceId, sequence, level);
      if (done.changes === 0) {
        if (from !== null) settleById.run(from, id);
        return false;
      }
      owe.run(Number(done.lastInsertRowid), from);
      return true;
    },
    has: (id) => find.get(id) !== undefined,
    unsent(relayId, most) {
      const rows: LogEnvelope[] = [];
      let bytes = 0;
      for (const row of selectUnsent.iterate(relayId)) {
        bytes += row.envelope.length;
        if (rows.length > 0 && bytes > most) break;
        rows.push(toEnvelope(row));
      }
      return rows;
    },
    sent(relayId, positions) {
      for (const position of positions) settle.run(relayId, position);
    },
    known: (relayId, id) => void settleById.run(relayId, id),
    neverSent: (deviceId, after, limit) =>
      selectNeverSent.all(deviceId, after, limit).map(toEnvelope),
    left: (sequence) => void setLeft.run(String(sequence)),
    leftUntil: () => left.get() ?? 0,
    drop(positions) {
      for (const position of positions) dropOne.run(position);
    },
    countUnsent: (relayId) => countOf.get(relayId) ?? 0,
    resend: (relayId) => void oweAll.run(relayId),
    resendIds(relayId, ids) {
      for (const id of ids) oweOne.run(relayId, id);
    },
    ids: () => allIds.all().map((id) => new Uint8Array(id)),
    visibleIds: (after, limit) =>
      selectIdsAfter
        .all(after, limit)
        .map(({ id, position }) => ({ id: new Uint8Array(id), position })),
    of: (deviceId, after) => selectOf.all(deviceId, after).map(toEnvelope),
    get(id) {
      const row = selectOne.get(id);
      return row ? toEnvelope(row) : null;
    },
    atLevel: (level, limit) => selectLevel.all(level, limit).map(toEnvelope),
    countAtLevel: (level) => countLevel.get(level) ?? 0,
    hide(ids) {
      for (const id of ids) {
        const position = hideOne.get(none, id);
        // What never left this device need not: the compaction says the same.
        if (position !== undefined) settleAll.run(position);
      }
    },
    hideRange(deviceId, from, to) {
      for (const position of hideAuthored.all(none, deviceId, from, to)) settleAll.run(position);
    },
    supersede(ids) {
      for (const id of ids) supersedeOne.run(id);
    },
    toHide: (relayId, limit) => selectToHide.all(relayId, limit).map((id) => new Uint8Array(id)),
    hiddenAt(relayId, ids) {
      for (const id of ids) dropToHide.run(relayId, id);
    },
    size() {
      const row = database
        .prepare<[], { envelopes: number; bytes: number | null }>(
          'select count(*) as envelopes, sum(length(envelope)) as bytes from log where hidden = 0',
        )
        .get();
      return { envelopes: row?.envelopes ?? 0, bytes: row?.bytes ?? 0 };
    },
  };
}

const toEnvelope = ({
  position,
  id,
  envelope,
  kind,
  device_id,
  sequence,
  level,
}: Row): LogEnvelope => ({
  position,
  id: new Uint8Array(id),
  envelope: new Uint8Array(envelope),
  kind,
  deviceId: device_id,
  sequence,
  level,
});
