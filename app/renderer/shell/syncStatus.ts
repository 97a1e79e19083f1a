/** How it is with other devices, current wherever it is shown. */
import type { SyncStatus } from '../../../workspace/model/sync.ts';
import type { TextKey } from '../../text/index.ts';
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

export type SyncMood = 'quiet' | 'good' | 'busy' | 'bad';

/** One word for all of it: what is worst comes first. */
export function summaryOf(status: SyncStatus): {
  readonly key: TextKey;
  readonly mood: SyncMood;
  readonly count: number;
} {
  const { relays, missing, removed } = status;
  const unsent = Math.max(0, ...relays.map((relay) => relay.unsent));
  const some = (state: (typeof relays)[number]['state']) =>
    relays.some((relay) => relay.state === state);
  const said = (key: TextKey, mood: SyncMood) => ({ key, mood, count: unsent });
  if (removed) return said('sync.state.removed', 'bad');
  if (relays.length === 0) return said('sync.state.none', 'quiet');
  if (some('refused')) return said('sync.state.refused', 'bad');
  if (some('unreachable')) return said('sync.state.unreachable', 'bad');
  if (some('connecting')) return said('sync.state.connecting', 'busy');
  if (unsent > 0) return said('sync.state.waiting', 'busy');
  if (some('exchanging')) return said('sync.state.exchanging', 'busy');
  if (missing.length > 0) return said('sync.state.missing', 'bad');
  return said('sync.state.upToDate', 'good');
}
