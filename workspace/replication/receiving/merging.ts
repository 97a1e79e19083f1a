/**
 * Documents as others changed, sent or deleted them. What came of one in a transaction is gathered and
 * merged once; what is too much at once is kept, and opened a little at a time.
 */
import type { Attestation } from '../../../crypto/envelope.ts';
import { type AnyRecords, type Contents, recordsOf } from '../../contents.ts';
import { deriveActor } from '../../documents/actor.ts';
import { changeHeader } from '../../documents/changeHeader.ts';
import { uuidBytes, uuidOf } from '../../documents/documentId.ts';
import { isRecordKind } from '../../model/record.ts';
import type { OutgoingChange, OutgoingDocument } from '../../outbox/bodies.ts';
import { sortKey } from '../../views/textKeys.ts';
import { isUnreadable, UnbelievableError } from './notTaken.ts';
import type { TroubleNotes } from './trouble.ts';

export interface Merging {
  /** Forgets what was gathered in a transaction that failed. */
  begin(): void;
  /** Keeps what was gathered of an envelope, or forgets it where that was not taken. */
  settle(isTaken: boolean): void;
  /**
   * @param author whose changes they have to be.
   * @throws UnbelievableError when one of them is not.
   */
  takeBatch(batch: readonly OutgoingChange[], author: Attestation, envelope: Uint8Array): void;
  /** Whole documents: shown by their rows and opened later, or merged with what is here. */
  takeDocuments(batch: readonly OutgoingDocument[], envelope: Uint8Array): void;
  /** @param device that deleted them. */
  takeTombstones(batch: readonly OutgoingChange[], device: string): void;
  /** Merges what was gathered. */
  mergeAll(): void;
  /** Opens a few documents that were taken whole. @returns whether any are left. */
  openSome(): Promise<boolean>;
}

/** What came of a document and waits to be merged with it. */
interface Incoming {
  readonly parts: Uint8Array[];
  /** Ids of the envelopes that it came in. */
  readonly from: Uint8Array[];
  /** Whether parts of histories are among it, which say less about who made what. */
  bundles: boolean;
  /** When the newest of it was made, by its author's clock. */
  at: number;
}

/** Documents opened in one transaction, so that nothing else waits long. */
const openedAtOnce = 20;
/** Documents merged in the transaction that brings their changes; more of them wait their turn. */
const mergedAtOnce = 20;

export function createMerging(contents: Contents, { note }: TroubleNotes): Merging {
  const { vault, documents } = contents;
  const { store, database } = vault;
  const isBuried = database
    .prepare<[string], number>('select 1 from tombstone where document_id = ?')
    .pluck();
  const bury = database.prepare('insert or ignore into tombstone values (?, ?, ?, ?, ?)');
  const viewOf = database.prepare<[string], { kind: string; name: string }>(
    'select kind, name from record_view where id = ?',
  );
  const putView = database.prepare(
    `insert or ignore into record_view
       (id, kind, name, name_key, search_text, summary, created_at, updated_at, trashed_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const dropView = database.prepare('delete from record_view where id = ?');

  /** Changes of the transaction's envelopes, by document, so that each document is loaded once. */
  let changes = new Map<string, Incoming>();
  /** The same of the envelope that is being taken, which may still be refused as a whole. */
  let ofEnvelope = new Map<string, Incoming>();
  /** Documents that it deletes. */
  const deleted = new Set<string>();

  function incoming(id: string): Incoming {
    const known = ofEnvelope.get(id) ?? { parts: [], from: [], bundles: false, at: 0 };
    ofEnvelope.set(id, known);
    return known;
  }

  /** So much at once is kept as it came, and merged a few documents at a time. */
  function deferAll(merging: typeof changes): void {
    for (const [id, { parts, from, at }] of merging) {
      try {
        documents.keepChanges(id, joined(parts), at);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        for (const envelope of from) note(envelope, 'badDocument', null);
      }
    }
  }

  /** A document that no screen of this version can show stays a document. */
  function showOne(records: AnyRecords, id: string): void {
    try {
      records.rebuild([id]);
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      dropView.run(id);
    }
  }

  function kindRecords(kind: string): AnyRecords | null {
    return isRecordKind(kind) ? recordsOf(contents, kind) : null;
  }

  return {
    begin() {
      changes = new Map();
      ofEnvelope = new Map();
      deleted.clear();
    },
    settle(isTaken) {
      const gathered = ofEnvelope;
      ofEnvelope = new Map();
      if (isTaken) {
        for (const id of deleted) changes.delete(id);
        for (const [id, more] of gathered) changes.set(id, together(changes.get(id), more));
      }
      deleted.clear();
    },
    takeBatch(batch, author, envelope) {
      for (const { document, bytes } of batch) {
        const header = changeHeader(bytes);
        const right = deriveActor(author.device, document, author.actorNonce);
        if (header?.actor !== right) throw new UnbelievableError('wrongActor');
      }
      for (const { document, bytes } of batch) {
        const id = uuidOf(document);
        if (isBuried.get(id)) continue;
        const waiting = incoming(id);
        waiting.parts.push(bytes);
        waiting.from.push(envelope);
        waiting.at = Math.max(waiting.at, changeHeader(bytes)?.time ?? 0);
      }
    },
    takeDocuments(batch, envelope) {
      for (const { document, bytes, row } of batch) {
        const id = uuidOf(document);
        if (isBuried.get(id)) continue;
        const changedAt = Math.min(row?.updatedAt ?? 0, store.clock.tick());
        const isNew = row && !changes.has(id) && !ofEnvelope.has(id) && kindRecords(row.kind);
        if (isNew && documents.keepUnopened(id, row.kind, bytes, changedAt)) {
          const { kind, name, searchText, summary, createdAt, trashedAt } = row;
          const key = sortKey(name);
          putView.run(id, kind, name, key, searchText, summary, createdAt, changedAt, trashedAt);
        } else {
          const waiting = incoming(id);
          waiting.bundles = true;
          waiting.parts.push(bytes);
          waiting.from.push(envelope);
          waiting.at = Math.max(waiting.at, changedAt);
        }
      }
    },
    takeTombstones(batch, device) {
      const freed: string[] = [];
      for (const { document } of batch) {
        const id = uuidOf(document);
        if (isBuried.get(id)) continue;
        const view = viewOf.get(id);
        bury.run(id, view?.kind ?? '', view?.name ?? '', device, store.clock.tick());
        ofEnvelope.delete(id);
        deleted.add(id);
        documents.forget([id]);
        dropView.run(id);
        if (view && !contents.sessions.isOpen(id)) {
          freed.push(...contents.sessions.forget(id, view.name));
        }
      }
      // Their files go with the next sweep, if not now.
      if (freed.length > 0)
        setImmediate(() => void contents.blobs.collect(freed).catch(() => undefined));
    },
    mergeAll() {
      const merging = changes;
      changes = new Map();
      if (merging.size > mergedAtOnce) {
        deferAll(merging);
        return;
      }
      const touched = new Map<string, string[]>();
      for (const [id, { parts, from, bundles, at }] of merging) {
        try {
          const { kind } = store.write(() =>
            documents.merge(id, null, joined(parts), { bundles }, at),
          );
          touched.set(kind, [...(touched.get(kind) ?? []), id]);
        } catch (error) {
          if (!(error instanceof RangeError)) throw error;
          for (const envelope of from) note(envelope, 'badDocument', null);
        }
      }
      for (const [kind, ids] of touched) {
        const records = kindRecords(kind);
        for (const id of records ? ids : []) showOne(records as AnyRecords, id);
      }
    },
    openSome: async () =>
      // A transaction for nothing would keep what is being exchanged waiting.
      documents.unopened(1).length > 0 &&
      store.receive(() => {
        for (const id of documents.unopened(openedAtOnce)) {
          try {
            const records = kindRecords(documents.open(id));
            if (records) showOne(records, id);
          } catch (error) {
            if (!isUnreadable(error)) throw error;
            if (!documents.has(id)) dropView.run(id);
            note(uuidBytes(id), 'badDocument', null);
          }
        }
        return documents.unopened(1).length > 0;
      }),
  };
}

function together(known: Incoming | undefined, more: Incoming): Incoming {
  if (!known) return more;
  known.parts.push(...more.parts);
  known.from.push(...more.from);
  known.bundles ||= more.bundles;
  known.at = Math.max(known.at, more.at);
  return known;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only, another] = parts;
  return only && !another ? only : new Uint8Array(Buffer.concat(parts));
}
