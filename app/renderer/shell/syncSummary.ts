/** How it is with other devices in one line, and what it needs to be understood. Pure. */
import type { RelayRow, RelayState, SyncStatus } from '../../../workspace/model/sync.ts';

export type SyncMood = 'quiet' | 'good' | 'busy' | 'bad';

export type SyncHeadline =
  | 'none'
  | 'connecting'
  | 'exchanging'
  | 'upToDate'
  | 'unreachable'
  | 'refused'
  | 'missing'
  | 'removed';

export type SyncDetail =
  | { readonly kind: 'since'; readonly at: number }
  | { readonly kind: 'waiting'; readonly count: number }
  | { readonly kind: 'reason'; readonly reason: string }
  /** How many of several relays it is about. */
  | { readonly kind: 'some'; readonly count: number; readonly of: number }
  | { readonly kind: 'from'; readonly names: readonly string[] }
  | { readonly kind: 'keys'; readonly count: number }
  /** Devices that are read directly, on the same network. */
  | { readonly kind: 'near'; readonly names: readonly string[] };

export interface SyncSummary {
  readonly headline: SyncHeadline;
  readonly mood: SyncMood;
  readonly details: readonly SyncDetail[];
}

export const moods: Readonly<Record<SyncHeadline, SyncMood>> = {
  none: 'quiet',
  connecting: 'busy',
  exchanging: 'busy',
  upToDate: 'good',
  unreachable: 'bad',
  refused: 'bad',
  missing: 'bad',
  removed: 'bad',
};

export const moodOf = (state: RelayState): SyncMood =>
  state === 'stopped' ? 'quiet' : moods[state];

/** What is worst comes first. */
export function summaryOf({ relays, nearby, missing, parked, removed }: SyncStatus): SyncSummary {
  const said = (headline: SyncHeadline, ...details: readonly (SyncDetail | null)[]) => ({
    headline,
    mood: moods[headline],
    details: details.filter((detail) => detail !== null),
  });
  const unsent = Math.max(0, ...relays.map((relay) => relay.unsent));
  const waiting = unsent > 0 ? ({ kind: 'waiting', count: unsent } as const) : null;
  const inState = (state: RelayState) => relays.filter((relay) => relay.state === state);
  const share = ({ length }: readonly RelayRow[]) =>
    relays.length > 1 ? ({ kind: 'some', count: length, of: relays.length } as const) : null;

  if (removed) return said('removed', { kind: 'since', at: removed.at });
  const near = nearby.filter(({ state }) => state === 'upToDate' || state === 'exchanging');
  if (relays.length === 0 && near.length === 0) return said('none');
  const [refusing, ...alsoRefusing] = inState('refused');
  if (refusing) {
    const reason = { kind: 'reason', reason: refusing.reason ?? 'failed' } as const;
    return said('refused', share([refusing, ...alsoRefusing]), reason);
  }
  const lost = inState('unreachable');
  if (lost.length > 0) {
    const at = Math.min(...lost.map(({ since }) => since));
    return said('unreachable', share(lost), { kind: 'since', at }, waiting);
  }
  if (inState('connecting').length > 0) return said('connecting', waiting);
  const isBusy = near.some(({ state }) => state === 'exchanging') && relays.length === 0;
  if (waiting || isBusy || inState('exchanging').length > 0) return said('exchanging', waiting);
  if (missing.length > 0) {
    return said('missing', { kind: 'from', names: missing.map(({ name }) => name) });
  }
  if (parked > 0) return said('missing', { kind: 'keys', count: parked });
  return said(
    'upToDate',
    near.length > 0 ? { kind: 'near', names: near.map(({ name }) => name) } : null,
  );
}
