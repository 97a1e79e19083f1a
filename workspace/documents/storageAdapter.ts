/**
 * automerge-repo's storage, in the vault's encrypted file. What a `Repo` saves is on disk when its
 * promise resolves; saves that come together share a commit.
 */
import type { StorageAdapterInterface, StorageKey } from '@automerge/automerge-repo';
import type { Store } from '../store/store.ts';
import { createChunks } from './chunks.ts';

export function createStorageAdapter(store: Store): StorageAdapterInterface {
  const chunks = createChunks(store.database);
  return {
    load: async (key: StorageKey) => chunks.load(key),
    save: (key, data) => store.commit(() => chunks.save(key, data)),
    remove: (key) => store.commit(() => chunks.remove(key)),
    loadRange: async (prefix) => chunks.loadRange(prefix),
    removeRange: (prefix) => store.commit(() => chunks.removeRange(prefix)),
  };
}
