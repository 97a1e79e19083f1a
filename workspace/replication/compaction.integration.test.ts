import { expect, onTestFinished, test } from 'vitest';
import { startTestRelay } from '../../sync-relay/testing/relays.ts';
import { profileInputSchema } from '../model/profile.ts';
import { temporaryFolder } from '../testing.ts';
import { joinedDevice, newDevice, settle, type TestDevice } from './testing.ts';

const profile = (name: string) => profileInputSchema.parse({ name });
const names = ({ profiles }: TestDevice) =>
  profiles.list({ search: '', sort: 'name', limit: 500 }).rows.map((row) => row.name);

async function pair() {
  const relay = await startTestRelay({ dir: temporaryFolder() });
  onTestFinished(() => relay.stop());
  const a = await newDevice();
  await a.replicator.addRelay(relay.url);
  const b = await joinedDevice(a);
  await b.replicator.addRelay(relay.url);
  await settle(a, b);
  return { a, b, url: relay.url };
}

async function edit(device: TestDevice, id: string, notes: string) {
  const { id: _i, createdAt: _c, updatedAt: _u, ...input } = device.profiles.get(id);
  await device.vault.store.commit(() => device.profiles.replace(id, { ...input, notes }));
}

/** What a device that comes new would be given. */
async function visibleAtRelay({ replicator, vault }: TestDevice) {
  const client = replicator.clients()[0];
  const { channel } = vault.keys;
  let count = 0;
  let bytes = 0;
  for (let after = 0; ; ) {
    const page = await client?.ask('read', { channel, after });
    if (!page) throw new Error('not connected');
    count += page.entries.length;
    for (const { envelope } of page.entries) bytes += envelope.length;
    after = page.end;
    if (after >= page.head) break;
  }
  return { count, bytes };
}

test('many envelopes become few, for this device, the relay, others, and those that come new', async () => {
  const { a, b, url } = await pair();
  const [first] = a.profiles.add([profile('Alice'), profile('Bob')]);
  const [gone] = b.profiles.add([profile('Gone')]);
  b.profiles.trash([gone?.id ?? '']);
  b.profiles.purge([gone?.id ?? '']);
  await settle(a, b);
  for (let n = 0; n < 120; n++) {
    await edit(a, first?.id ?? '', `a ${n}`);
    await edit(b, first?.id ?? '', `b ${n}`);
    if (n % 20 === 0) await settle(a, b);
  }
  await settle(a, b);
  const before = await visibleAtRelay(a);
  expect(before.count).toBeGreaterThan(150);
  const notes = a.profiles.get('Alice').notes;
  const versions = a.profiles.history('Alice').length;

  await a.replicator.compact();
  await settle(a, b);
  await expect.poll(async () => (await visibleAtRelay(a)).count).toBeLessThan(10);
  expect((await visibleAtRelay(a)).bytes).toBeLessThan(before.bytes / 3);
  await expect.poll(() => b.log.size().envelopes).toBeLessThan(10);
  expect(b.replicator.status().trouble).toEqual({ missing: [], parked: 0, refused: [] });

  const c = await joinedDevice(a, 'Third');
  await c.replicator.addRelay(url);
  await settle(a, b, c);
  for (const device of [a, b, c]) {
    expect(names(device)).toEqual(['Alice', 'Bob']);
    expect(device.profiles.get('Alice').notes).toBe(notes);
    expect(device.profiles.history('Alice')).toHaveLength(versions);
    expect(device.replicator.status().trouble).toEqual({ missing: [], parked: 0, refused: [] });
  }
  // Who did what is known to the one that only saw the compaction.
  expect(new Set(c.profiles.history('Alice').map(({ deviceName }) => deviceName)).size).toBe(2);
  expect(c.activity.list({ limit: 500 }).total).toBe(a.activity.list({ limit: 500 }).total);
  await edit(c, first?.id ?? '', 'by the third');
  await settle(a, b, c);
  expect(a.profiles.get('Alice').notes).toBe('by the third');
}, 120_000);

test('what came in the middle of a compaction stays; two at once only say it twice', async () => {
  const { a, b } = await pair();
  const [first] = a.profiles.add([profile('Alice')]);
  for (let n = 0; n < 220; n++) await edit(a, first?.id ?? '', `a ${n}`);
  await settle(a, b);
  const together = Promise.all([a.replicator.compact(), b.replicator.compact()]);
  b.profiles.add([profile('Meanwhile')]);
  await together;
  await settle(a, b);
  await settle(a, b);
  expect(names(a)).toEqual(['Alice', 'Meanwhile']);
  expect(names(b)).toEqual(['Alice', 'Meanwhile']);
  const c = await joinedDevice(a, 'Third');
  await c.replicator.addRelay(a.replicator.relays()[0]?.url ?? '');
  await settle(a, b, c);
  expect(names(c)).toEqual(['Alice', 'Meanwhile']);
  expect(c.profiles.get('Alice').notes).toBe('a 219');
  for (const device of [a, b, c]) {
    expect(device.replicator.status().trouble).toEqual({ missing: [], parked: 0, refused: [] });
  }
}, 120_000);

test('ten thousand changes of one document take less than 300 KB', async () => {
  const a = await newDevice();
  await a.replicator.addRelay('ws://127.0.0.1:1');
  const [first] = a.profiles.add([profile('Alice')]);
  const id = first?.id ?? '';
  const { id: _i, createdAt: _c, updatedAt: _u, ...input } = a.profiles.get(id);
  for (let n = 0; n < 10_000; n += 100) {
    a.vault.store.write(() => {
      for (let m = n; m < n + 100; m++) a.profiles.replace(id, { ...input, notes: `note ${m}` });
    });
  }
  await a.replicator.receiver.regroup(() => new Promise((resolve) => setImmediate(resolve)));
  for (let level = 0; level < 3; level++) await a.replicator.compact();
  expect(a.profiles.history(id).length).toBe(10_001);
  const [document] = a.documents.outgoing([id]);
  expect(document?.bytes.length).toBeLessThan(300_000);
}, 300_000);
