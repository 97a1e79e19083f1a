/**
 * Documents that somebody has open for live editing, held by automerge-repo over the same encrypted
 * storage. What is changed here is stored, sealed and shown like any other change; what is changed
 * elsewhere in this vault arrives here.
 */
import { next as A } from '@automerge/automerge';
import { type DocHandle, Repo } from '@automerge/automerge-repo';
import type { Store } from '../store/store.ts';
import type { Actors } from './actor.ts';
import { documentIdOf, uuidBytes } from './documentId.ts';
import type { Documents } from './documents.ts';
import type { RecordDocument } from './shape.ts';
import { createStorageAdapter } from './storageAdapter.ts';

export interface LiveDocument {
  readonly doc: () => A.Doc<RecordDocument>;
  /** Resolves when the change is on disk. */
  change(action: string, edit: (root: RecordDocument) => void): Promise<void>;
  /** Called after each change, whoever made it. */
  onChange(listener: () => void): () => void;
  /** Lets go of it. */
  close(): Promise<void>;
}

export interface LiveDocuments {
  /** @throws when there is no such document. */
  open(id: string): Promise<LiveDocument>;
  close(): Promise<void>;
}

/** @param actors of their own, so that the direct path and an open copy never number alike. */
export function createLiveDocuments(
  store: Store,
  documents: Documents,
  actors: Actors,
): LiveDocuments {
  const repo = new Repo({ storage: createStorageAdapter(store), network: [] });
  const open = new Map<string, { handle: DocHandle<RecordDocument>; users: number }>();

  const stopListening = store.onCommitted((changes) => {
    for (const ids of changes.values()) {
      for (const id of ids) bringUp(id);
    }
  });

  /** Gives an open copy what was changed on the direct path. */
  function bringUp(id: string): void {
    const handle = open.get(id)?.handle;
    if (!handle || !documents.has(id)) return;
    const missing = documents.changesSince(id, A.getHeads(handle.doc()));
    if (missing.length > 0) handle.update((doc) => A.applyChanges(doc, missing)[0]);
  }

  function changeHere(
    id: string,
    handle: DocHandle<RecordDocument>,
    action: string,
    edit: (root: RecordDocument) => void,
  ): Promise<void> {
    const before = A.getHeads(handle.doc());
    const actor = actors.of(uuidBytes(id));
    handle.update((doc) => {
      const ours = A.getActorId(doc) === actor ? doc : A.clone(doc, { actor });
      return A.change(ours, { time: store.clock.tick(), message: action }, edit);
    });
    const made = A.getChangesSince(handle.doc(), before);
    if (made.length === 0) return Promise.resolve();
    return store.commit(() => {
      actors.note();
      documents.adopt(id, made);
    });
  }

  return {
    async open(id) {
      if (!documents.has(id)) throw new Error('there is no such document');
      const documentId = documentIdOf(id);
      const known = open.get(id);
      const handle = known?.handle ?? (await repo.find<RecordDocument>(documentId));
      const entry = open.get(id) ?? { handle, users: 0 };
      entry.users += 1;
      open.set(id, entry);
      bringUp(id);
      return {
        doc: () => handle.doc(),
        change: (action, edit) => changeHere(id, handle, action, edit),
        onChange(listener) {
          handle.on('change', listener);
          return () => void handle.off('change', listener);
        },
        async close() {
          entry.users -= 1;
          if (entry.users > 0 || open.get(id) !== entry) return;
          open.delete(id);
          await repo.flush([documentId]);
          await repo.removeFromCache(documentId);
        },
      };
    },
    async close() {
      stopListening();
      open.clear();
      await repo.shutdown();
    },
  };
}
