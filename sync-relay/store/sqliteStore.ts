/**
 * The relay's data in one SQLite file, blobs as files beside it. One process has it open.
 *
 * A disk sync costs far more than a write, so writes that arrive together share one transaction: each is
 * a savepoint of it, and all are answered after its commit.
 */
import { mkdirSync } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3-multiple-ciphers';
import { hash } from '../../crypto/digest.ts';
import { toHex } from '../../crypto/hex.ts';
import { type RandomBytes, systemRandom } from '../../crypto/random.ts';
import { emptyChain, nextChain } from '../protocol/proofs.ts';
import {
  type BlobState,
  type ChannelState,
  defaultQuotas,
  keptHidden,
  type Quotas,
  RefusedError,
  type RelayStore,
  type Slot,
  type StoredEntry,
} from './relayStore.ts';

export interface SqliteStoreOptions {
  /** Folder, made when there is none; null keeps the database in memory and has no place for blobs. */
  readonly dir: string | null;
  /** The data was put back from a backup: devices have to look at what it lacks. */
  readonly restored?: boolean;
  readonly quotas?: Quotas;
  readonly now?: () => number;
  readonly random?: RandomBytes;
}

const schema = `
  create table if not exists meta (name text primary key, value blob not null) strict;
  create table if not exists channel (
    number integer primary key,
    id blob not null unique,
    key blob not null,
    head integer not null default 0,
    chain blob not null,
    bytes integer not null default 0,
    -- What the last one to rotate left for all keys of before.
    notice blob
  ) strict;
  create table if not exists past_key (
    channel integer not null references channel (number) on delete cascade,
    key blob not null,
    primary key (channel, key)
  ) strict;
  create table if not exists entry (
    channel integer not null references channel (number) on delete cascade,
    position integer not null,
    id blob not null,
    chain blob not null,
    -- Null once it is purged; its place, id and chain stay.
    envelope blob,
    hidden_at integer,
    unique (channel, position),
    unique (channel, id)
  ) strict;
  create index if not exists entry_hidden on entry (hidden_at) where envelope is not null;
  create table if not exists register (
    channel integer not null references channel (number) on delete cascade,
    id blob not null,
    version integer not null,
    value blob not null,
    written_at integer not null,
    primary key (channel, id)
  ) strict;
  create table if not exists blob (
    channel integer not null references channel (number) on delete cascade,
    id blob not null,
    size integer not null,
    received integer not null,
    changed_at integer not null,
    primary key (channel, id)
  ) strict;
`;

interface ChannelRow {
  number: number;
  key: Buffer;
  head: number;
  chain: Buffer;
  bytes: number;
}

interface EntryRow {
  position: number;
  chain: Buffer;
  envelope: Buffer;
}

const plain = (bytes: Buffer): Uint8Array =>
  new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);

/** @throws SqliteError when the file is no store or somebody else has it open. */
export function createSqliteStore(options: SqliteStoreOptions): RelayStore {
  const { dir, quotas = defaultQuotas, now = Date.now, random = systemRandom } = options;
  if (dir !== null) mkdirSync(join(dir, 'blobs'), { recursive: true, mode: 0o700 });
  const database = new Sqlite(dir === null ? ':memory:' : join(dir, 'relay.sqlite'));
  database.pragma('locking_mode = EXCLUSIVE');
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  database.pragma('trusted_schema = OFF');
  database.exec(schema);

  const meta = database.prepare<[string], Buffer>('select value from meta where name = ?').pluck();
  const known = meta.get('incarnation');
  const incarnation = known && !options.restored ? plain(known) : random(16);
  database.prepare('insert or replace into meta values (?, ?)').run('incarnation', incarnation);

  const findChannel = database.prepare<[Uint8Array], ChannelRow>(
    'select number, key, head, chain, bytes from channel where id = ?',
  );
  const addChannel = database.prepare('insert into channel (id, key, chain) values (?, ?, ?)');
  const setKey = database.prepare('update channel set key = ?, notice = ? where number = ?');
  const setHead = database.prepare(
    'update channel set head = ?, chain = ?, bytes = bytes + ? where number = ?',
  );
  const addBytes = database.prepare('update channel set bytes = bytes + ? where number = ?');
  const dropChannel = database.prepare('delete from channel where number = ?');
  const addPastKey = database.prepare('insert or replace into past_key values (?, ?)');
  const dropPastKey = database.prepare('delete from past_key where channel = ? and key = ?');
  const findSuccessor = database.prepare<[number, Uint8Array], { next: Buffer; notice: Buffer }>(
    `select channel.key as next, notice from past_key
     join channel on channel.number = past_key.channel
     where past_key.channel = ? and past_key.key = ?`,
  );
  const placeOf = database
    .prepare<[number, Uint8Array], number>(
      'select position from entry where channel = ? and id = ?',
    )
    .pluck();
  const addEntry = database.prepare(
    'insert into entry (channel, position, id, chain, envelope) values (?, ?, ?, ?, ?)',
  );
  const hide = database.prepare(
    `update entry set hidden_at = ?
     where channel = ? and id = ? and position <= ? and hidden_at is null`,
  );
  const readAfter = database.prepare<[number, number], EntryRow>(
    `select position, chain, envelope from entry
     where channel = ? and position > ? and hidden_at is null order by position`,
  );
  const chainOf = database
    .prepare<[number, number], Buffer>('select chain from entry where channel = ? and position = ?')
    .pluck();
  const byId = database
    .prepare<[number, Uint8Array], Buffer>(
      'select envelope from entry where channel = ? and id = ? and hidden_at is null',
    )
    .pluck();
  const idsBetween = database
    .prepare<[number, Uint8Array, Uint8Array], Buffer>(
      `select id from entry
       where channel = ? and id between ? and ? and hidden_at is null order by id`,
    )
    .pluck();
  const findRegister = database.prepare<
    [number, Uint8Array],
    { version: number; value: Buffer; written_at: number }
  >('select version, value, written_at from register where channel = ? and id = ?');
  const putRegister = database.prepare('insert or replace into register values (?, ?, ?, ?, ?)');
  const countRegisters = database
    .prepare<[number], number>('select count(*) from register where channel = ?')
    .pluck();
  const findBlob = database.prepare<[number, Uint8Array], BlobState>(
    'select size, received from blob where channel = ? and id = ?',
  );
  const putBlobRow = database.prepare('insert or replace into blob values (?, ?, ?, ?, ?)');
  const dropBlobRow = database.prepare('delete from blob where channel = ? and id = ?');
  const begin = database.prepare('begin immediate');
  const end = database.prepare('commit');
  const undo = database.prepare('rollback');
  const savepoint = database.transaction((work: () => unknown) => work());

  let group: { readonly settle: ((failure: unknown) => void)[] } | null = null;

  function closeGroup(): void {
    const closing = group;
    group = null;
    if (!closing) return;
    let failure: unknown;
    try {
      end.run();
    } catch (error) {
      failure = error;
      if (database.inTransaction) undo.run();
    }
    for (const settle of closing.settle) settle(failure);
  }

  /** Stores with what else is asked for in this turn; settles after the disk has it. */
  function write<T>(work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      if (group && !database.inTransaction) closeGroup();
      if (!group) {
        begin.run();
        group = { settle: [] };
        setImmediate(closeGroup);
      }
      const result = savepoint(work) as T;
      group.settle.push((failure) => (failure ? reject(failure) : resolve(result)));
    });
  }

  /** What the open transaction holds is not on disk yet, so nobody is told of it. */
  async function settled(): Promise<void> {
    while (group) {
      const { settle } = group;
      await new Promise<void>((resolve) => settle.push(() => resolve()));
    }
  }

  function required(channel: Uint8Array): ChannelRow {
    const row = findChannel.get(channel);
    if (!row) throw new RefusedError('unknownChannel');
    return row;
  }

  function slotOf(channel: number, register: Uint8Array): Slot {
    const row = findRegister.get(channel, register);
    if (!row) return { version: 0, value: new Uint8Array(), age: 0 };
    const age = Math.max(0, now() - row.written_at);
    return { version: row.version, value: plain(row.value), age };
  }

  const blobPath = (channel: Uint8Array, blob: Uint8Array): string => {
    if (dir === null) throw new RefusedError('quota');
    return join(dir, 'blobs', toHex(channel), toHex(blob));
  };
  /** Parts of one blob one after another; others go on meanwhile. */
  const uploads = new Map<string, Promise<unknown>>();

  function inTurn<T>(path: string, work: () => Promise<T>): Promise<T> {
    const done = (uploads.get(path) ?? Promise.resolve()).then(work, work);
    uploads.set(path, done);
    const forget = () => {
      if (uploads.get(path) === done) uploads.delete(path);
    };
    done.then(forget, forget);
    return done;
  }

  return {
    incarnation,
    async channel(channel): Promise<ChannelState | null> {
      await settled();
      const row = findChannel.get(channel);
      if (!row) return null;
      const { key, head, chain, bytes } = row;
      return { key: plain(key), head, chain: plain(chain), bytes };
    },
    create: (channel, key) =>
      write(() => {
        if (findChannel.get(channel)) return false;
        const count = Number(database.prepare('select count(*) from channel').pluck().get());
        if (count >= quotas.channels) throw new RefusedError('quota');
        addChannel.run(channel, key, emptyChain);
        return true;
      }),
    rotate: (channel, key, { next, notice }) =>
      write(() => {
        const row = findChannel.get(channel);
        if (!row?.key.equals(key)) return false;
        addPastKey.run(row.number, key);
        // A key that comes back is no past one: whoever holds it would be sent in a circle.
        dropPastKey.run(row.number, next);
        setKey.run(next, notice, row.number);
        return true;
      }),
    async successor(channel, key) {
      await settled();
      const row = findChannel.get(channel);
      const found = row && findSuccessor.get(row.number, key);
      return found ? { next: plain(found.next), notice: plain(found.notice) } : null;
    },
    append: (channel, envelopes, supersedes) =>
      write(() => {
        const row = required(channel);
        const before = row.head;
        let { head } = row;
        let chain = plain(row.chain);
        let bytes = 0;
        const added: StoredEntry[] = [];
        const positions = envelopes.map((envelope) => {
          const id = hash(envelope);
          const place = placeOf.get(row.number, id);
          if (place !== undefined) return place;
          head += 1;
          chain = nextChain(chain, id);
          bytes += envelope.length;
          addEntry.run(row.number, head, id, chain, envelope);
          added.push({ position: head, envelope });
          return head;
        });
        if (bytes > 0 && row.bytes + bytes > quotas.channelBytes) throw new RefusedError('quota');
        if (added.length > 0) setHead.run(head, chain, bytes, row.number);
        let hidden = 0;
        for (const id of supersedes) hidden += hide.run(now(), row.number, id, before).changes;
        return { positions, added, head, chain, hidden };
      }),
    async read(channel, after, most) {
      await settled();
      const row = required(channel);
      const entries: StoredEntry[] = [];
      let end = row.head;
      let endChain = row.chain;
      let bytes = 0;
      for (const entry of readAfter.iterate(row.number, after)) {
        if (entries.length > 0 && bytes + entry.envelope.length > most) {
          const last = entries.at(-1) as StoredEntry;
          end = last.position;
          endChain = chainOf.get(row.number, end) as Buffer;
          break;
        }
        bytes += entry.envelope.length + 16;
        entries.push({ position: entry.position, envelope: plain(entry.envelope) });
      }
      const { head, chain } = row;
      return { entries, end, endChain: plain(endChain), head, chain: plain(chain) };
    },
    async chainAt(channel, position) {
      await settled();
      if (position === 0) return emptyChain;
      const chain = chainOf.get(required(channel).number, position);
      return chain ? plain(chain) : null;
    },
    async fetch(channel, ids, most) {
      await settled();
      const { number } = required(channel);
      const found: Uint8Array[] = [];
      let bytes = 0;
      for (const id of ids) {
        const envelope = byId.get(number, id);
        if (!envelope) continue;
        bytes += envelope.length + 16;
        if (found.length > 0 && bytes > most) break;
        found.push(plain(envelope));
      }
      return found;
    },
    async ids(channel, { from, to }) {
      await settled();
      return idsBetween.all(required(channel).number, from, to).map(plain);
    },
    async register(channel, register) {
      await settled();
      return slotOf(required(channel).number, register);
    },
    setRegister: (channel, register, version, value) =>
      write(() => {
        const { number } = required(channel);
        const slot = slotOf(number, register);
        if (slot.version !== version) return { set: false, slot };
        if (version === 0 && (countRegisters.get(number) ?? 0) >= quotas.channelRegisters) {
          throw new RefusedError('quota');
        }
        putRegister.run(number, register, version + 1, value, now());
        return { set: true, slot: { version: version + 1, value, age: 0 } };
      }),
    async blob(channel, blob) {
      await settled();
      return findBlob.get(required(channel).number, blob) ?? null;
    },
    putBlob(channel, blob, size, offset, bytes) {
      const path = blobPath(channel, blob);
      return inTurn(path, async () => {
        const row = required(channel);
        const state = findBlob.get(row.number, blob) ?? { size, received: 0 };
        if (state.size !== size || offset > state.received || offset + bytes.length > size) {
          throw new RefusedError('badOffset');
        }
        const fresh = bytes.subarray(state.received - offset);
        if (fresh.length === 0) return state;
        if (row.bytes + fresh.length > quotas.channelBytes) throw new RefusedError('quota');
        await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
        const file = await open(path, state.received === 0 ? 'w' : 'r+', 0o600);
        try {
          await file.write(fresh, 0, fresh.length, state.received);
          await file.datasync();
        } finally {
          await file.close();
        }
        const received = state.received + fresh.length;
        await write(() => {
          putBlobRow.run(required(channel).number, blob, size, received, now());
          addBytes.run(fresh.length, row.number);
        });
        return { size, received };
      });
    },
    async getBlob(channel, blob, offset, length) {
      await settled();
      const state = findBlob.get(required(channel).number, blob);
      if (!state || state.received < state.size) throw new RefusedError('unknownBlob');
      const bytes = new Uint8Array(Math.max(0, Math.min(length, state.size - offset)));
      const file = await open(blobPath(channel, blob), 'r');
      try {
        if (bytes.length > 0) await file.read(bytes, 0, bytes.length, offset);
      } finally {
        await file.close();
      }
      return { size: state.size, bytes };
    },
    dropBlob(channel, blob) {
      const path = blobPath(channel, blob);
      return inTurn(path, async () => {
        await write(() => {
          const { number } = required(channel);
          const state = findBlob.get(number, blob);
          if (!state) return;
          dropBlobRow.run(number, blob);
          addBytes.run(-state.received, number);
        });
        await rm(path, { force: true });
      });
    },
    async erase(channel) {
      await write(() => dropChannel.run(required(channel).number));
      if (dir !== null) {
        await rm(join(dir, 'blobs', toHex(channel)), { recursive: true, force: true });
      }
    },
    async purge() {
      const before = now() - keptHidden;
      const stale = database
        .prepare<[number], { channel: Buffer; id: Buffer }>(
          `select channel.id as channel, blob.id as id from blob
           join channel on channel.number = blob.channel
           where received < size and changed_at < ?`,
        )
        .all(before);
      for (const { channel, id } of stale) await this.dropBlob(plain(channel), plain(id));
      const envelopes = await write(() => {
        database
          .prepare(
            `update channel set bytes = bytes - coalesce((
               select sum(length(envelope)) from entry
               where entry.channel = channel.number and hidden_at < ? and envelope is not null), 0)`,
          )
          .run(before);
        return database
          .prepare('update entry set envelope = null where hidden_at < ? and envelope is not null')
          .run(before).changes;
      });
      return { envelopes, blobs: stale.length };
    },
    async totals() {
      const number = (sql: string) => Number(database.prepare(sql).pluck().get() ?? 0);
      return {
        channels: number('select count(*) from channel'),
        envelopes: number('select sum(head) from channel'),
        bytes: number('select sum(bytes) from channel'),
      };
    },
    async close() {
      await Promise.allSettled(uploads.values());
      closeGroup();
      if (!database.open) return;
      database.pragma('wal_checkpoint(TRUNCATE)');
      database.close();
    },
  };
}
