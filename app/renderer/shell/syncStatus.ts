/** How it is with other devices: asked for once, current wherever it is shown. */
import { createContext, useContext } from 'solid-js';
import type { SyncStatus } from '../../../workspace/model/sync.ts';
import { useHost } from './connection.ts';
import { createQuery, type Query } from './query.ts';

export function createSyncStatus(): Query<SyncStatus> {
  const host = useHost();
  return createQuery(
    () => null,
    () => ['sync'],
    () => host.call('sync.status', {}),
  );
}

export const SyncContext = createContext<Query<SyncStatus>>();

export function useSyncStatus(): Query<SyncStatus> {
  const status = useContext(SyncContext);
  if (!status) throw new Error('useSyncStatus needs a SyncContext above it');
  return status;
}
