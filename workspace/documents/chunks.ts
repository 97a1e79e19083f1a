/**
 * The table that documents' bytes lie in, by the composite keys of automerge-repo's storage adapters
 * (document, type, hash). The adapter and the direct path share it, so each finds what the other stored.
 */
import type { Database } from '../store/database.ts';

export type ChunkKey = readonly string[];
export interface Chunk {
  readonly key: string[];
  readonly data: Uint8Array;
}

export interface Chunks {
  load(key: ChunkKey): Uint8Array | undefined;
  save(key: ChunkKey, data: Uint8Array): void;
  remove(key: ChunkKey): void;
  /** In the order in which they were first saved. */
  loadRange(prefix: ChunkKey): Chunk[];
  removeRange(prefix: ChunkKey): void;
  /** @returns a document's snapshots and increments put together, or null when it has none. */
  join(document: string): Uint8Array | null;
  /** Puts one snapshot in the place of all of a document's snapshots and increments. */
  replace(document: string, snapshot: Uint8Array): void;
}

/** The direct path keeps one snapshot a document; its name is no hash because nobody looks for it by one. */
const directName = 'direct';

/** A part can hold any character; encoded, none of them is the separator. */
const encode = (key: ChunkKey): string => key.map(encodeURIComponent).join('/');
const decode = (key: string): string[] => key.split('/').map(decodeURIComponent);

/** The character after the separator: an upper bound for keys that begin with a prefix. */
const beyond = '0';

export function createChunks(database: Database): Chunks {
  const select = database.prepare<[string], Buffer>('select data from chunk where key = ?').pluck();
  const put = database.prepare(
    'insert into chunk values (?, ?) on conflict (key) do update set data = excluded.data',
  );
  const drop = database.prepare('delete from chunk where key = ?');
  const range = database.prepare<[string, string, string], { key: string; data: Buffer }>(
    'select key, data from chunk where key = ? or (key > ? and key < ?) order by rowid',
  );
  const dropRange = database.prepare('delete from chunk where key = ? or (key > ? and key < ?)');
  // Snapshots sort after increments, and are read first.
  const content = database
    .prepare<[string, string, string, string], Buffer>(
      `select data from chunk where (key > ? and key < ?) or (key > ? and key < ?)
       order by key desc`,
    )
    .pluck();
  const others = database.prepare(
    'delete from chunk where ((key > ? and key < ?) or (key > ? and key < ?)) and key <> ?',
  );
  const bounds = (prefix: ChunkKey): [string, string, string] => {
    const key = encode(prefix);
    return [key, `${key}/`, `${key}${beyond}`];
  };
  /** Bounds of a document's snapshots and increments; sync states are somebody else's. */
  const contentBounds = (document: string): [string, string, string, string] => {
    const [, ...snapshots] = bounds([document, 'snapshot']);
    const [, ...increments] = bounds([document, 'incremental']);
    return [...snapshots, ...increments] as [string, string, string, string];
  };

  return {
    load(key) {
      const data = select.get(encode(key));
      return data && new Uint8Array(data);
    },
    save: (key, data) => void put.run(encode(key), data),
    remove: (key) => void drop.run(encode(key)),
    loadRange: (prefix) =>
      range
        .all(...bounds(prefix))
        .map(({ key, data }) => ({ key: decode(key), data: new Uint8Array(data) })),
    removeRange: (prefix) => void dropRange.run(...bounds(prefix)),
    join(document) {
      const parts = content.all(...contentBounds(document));
      if (parts.length === 0) return null;
      return new Uint8Array(parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts));
    },
    replace(document, snapshot) {
      const key = encode([document, 'snapshot', directName]);
      others.run(...contentBounds(document), key);
      put.run(key, snapshot);
    },
  };
}
