import { expect, onTestFinished, test } from 'vitest';
import type { Epoch } from '../../crypto/epoch.ts';
import type { RelayEvent } from '../../sync-relay/client/relayClient.ts';
import { dialRelay } from '../../sync-relay/client/webSocketClient.ts';
import { startRelayServer } from '../../sync-relay/server/relayServer.ts';
import { createSqliteStore } from '../../sync-relay/store/sqliteStore.ts';
import { accessSigner } from '../keys/epochs.ts';
import { profileInputSchema } from '../model/profile.ts';
import { type Lease, leaseTimes } from '../replication/leases.ts';
import { type Dial, dial } from '../replication/surroundings.ts';
import { joinedDevice, newDevice, replicated, type TestDevice } from '../replication/testing.ts';
import { discover, type Neighbour, openIdentity, sealIdentity } from './discovery.ts';
import { createLan, type Lan } from './lan.ts';
import { carriesMulticast } from './multicast.ts';

/** A network of one machine: who is there is told, not looked for. */
function network() {
  const members: { tell: (neighbour: Neighbour) => void; lose: (id: string) => void }[] = [];
  const announced: Neighbour[] = [];
  const find: typeof discover = ({ port, deviceId, onFound, onGone }) => {
    const me = { deviceId, urls: [`ws://127.0.0.1:${port}`] };
    for (const { tell } of members) tell(me);
    for (const other of announced) onFound(other);
    announced.push(me);
    members.push({ tell: onFound, lose: onGone });
    return { refresh: () => undefined, stop: async () => undefined };
  };
  const lose = (id: string) => {
    for (const member of members) member.lose(id);
  };
  return { find, lose };
}

interface Near extends TestDevice {
  readonly lan: Lan;
}

function near(device: TestDevice, find: typeof discover): Near {
  const complaints: string[] = [];
  const lan = createLan({
    contents: device,
    replicator: device.replicator,
    find,
    log: (line) => complaints.push(line),
  });
  onTestFinished(async () => {
    await lan.stop();
    expect(complaints).toEqual([]);
  });
  return { ...device, lan };
}

const input = (name: string) => profileInputSchema.parse({ name });
const names = ({ profiles }: TestDevice) =>
  profiles.list({ search: '', sort: 'name', limit: 500 }).rows.map(({ name }) => name);

/** @param through how the second reaches the first. */
async function pair(through?: (first: TestDevice) => Dial) {
  const { find, lose } = network();
  const first = await newDevice();
  first.profiles.add([input('Alice')]);
  await first.replicator.share();
  let second = await joinedDevice(first, 'Laptop');
  if (through) {
    await second.replicator.stop();
    second = replicated(second, through(first));
    second.replicator.start();
  }
  const [a, b] = [near(first, find), near(second, find)];
  // Whoever asks again, at once or later, finds it serving.
  await Promise.all([a.lan.follow(), a.lan.openDoor(), b.lan.follow()]);
  await a.lan.follow();
  a.lan.closeDoor();
  return { a, b, lose };
}

const both = (a: Near, b: Near) =>
  expect
    .poll(() => [a.lan.progress(), b.lan.progress()], { timeout: 20_000 })
    .toEqual(['settled', 'settled']);

test('two devices without a relay hold the same, live and after having been apart', async () => {
  const { a, b, lose } = await pair();
  await both(a, b);
  await expect.poll(() => names(b)).toEqual(['Alice']);
  b.profiles.add([input('Bob')]);
  await expect.poll(() => names(a)).toEqual(['Alice', 'Bob']);
  lose(a.vault.keys.device.id);
  lose(b.vault.keys.device.id);
  await expect.poll(() => a.replicator.status().relays).toEqual([]);
  a.profiles.add([input('Carol')]);
  b.profiles.add([input('Dave')]);
  // Others see them again.
  const found = (device: Near) => ({
    id: `lan:${device.vault.keys.device.id}`,
    url: device.lan.address() ?? '',
    key: device.vault.keys.device.publicKeys.signing,
  });
  a.replicator.addPeer(found(b));
  b.replicator.addPeer(found(a));
  const all = ['Alice', 'Bob', 'Carol', 'Dave'];
  await expect.poll(() => [names(a), names(b)], { timeout: 10_000 }).toEqual([all, all]);
  for (const { replicator } of [a, b]) {
    expect(replicator.status().trouble).toEqual({ missing: [], parked: 0, refused: [] });
  }
});

test('whoever is removed is shut out, and reads nothing that comes later', async () => {
  const { a, b } = await pair();
  await both(a, b);
  await a.vault.store.commit(() =>
    a.membership.removeDevice(
      b.vault.keys.device.id,
      a.outbox.reached(b.vault.keys.device.id),
      false,
    ),
  );
  a.profiles.add([input('Later')]);
  await expect.poll(() => b.replicator.status().removed).not.toBeNull();
  await a.lan.follow();
  expect(a.lan.address()).toBeNull();
  await b.lan.follow();
  expect(names(b)).toEqual(['Alice']);
});

test('a connection that a rotation ends while it is being let in is not taken for an open one', async () => {
  let isFirst = true;
  /** Holds the last answer of those that let it in until this device has been shut out. */
  const interrupted =
    (first: TestDevice): Dial =>
    async (url, on) => {
      const events: string[] = [];
      const event = (told: RelayEvent) => {
        events.push(told.name);
        on.event(told);
      };
      const client = await dial(url, { ...on, event });
      let isSubscribed = false;
      const ask: typeof client.ask = async (name, body) => {
        const answer = await client.ask(name, body);
        if (name === 'read' && events.length === 0 && isFirst && isSubscribed) {
          isFirst = false;
          await first.vault.store.commit(() => first.membership.rotate());
          await expect.poll(() => events).toContain('rotated');
          // It takes what came with that in a transaction, then lets the connection go.
          await new Promise((resolve) => setTimeout(resolve, 300));
        }
        isSubscribed ||= name === 'subscribe';
        return answer;
      };
      return { ...client, ask };
    };
  const { a, b } = await pair(interrupted);
  await expect.poll(() => isFirst).toBe(false);
  await both(a, b);
  a.profiles.add([input('After the rotation')]);
  await expect.poll(() => names(b)).toEqual(['After the rotation', 'Alice']);
});

test('the device that is there longest keeps the leases', async () => {
  const { a, b } = await pair();
  await both(a, b);
  const [profile = ''] = a.profiles.listedIds();
  const take = ({ replicator }: Near) =>
    replicator.leases.take(profile, 'Alice', false, () => undefined);
  // New keys for the new device close connections for a moment: nobody can know then.
  let lease: Awaited<ReturnType<typeof take>> = null;
  const taken = async () => {
    lease ??= await take(b).catch(() => null);
    return lease !== null;
  };
  await expect.poll(taken, { timeout: 10_000 }).toBe(true);
  await expect(take(a)).rejects.toMatchObject({
    failure: { code: 'profileLocked', device: 'Laptop' },
  });
  await (lease as unknown as Lease).release();
  const mine = await take(a);
  await expect
    .poll(() => b.replicator.leases.state(profile), { timeout: 10_000 })
    .toMatchObject({ known: true, holder: {} });
  await mine?.release();
  expect(leaseTimes.renewed).toBeLessThan(leaseTimes.lasts);
});

test('strangers open nothing here, and nothing can be written into the log from outside', async () => {
  const { a, b } = await pair();
  await both(a, b);
  const url = a.lan.address() ?? '';
  const { channel } = a.vault.keys;
  const dial = async () => {
    const client = await dialRelay({ url, onEvent: () => undefined, onClosed: () => undefined });
    onTestFinished(() => client.close());
    return client;
  };
  const stranger = await dial();
  const signer = accessSigner({ ...a.epochs.current(), key: new Uint8Array(32).fill(1) }, channel);
  await expect(stranger.open(channel, signer, false)).rejects.toMatchObject({
    body: { code: 'badProof' },
  });
  const other = new Uint8Array(16).fill(5);
  await expect(stranger.open(other, signer, true)).rejects.toMatchObject({
    body: { code: 'quota' },
  });
  const member = await dial();
  await member.open(channel, accessSigner(a.epochs.current(), channel), false);
  await expect(
    member.ask('append', { channel, envelopes: [new Uint8Array(500)] }),
  ).rejects.toMatchObject({ body: { code: 'quota' } });
  const figures = await fetch(`${url.replace('ws:', 'http:')}/metrics`);
  expect([figures.status, await figures.text()]).toEqual([404, '']);
  // Under a name that is not its own it answers nobody: a proof for it could be passed on.
  const { port } = new URL(url);
  await expect(
    dialRelay({
      url: `ws://localhost:${port}`,
      onEvent: () => undefined,
      onClosed: () => undefined,
    }),
  ).rejects.toThrow();
});

test('nobody is read from, or asked for leases, who does not prove to be the device', async () => {
  const { a, b, lose } = await pair();
  await both(a, b);
  const known = a.vault.keys.device;
  const { channel } = a.vault.keys;
  lose(known.id);
  // Somebody who was let in once, and says what a said on the network.
  const pretend = async (identity?: typeof known.signer) => {
    const store = createSqliteStore({ dir: null });
    await store.create(channel, accessSigner(b.epochs.current(), channel).publicKey);
    const server = await startRelayServer({
      store,
      host: '127.0.0.1',
      port: 0,
      ...(identity ? { identity } : {}),
    });
    onTestFinished(() => server.stop());
    return `ws://127.0.0.1:${server.port}`;
  };
  const seen = async (url: string) => {
    const id = `pretended:${url}`;
    b.replicator.addPeer({ id, url, key: known.publicKeys.signing });
    const status = () => b.replicator.status().relays.find(({ relayId }) => relayId === id);
    await expect.poll(() => status()?.state, { timeout: 10_000 }).not.toBe('connecting');
    const { state, reason } = status() ?? {};
    const isAsked = b.replicator.peer(id) !== null;
    await b.replicator.leavePeer(id);
    return [state, reason, isAsked];
  };
  expect(await seen(await pretend())).toEqual(['refused', 'noIdentity', false]);
  const other = b.vault.keys.device.signer;
  expect(await seen(await pretend(other))).toEqual(['unreachable', 'wrongDevice', false]);
  const [state] = await seen(await pretend(known.signer));
  expect(['exchanging', 'upToDate']).toContain(state);
});

test('an announcement tells members who it is, and others nothing', async () => {
  const { a, b } = await pair();
  const { channel, device } = a.vault.keys;
  const epoch = a.epochs.current();
  const text = sealIdentity(device.id, epoch, channel, a.vault.random);
  expect(text.length).toBeLessThan(250);
  expect(text).not.toContain(device.id);
  expect(sealIdentity(device.id, epoch, channel, a.vault.random)).not.toBe(text);
  expect(openIdentity(text, b.epochs.all(), channel)).toMatchObject({
    deviceId: device.id,
    epoch: { id: epoch.id },
  });
  const stranger = await newDevice();
  expect(openIdentity(text, stranger.epochs.all(), channel)).toBeNull();
  expect(openIdentity('rubbish', a.epochs.all(), channel)).toBeNull();
});

const onNetwork = test.skipIf(!(await carriesMulticast()));

onNetwork(
  'devices find each other on a real network',
  async () => {
    const first = await newDevice();
    first.profiles.add([input('Alice')]);
    await first.replicator.share();
    const second = await joinedDevice(first, 'Laptop');
    const [a, b] = [near(first, discover), near(second, discover)];
    await a.lan.follow();
    await b.lan.follow();
    await expect.poll(() => names(b), { timeout: 20_000 }).toEqual(['Alice']);
  },
  60_000,
);

onNetwork(
  'a device that was away while keys were rotated is found all the same, and others are not answered',
  async () => {
    const device = await newDevice();
    await device.replicator.share();
    const { channel } = device.vault.keys;
    const before = device.epochs.current();
    await device.vault.store.commit(() => device.membership.rotate());
    const after = device.epochs.current();
    expect(after.id).not.toBe(before.id);
    const [home, away, removed] = ['a', 'b', 'c'].map((digit) => digit.repeat(32)) as [
      string,
      string,
      string,
    ];
    const found: Record<string, string[]> = { [home]: [], [away]: [], [removed]: [] };
    const begin = (deviceId: string, epochs: readonly Epoch[]) => {
      const discovery = discover({
        port: 4400,
        deviceId,
        channel,
        current: () => epochs.at(-1) as Epoch,
        epochs: () => epochs,
        isMember: (id) => deviceId === removed || id !== removed,
        random: device.vault.random,
        onFound: (neighbour) => found[deviceId]?.push(neighbour.deviceId),
        onGone: (id) => found[deviceId]?.push(`without ${id}`),
        log: () => undefined,
      });
      onTestFinished(() => discovery.stop());
      return discovery;
    };
    begin(home, [before, after]);
    begin(removed, [before]);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(found).toEqual({ [home]: [], [away]: [], [removed]: [] });
    begin(away, [before]);
    await expect.poll(() => found[home], { timeout: 20_000 }).toEqual([away]);
    await expect.poll(() => found[away], { timeout: 20_000 }).toEqual([home]);
  },
  60_000,
);

onNetwork(
  'after a rotation a device announces itself anew, and is gone for nobody who has the keys',
  async () => {
    const device = await newDevice();
    await device.replicator.share();
    const { channel } = device.vault.keys;
    const heard: string[] = [];
    const shared = {
      port: 4400,
      channel,
      current: device.epochs.current,
      epochs: device.epochs.all,
      isMember: () => true,
      random: device.vault.random,
      log: () => undefined,
    };
    const one = discover({
      ...shared,
      deviceId: 'a'.repeat(32),
      onFound: () => undefined,
      onGone: () => undefined,
    });
    const other = discover({
      ...shared,
      deviceId: 'b'.repeat(32),
      onFound: ({ deviceId }) => heard.push(deviceId),
      onGone: (id) => heard.push(`without ${id}`),
    });
    onTestFinished(() => other.stop());
    const a = 'a'.repeat(32);
    await expect.poll(() => heard, { timeout: 20_000 }).toEqual([a]);
    await device.vault.store.commit(() => device.membership.rotate());
    one.refresh();
    one.refresh();
    await expect.poll(() => heard, { timeout: 20_000 }).toEqual([a, a]);
    // The announcement of before is taken back meanwhile.
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    expect(heard).toEqual([a, a]);
    await one.stop();
    await expect.poll(() => heard, { timeout: 20_000 }).toEqual([a, a, `without ${a}`]);
  },
  60_000,
);
