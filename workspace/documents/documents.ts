/**
 * Records' documents: loaded when somebody needs one, kept while it is used, freed when others push it
 * out. A change is stored as the document's new snapshot, sealed for other devices and told to the
 * views, all in one transaction.
 */
import { next as A } from '@automerge/automerge';
import { hash } from '../../crypto/digest.ts';
import { toHex } from '../../crypto/hex.ts';
import { isTime } from '../model/time.ts';
import type { JsonValue } from '../model/workflow.ts';
import type { ListRow, OutgoingDocument } from '../outbox/bodies.ts';
import type { Outbox, OutgoingChange } from '../outbox/outbox.ts';
import type { Store } from '../store/store.ts';
import type { Actors } from './actor.ts';
import { createChunks } from './chunks.ts';
import { documentIdOf, uuidBytes } from './documentId.ts';
import { chunksAreSound, type Trust } from './guard.ts';
import {
  type Fields,
  firstFields,
  type RecordDocument,
  readFields,
  type Shape,
  writeFields,
} from './shape.ts';

/** A document's content at one moment. */
export interface Content {
  readonly kind: string;
  readonly createdAt: number;
  /** When it was last changed, by the newest of its heads. */
  readonly updatedAt: number;
  readonly trashedAt: number | null;
  readonly fields: Readonly<Record<string, JsonValue>>;
}

/** One change in a document's history. */
export interface Version {
  /** The change's hash, 64 hexadecimal digits; it names the state after it. */
  readonly id: string;
  readonly at: number;
  /** The device that made it, or null when no device of this vault is known to have written under its actor. */
  readonly deviceId: string | null;
  /** What was done: `add`, `edit`, `trash`, … */
  readonly action: string;
}

export interface Edit {
  readonly id: string;
  readonly kind: string;
  readonly shape: Shape;
  readonly action: string;
  /** Absent: fields stay as they are. */
  readonly fields?: Fields;
  /** What the fields are now, when whoever edits has just read them. */
  readonly before?: Fields;
  /** Absent: stays as it is; null: out of the trash. */
  readonly trashedAt?: number | null;
}

/** What came of receiving changes from elsewhere. */
export interface Received {
  readonly changed: boolean;
  /** What the document says it is; empty while that is among what is missing. */
  readonly kind: string;
  /** Hashes of changes that are wanted before the rest can show; empty when all is there. */
  readonly missing: readonly string[];
}

export interface Documents {
  has(id: string): boolean;
  /** @returns its kind; null when there is none. */
  kindOf(id: string): string | null;
  /**
   * Makes or changes documents. To be called inside a transaction, which seals all of it together.
   *
   * @returns those whose heads moved, with the time of their change; an edit that says what is there
   *   already changes nothing.
   */
  apply(edits: readonly Edit[]): ReadonlyMap<string, number>;
  /** @throws when there is none. */
  read(id: string, shape: Shape): Content;
  /** Newest first. */
  history(id: string): Version[];
  /** @returns the content right after that change, or null when the document has no such change. */
  at(id: string, version: string, shape: Shape): Content | null;
  /**
   * Stores and sends what this device changed in a copy of the document that somebody has open. To be
   * called inside a transaction.
   */
  adopt(id: string, changes: readonly Uint8Array[]): void;
  /** Changes that a copy with these heads lacks. */
  changesSince(id: string, heads: readonly string[]): Uint8Array[];
  /** The whole document, history included, as Automerge saves it. */
  save(id: string): Uint8Array;
  /**
   * Merges bytes that Automerge made: a saved document, changes or, from whom `trust` says, a bundle. To be
   * called inside a transaction.
   *
   * @param kind what it has to be; null for whatever it says.
   * @param at when the newest change in them was made, where the caller knows that.
   * @throws RangeError when they are not sound or not a record's document.
   */
  merge(id: string, kind: string | null, bytes: Uint8Array, trust?: Trust, at?: number): Received;
  /** Sends whole documents that came from outside, to whom this device's changes are sent. */
  announce(ids: readonly string[]): void;
  /** Whole documents as they are sent, each with its row. */
  outgoing(ids: readonly string[]): OutgoingDocument[];
  /**
   * Keeps a document's bytes unopened, until somebody wants it or {@link verify} comes to it: for what a
   * device of this workspace signed. To be called inside a transaction. @returns false when it is there.
   */
  keepUnopened(id: string, kind: string, bytes: Uint8Array, changedAt: number): boolean;
  /**
   * Keeps sound changes beside a document, to be merged when somebody wants it or {@link open} comes to
   * it: much that comes at once is merged document by document. To be called inside a transaction.
   *
   * @throws RangeError when they are not sound.
   */
  keepChanges(id: string, bytes: Uint8Array, at: number): void;
  /** Ids of documents with something unopened, at most `limit`, those first that no list shows right. */
  unopened(limit: number): string[];
  /** Whether lists show all that is here. */
  isShown(): boolean;
  /**
   * Merges what was kept unopened. To be called inside a transaction.
   *
   * @returns its kind; empty while its first change is missing.
   * @throws RangeError when it is no sound document; what was received is gone then.
   */
  open(id: string): string;
  /** @returns what a saved document holds. @throws RangeError when it is not a sound document. */
  inspect(bytes: Uint8Array, shape: Shape): Content;
  /** Deletes for good, and tells so. The caller records the tombstone. */
  remove(ids: readonly string[]): void;
  /** Deletes what another device deleted for good. To be called inside a transaction. */
  forget(ids: readonly string[]): void;
  /** @returns whether what is stored of it is what Automerge once saved; reads past what is in memory. */
  isSound(id: string): boolean;
  /** Ids of a kind, or of all. */
  ids(kind?: string): string[];
}

/** Documents kept in memory. */
const kept = 256;

/** A change's time is whatever its author wrote there. */
const shownTime = (time: unknown): number => (isTime(time) ? time : 0);

export function createDocuments(store: Store, actors: Actors, outbox: Outbox): Documents {
  const { database } = store;
  const chunks = createChunks(database);
  const putDocument = database.prepare(
    `insert into document values (?, ?, ?, ?)
     on conflict (id) do update
       set kind = excluded.kind, bytes = excluded.bytes, changed_at = excluded.changed_at`,
  );
  const findDocument = database
    .prepare<[string], string>('select kind from document where id = ?')
    .pluck();
  const changedAtOf = database
    .prepare<[string], number>('select changed_at from document where id = ?')
    .pluck();
  const dropDocument = database.prepare('delete from document where id = ?');
  const allIds = database.prepare<[], string>('select id from document order by id').pluck();
  const idsOfKind = database
    .prepare<[string], string>('select id from document where kind = ? order by id')
    .pluck();
  const viewRow = database.prepare<[string], ListRow>(
    `select kind, name, search_text as searchText, summary, created_at as createdAt,
       updated_at as updatedAt, trashed_at as trashedAt
     from record_view where id = ?`,
  );
  const noteUnopened = database.prepare(
    `insert into unopened values (?, ?)
     on conflict (document_id) do update set shown = min(shown, excluded.shown)`,
  );
  const notShown = database
    .prepare<[], number>('select 1 from unopened where shown = 0 limit 1')
    .pluck();
  const noteOpened = database.prepare('delete from unopened where document_id = ?');
  const isUnopened = database
    .prepare<[string], number>('select 1 from unopened where document_id = ?')
    .pluck();
  const selectUnopened = database
    .prepare<[number], string>('select document_id from unopened order by shown limit ?')
    .pluck();
  const loaded = new Map<string, A.Doc<RecordDocument>>();

  function keep(id: string, doc: A.Doc<RecordDocument>): void {
    loaded.delete(id);
    loaded.set(id, doc);
    if (loaded.size <= kept) return;
    const [oldest] = loaded;
    if (oldest) drop(oldest[0]);
  }

  function drop(id: string): void {
    const doc = loaded.get(id);
    loaded.delete(id);
    if (doc) release(doc);
  }

  function release(doc: A.Doc<RecordDocument>): void {
    try {
      A.free(doc);
    } catch {
      // After a fault inside Automerge a copy can not be freed; the fault itself is what is to be told.
    }
  }

  store.onRollback(() => {
    for (const id of [...loaded.keys()]) drop(id);
  });

  const outgoing = (ids: readonly string[]): OutgoingDocument[] =>
    ids.map((id) => ({
      document: uuidBytes(id),
      bytes: chunks.join(documentIdOf(id)) ?? new Uint8Array(),
      row: viewRow.get(id) ?? null,
    }));

  function load(id: string): A.Doc<RecordDocument> {
    const resident = loaded.get(id);
    if (resident) {
      keep(id, resident);
      return resident;
    }
    const bytes = chunks.join(documentIdOf(id));
    if (!bytes) throw new Error('there is no such document');
    if (isUnopened.get(id) !== undefined && !chunksAreSound(bytes, { bundles: true })) {
      throw new RangeError('the bytes are not a sound document');
    }
    const doc = A.load<RecordDocument>(bytes, { actor: actors.of(uuidBytes(id)) });
    keep(id, doc);
    return doc;
  }

  /** Puts the document's one snapshot in the place of whatever chunks it had. */
  function persist(id: string, kind: string, doc: A.Doc<RecordDocument>, changedAt: number): void {
    const snapshot = A.save(doc);
    chunks.replace(documentIdOf(id), snapshot);
    noteOpened.run(id);
    putDocument.run(id, kind, snapshot.length, changedAt);
    store.touch(kind, id);
    keep(id, doc);
  }

  /**
   * Makes a document in one change, straight in Automerge's own memory: what the usual way builds for
   * reading (proxies, patches, a copy of the content) costs more than the change itself.
   */
  function create({ id, kind, shape, action, fields = {} }: Edit, now: number): OutgoingChange {
    const document = uuidBytes(id);
    const doc = A.init<RecordDocument>({ actor: actors.of(document) });
    try {
      const handle = A.getBackend(doc);
      handle.put('/', 'kind', kind, 'str');
      handle.put('/', 'createdAt', now, 'int');
      handle.putObjectFromHydrate('/', 'fields', firstFields(shape, fields));
      handle.commit(action, now);
      const bytes = handle.getLastLocalChange();
      if (!bytes) throw new Error('a new document has no first change');
      actors.note();
      store.touch(kind, id);
      const snapshot = handle.save();
      chunks.replace(documentIdOf(id), snapshot);
      putDocument.run(id, kind, snapshot.length, now);
      return { document, bytes };
    } finally {
      A.free(doc);
    }
  }

  function change(edit: Edit, now: number): OutgoingChange | null {
    const doc = load(edit.id);
    const heads = A.getHeads(doc).join();
    const changed = A.change(doc, { time: now, message: edit.action }, (root) => {
      if (edit.fields) {
        writeFields(root, edit.shape, edit.before ?? readFields(doc, edit.shape), edit.fields);
      }
      if (edit.trashedAt === null) delete root.trashedAt;
      else if (edit.trashedAt !== undefined) root.trashedAt = edit.trashedAt;
    });
    // An equal value makes no change, and the last local change would then be an older one.
    const bytes = A.getHeads(changed).join() === heads ? undefined : A.getLastLocalChange(changed);
    if (!bytes) {
      keep(edit.id, changed);
      return null;
    }
    actors.note();
    persist(edit.id, edit.kind, changed, now);
    return { document: uuidBytes(edit.id), bytes };
  }

  function contentOf(doc: A.Doc<RecordDocument>, changedAt: number, shape: Shape): Content {
    requireTimes(doc);
    return {
      kind: String(doc.kind),
      createdAt: doc.createdAt,
      updatedAt: changedAt,
      trashedAt: doc.trashedAt ?? null,
      fields: readFields(doc, shape),
    };
  }

  /** When the newest of these changes was made, by the clocks of those who made them. */
  const timeOf = (doc: A.Doc<RecordDocument>, heads: readonly string[]): number =>
    Math.max(0, ...heads.map((head) => shownTime(A.inspectChange(doc, head)?.time)));

  /** Of a document that can not be opened: back to what it was before, or gone where it was nothing. */
  function dropUnopened(id: string): void {
    drop(id);
    noteOpened.run(id);
    chunks.removeRange([documentIdOf(id), 'incremental']);
    try {
      load(id);
    } catch {
      forget([id]);
    }
  }

  function forget(ids: readonly string[]): void {
    for (const id of ids) {
      const kind = findDocument.get(id);
      drop(id);
      chunks.removeRange([documentIdOf(id)]);
      dropDocument.run(id);
      noteOpened.run(id);
      if (kind) store.touch(kind, id);
    }
  }

  return {
    has: (id) => findDocument.get(id) !== undefined,
    kindOf: (id) => findDocument.get(id) ?? null,
    apply(edits) {
      const moved = new Map<string, number>();
      const outgoing: OutgoingChange[] = [];
      for (const edit of edits) {
        const now = store.clock.tick();
        const made =
          findDocument.get(edit.id) === undefined ? create(edit, now) : change(edit, now);
        if (!made) continue;
        moved.set(edit.id, now);
        outgoing.push(made);
      }
      outbox.add('content', outgoing);
      return moved;
    },
    read(id, shape) {
      const doc = load(id);
      return contentOf(doc, changedAtOf.get(id) ?? 0, shape);
    },
    history(id) {
      const versions: Version[] = [];
      const devices = new Map<string, string | null>();
      const deviceOf = (actor: string) => {
        const known = devices.get(actor);
        if (known !== undefined) return known;
        const device = actors.deviceOf(uuidBytes(id), actor);
        devices.set(actor, device);
        return device;
      };
      for (const hash of A.topoHistoryTraversal(load(id))) {
        const change = A.inspectChange(load(id), hash);
        if (!change) continue;
        versions.push({
          id: hash,
          at: shownTime(change.time),
          deviceId: deviceOf(change.actor),
          action: change.message ?? '',
        });
      }
      return versions.reverse();
    },
    at(id, version, shape) {
      const doc = load(id);
      if (!A.hasHeads(doc, [version])) return null;
      return contentOf(A.view(doc, [version]), timeOf(doc, [version]), shape);
    },
    adopt(id, changes) {
      const [adopted] = A.applyChanges(load(id), [...changes]);
      actors.note();
      persist(id, String(adopted.kind), adopted, store.clock.tick());
      outbox.add(
        'content',
        changes.map((bytes) => ({
          document: uuidBytes(id),
          bytes,
        })),
      );
    },
    changesSince: (id, heads) => A.getChangesSince(load(id), [...heads]),
    save: (id) => A.save(load(id)),
    merge(id, kind, bytes, trust, newest) {
      if (!chunksAreSound(bytes, trust)) throw new RangeError('the bytes are not a sound document');
      const exists = findDocument.get(id) !== undefined;
      const doc = exists ? load(id) : A.init<RecordDocument>({ actor: actors.of(uuidBytes(id)) });
      let merged = doc;
      try {
        const heads = A.getHeads(doc).join();
        merged = A.loadIncremental(doc, bytes);
        const missing = A.getMissingDeps(merged, []);
        const changed = A.getHeads(merged).join() !== heads;
        const said = merged.kind === undefined ? '' : String(merged.kind);
        if (changed && kind !== null && said !== kind) {
          throw new RangeError('the document is of another kind');
        }
        if (changed && said !== '') requireTimes(merged);
        // What waits for a missing change is kept too: it would be gone from the sender otherwise.
        if (changed || missing.length > 0) {
          // Another clock may run ahead, or lie; it must not take this vault's along.
          const latest =
            newest === undefined
              ? timeOf(merged, A.getHeads(merged))
              : Math.max(newest, changedAtOf.get(id) ?? 0);
          persist(id, said, merged, Math.min(latest, store.clock.tick()));
        } else if (exists) {
          // Even where nothing changed, Automerge takes only the copy that it returned for the newest.
          keep(id, merged);
        } else release(merged);
        return { changed, missing, kind: said };
      } catch (error) {
        // Both copies share what Automerge holds, which may have taken a part of the bytes.
        loaded.delete(id);
        release(merged);
        throw error;
      }
    },
    announce: (ids) => outbox.addDocuments(outgoing(ids)),
    outgoing,
    keepUnopened(id, kind, bytes, changedAt) {
      if (findDocument.get(id) !== undefined) return false;
      chunks.replace(documentIdOf(id), bytes);
      putDocument.run(id, kind, bytes.length, changedAt);
      noteUnopened.run(id, 1);
      store.touch(kind, id);
      return true;
    },
    keepChanges(id, bytes, at) {
      if (!chunksAreSound(bytes, { bundles: true })) {
        throw new RangeError('the changes are not sound');
      }
      // What is in memory lacks them from now on.
      drop(id);
      chunks.save([documentIdOf(id), 'incremental', toHex(hash(bytes))], bytes);
      const changedAt = Math.min(Math.max(at, changedAtOf.get(id) ?? 0), store.clock.tick());
      putDocument.run(id, findDocument.get(id) ?? '', bytes.length, changedAt);
      noteUnopened.run(id, 0);
    },
    unopened: (limit) => selectUnopened.all(limit),
    isShown: () => notShown.get() === undefined,
    open(id) {
      try {
        const doc = load(id);
        const kind = doc.kind === undefined ? '' : String(doc.kind);
        if (kind !== '') requireTimes(doc);
        persist(id, kind, doc, changedAtOf.get(id) ?? 0);
        return kind;
      } catch {
        dropUnopened(id);
        throw new RangeError('the bytes are not a sound document');
      }
    },
    inspect(bytes, shape) {
      if (!chunksAreSound(bytes)) throw new RangeError('the bytes are not a sound document');
      const doc = A.loadIncremental(A.init<RecordDocument>(), bytes);
      try {
        return contentOf(doc, timeOf(doc, A.getHeads(doc)), shape);
      } finally {
        A.free(doc);
      }
    },
    remove(ids) {
      outbox.add(
        'tombstone',
        ids.map((id) => ({ document: uuidBytes(id), bytes: new Uint8Array() })),
      );
      forget(ids);
    },
    forget,
    isSound: (id) => chunksAreSound(chunks.join(documentIdOf(id)) ?? new Uint8Array()),
    ids: (kind) => (kind === undefined ? allIds.all() : idsOfKind.all(kind)),
  };
}

/** @throws RangeError when the document says a time that is none. */
function requireTimes({ createdAt, trashedAt }: A.Doc<RecordDocument>): void {
  if (!isTime(createdAt)) throw new RangeError('the document says no time when it was made');
  if (trashedAt !== undefined && !isTime(trashedAt)) {
    throw new RangeError('the document says no time when it was thrown away');
  }
}
