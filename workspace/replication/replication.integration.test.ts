import { expect, onTestFinished, test } from 'vitest';
import { startTestRelay } from '../../sync-relay/testing/relays.ts';
import { profileInputSchema } from '../model/profile.ts';
import { temporaryFolder } from '../testing.ts';
import { joinedDevice, newDevice, settle, type TestDevice } from './testing.ts';

const profile = (name: string, more: object = {}) => profileInputSchema.parse({ name, ...more });

async function relay(dir = temporaryFolder()) {
  const started = await startTestRelay({ dir });
  onTestFinished(() => started.stop());
  return started;
}

const names = ({ profiles }: TestDevice) =>
  profiles.list({ search: '', sort: 'name', limit: 500 }).rows.map((row) => row.name);

async function pair() {
  const { url } = await relay();
  const a = await newDevice();
  a.profiles.add([profile('From before')]);
  await a.replicator.addRelay(url);
  const b = await joinedDevice(a);
  await b.replicator.addRelay(url);
  await settle(a, b);
  return { a, b, url };
}

test('what one device holds and does is on the other, with who did it', async () => {
  const { a, b } = await pair();
  expect(names(b)).toEqual(['From before']);
  const [mine] = b.profiles.add([profile('From the second', { notes: 'hello' })]);
  await settle(a, b);
  expect(names(a)).toEqual(['From before', 'From the second']);
  expect(a.profiles.get(mine?.id ?? '').notes).toBe('hello');
  expect(a.profiles.history(mine?.id ?? '')[0]).toMatchObject({
    deviceId: b.vault.keys.device.id,
    deviceName: 'Second',
  });
  expect(a.replicator.status().trouble).toEqual({ missing: [], parked: 0, refused: [] });
  expect(b.replicator.status().trouble).toEqual({ missing: [], parked: 0, refused: [] });
});

test('edits of one profile made apart are both there, and so is what was deleted', async () => {
  const { a, b, url } = await pair();
  const id = a.profiles.idOfName('From before') ?? '';
  for (const device of [a, b]) await device.replicator.removeRelay(url);
  a.profiles.replace(id, { ...inputOf(a, id), notes: 'noted' });
  b.profiles.replace(id, { ...inputOf(b, id), tags: ['tagged'] });
  const [gone] = b.profiles.add([profile('Gone soon')]);
  b.profiles.trash([gone?.id ?? '']);
  b.profiles.purge([gone?.id ?? '']);
  for (const device of [a, b]) await device.replicator.addRelay(url);
  await settle(a, b);
  for (const device of [a, b]) {
    expect(device.profiles.get(id)).toMatchObject({ notes: 'noted', tags: ['tagged'] });
    expect(names(device)).toEqual(['From before']);
  }
});

test('activity of both devices is on both', async () => {
  const { a, b } = await pair();
  b.profiles.add([profile('By the second')]);
  await settle(a, b);
  const rows = (device: TestDevice) =>
    device.activity
      .list({ limit: 50 })
      .rows.map(({ type, name, deviceName }) => [type, name, deviceName]);
  expect(rows(a)).toEqual(rows(b));
  expect(rows(a)).toContainEqual(['add', 'By the second', 'Second']);
});

test('a relay that lost everything is given it again, by whoever comes', async () => {
  const { a, b, url } = await pair();
  const other = await relay();
  for (const device of [a, b]) await device.replicator.removeRelay(url);
  b.profiles.add([profile('Made meanwhile')]);
  await b.replicator.addRelay(other.url);
  await settle(b);
  await a.replicator.addRelay(other.url);
  await settle(a, b);
  expect(names(a)).toEqual(['From before', 'Made meanwhile']);
});

test('a removed device reads nothing more, is told, and its access key is out', async () => {
  const { a, b } = await pair();
  const { sequence } = b.outbox.last();
  await a.vault.store.commit(() =>
    a.membership.removeDevice(b.vault.keys.device.id, sequence, true),
  );
  a.profiles.add([profile('Secret from then on')]);
  await expect
    .poll(() => b.replicator.status().removed, { timeout: 10_000 })
    .toMatchObject({
      wipe: true,
      by: a.vault.keys.device.id,
    });
  await settle(a);
  b.replicator.wake();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(names(b)).toEqual(['From before']);
  expect(b.epochs.current().id).not.toBe(a.epochs.current().id);
  expect(b.replicator.status().relays[0]?.state).toBe('removed');
  const c = await joinedDevice(a, 'Third');
  await c.replicator.addRelay(a.replicator.relays()[0]?.url ?? '');
  await settle(a, c);
  expect(names(c)).toEqual(['From before', 'Secret from then on']);
});

test('a device that slept through a rotation comes back by itself', async () => {
  const { a, b, url } = await pair();
  const c = await joinedDevice(a, 'Third');
  await c.replicator.addRelay(url);
  await settle(a, b, c);
  await b.replicator.stop();
  await a.vault.store.commit(() =>
    a.membership.removeDevice(c.vault.keys.device.id, c.outbox.last().sequence, false),
  );
  a.profiles.add([profile('In the new epoch')]);
  await settle(a);
  b.replicator.start();
  await settle(a, b);
  expect(b.epochs.current().id).toBe(a.epochs.current().id);
  expect(names(b)).toEqual(['From before', 'In the new epoch']);
});

function inputOf(device: TestDevice, id: string) {
  const { id: _i, createdAt: _c, updatedAt: _u, ...input } = device.profiles.get(id);
  return input;
}
