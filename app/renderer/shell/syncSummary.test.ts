import { expect, it } from 'vitest';
import type { RelayRow, SyncStatus } from '../../../workspace/model/sync.ts';
import { summaryOf } from './syncSummary.ts';

const relay = (state: RelayRow['state'], more: Partial<RelayRow> = {}): RelayRow => ({
  id: 'r',
  url: 'ws://relay.test',
  state,
  since: 1_000,
  unsent: 0,
  reason: null,
  ...more,
});
const status = (more: Partial<SyncStatus>): SyncStatus => ({
  relays: [relay('upToDate')],
  nearby: [],
  missing: [],
  parked: 0,
  refused: [],
  removed: null,
  ...more,
});

it('is quiet without a relay, and good when all is exchanged', () => {
  expect(summaryOf(status({ relays: [] }))).toEqual({
    headline: 'none',
    mood: 'quiet',
    details: [],
  });
  expect(summaryOf(status({}))).toMatchObject({ headline: 'upToDate', mood: 'good' });
});

it('says what waits, since when a relay is lost, and how many of them', () => {
  const lost = relay('unreachable', { unsent: 3 });
  expect(summaryOf(status({ relays: [lost] })).details).toEqual([
    { kind: 'since', at: 1_000 },
    { kind: 'waiting', count: 3 },
  ]);
  expect(summaryOf(status({ relays: [relay('upToDate'), lost] })).details[0]).toEqual({
    kind: 'some',
    count: 1,
    of: 2,
  });
});

it('names who did not tell everything, and waits with it until the exchange is over', () => {
  const missing = [{ deviceId: 'd', name: 'Laptop', count: 2 }];
  expect(summaryOf(status({ missing })).details).toEqual([{ kind: 'from', names: ['Laptop'] }]);
  expect(summaryOf(status({ missing, relays: [relay('exchanging')] })).headline).toBe('exchanging');
  expect(summaryOf(status({ parked: 4 })).details).toEqual([{ kind: 'keys', count: 4 }]);
});

it('says a refusal with its reason, and a removal before everything else', () => {
  const refused = relay('refused', { reason: 'quota' });
  expect(summaryOf(status({ relays: [refused] })).details).toEqual([
    { kind: 'reason', reason: 'quota' },
  ]);
  const removed = { at: 5, by: 'Desk', wipe: false };
  expect(summaryOf(status({ relays: [refused], removed })).headline).toBe('removed');
});

it('knows devices on the network, with a relay and without', () => {
  const near = { deviceId: 'd', name: 'Laptop', state: 'upToDate' } as const;
  const good = { headline: 'upToDate', details: [{ kind: 'near', names: ['Laptop'] }] };
  expect(summaryOf(status({ nearby: [near] }))).toMatchObject(good);
  expect(summaryOf(status({ relays: [], nearby: [near] }))).toMatchObject(good);
  const lost = { ...near, state: 'unreachable' } as const;
  expect(summaryOf(status({ relays: [], nearby: [lost] })).headline).toBe('none');
  const busy = { ...near, state: 'exchanging' } as const;
  expect(summaryOf(status({ relays: [], nearby: [busy] })).headline).toBe('exchanging');
});
