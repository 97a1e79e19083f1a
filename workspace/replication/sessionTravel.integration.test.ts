import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startTestRelay } from '../../sync-relay/testing/relays.ts';
import { profileInputSchema } from '../model/profile.ts';
import { temporaryFolder } from '../testing.ts';
import { joinedDevice, newDevice, settle, type TestDevice } from './testing.ts';

const progress: [number, number][] = [];
const onProgress = (done: number, total: number) => void progress.push([done, total]);
const stateOf = (sid: string, more = '') => ({
  cookies: [{ name: 'sid', value: sid, domain: 'shop.example', path: '/' }],
  origins: [{ origin: 'https://shop.example', localStorage: [{ name: 'more', value: more }] }],
});

async function pair() {
  const dir = temporaryFolder();
  const relay = await startTestRelay({ dir });
  onTestFinished(() => relay.stop());
  const a = await newDevice();
  const [profile] = a.profiles.add([profileInputSchema.parse({ name: 'Alice' })]);
  const id = profile?.id ?? '';
  return { a, relay, dir, id };
}

/** As a run does: the browser's folder and the captured state. */
async function use(device: TestDevice, id: string, state: object) {
  const session = await device.sessions.open(id, 'Alice');
  mkdirSync(join(session.userDataDir, 'Default'), { recursive: true });
  writeFileSync(join(session.userDataDir, 'Default', 'Cookies'), 'a cookie');
  await device.sessions.close(id, state);
  await device.replicator.travel.share(id);
  return session;
}

test('a login made on one device is there on the other, once it is wanted', async () => {
  const { a, relay, dir, id } = await pair();
  await use(a, id, stateOf('before anybody else was there'));
  await a.replicator.addRelay(relay.url);
  const b = await joinedDevice(a);
  await b.replicator.addRelay(relay.url);
  await settle(a, b);
  expect(b.replicator.travel.newer(id)).toMatchObject({ deviceId: a.vault.keys.device.id });
  expect(b.sessions.has([id]).size).toBe(0);
  await b.replicator.travel.bring(id, 'Alice', onProgress);
  const first = await use(b, id, stateOf('from the second', randomBytes(700_000).toString('hex')));
  expect(first.storageState).toEqual(stateOf('before anybody else was there'));
  expect(first.stateReplaces).toBe(true);

  await settle(a, b);
  progress.length = 0;
  await a.replicator.travel.bring(id, 'Alice', onProgress);
  const back = await a.sessions.open(id, 'Alice');
  expect(back.storageState).toMatchObject({ cookies: [{ value: 'from the second' }] });
  expect(back.stateReplaces).toBe(true);
  // Its own folder is still there.
  expect(readFileSync(join(back.userDataDir, 'Default', 'Cookies'), 'utf8')).toBe('a cookie');
  expect(progress.length).toBeGreaterThan(2);
  expect(progress.at(-1)?.[0]).toBe(progress.at(-1)?.[1]);
  await a.sessions.close(id);
  expect(a.replicator.travel.newer(id)).toBeNull();
  const stored = readFileSync(join(dir, 'relay.sqlite-wal')).toString('latin1');
  expect(stored).not.toContain('before anybody');
  expect(stored).not.toContain('shop.example');
});

test('what is not at the relay yet is said, with the device that has it', async () => {
  const { a, relay, id } = await pair();
  await a.replicator.addRelay(relay.url);
  const b = await joinedDevice(a);
  await b.replicator.addRelay(relay.url);
  await settle(a, b);
  await use(a, id, stateOf('x'));
  await settle(a, b);
  await relay.stop();
  await expect.poll(() => b.replicator.clients().length).toBe(0);
  await expect(b.replicator.travel.bring(id, 'Alice', onProgress)).rejects.toMatchObject({
    failure: { code: 'sessionElsewhere', device: a.vault.keys.device.name },
  });
  expect(b.replicator.travel.newer(id)).not.toBeNull();
});
