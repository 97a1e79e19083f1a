import { expect, onTestFinished, test } from 'vitest';
import { startTestRelay } from '../../sync-relay/testing/relays.ts';
import { profileInputSchema } from '../model/profile.ts';
import { temporaryFolder } from '../testing.ts';
import { createLeases, leaseTimes } from './leases.ts';
import { joinedDevice, newDevice, settle, type TestDevice } from './testing.ts';

async function pair() {
  const dir = temporaryFolder();
  const relay = await startTestRelay({ dir });
  onTestFinished(() => relay.stop());
  const a = await newDevice();
  const [profile] = a.profiles.add([profileInputSchema.parse({ name: 'Alice' })]);
  await a.replicator.addRelay(relay.url);
  const b = await joinedDevice(a, 'Laptop');
  await b.replicator.addRelay(relay.url);
  await settle(a, b);
  return { a, b, relay, dir, id: profile?.id ?? '' };
}

const lost = () => {
  throw new Error('lost');
};
const take = ({ replicator }: TestDevice, id: string, branch = false) =>
  replicator.leases.take(id, 'Alice', branch, lost);

test('of two devices one has the profile, and the other is told who, since when', async () => {
  const { a, b, id } = await pair();
  const lease = await take(a, id);
  await expect(take(b, id)).rejects.toMatchObject({
    failure: { code: 'profileLocked', name: 'Alice', device: a.vault.keys.device.name },
  });
  expect(await b.replicator.leases.state(id)).toMatchObject({
    known: true,
    holder: { deviceId: a.vault.keys.device.id, self: false, since: expect.any(Number) },
  });
  await lease?.release();
  expect(await b.replicator.leases.state(id)).toEqual({ known: true, holder: null });
  const next = await take(b, id);
  expect(next?.fencingToken).toBeGreaterThan(lease?.fencingToken ?? 0);
  await expect(take(a, id)).rejects.toMatchObject({ failure: { device: 'Laptop' } });
  await next?.release();
});

test('many at once: never two at a time', async () => {
  const { a, b, id } = await pair();
  let holding = 0;
  let most = 0;
  let taken = 0;
  const once = async (device: TestDevice) => {
    const lease = await take(device, id).catch(() => null);
    if (!lease) return;
    taken += 1;
    holding += 1;
    most = Math.max(most, holding);
    await new Promise((resolve) => setTimeout(resolve, 2));
    holding -= 1;
    await lease.release();
  };
  for (let n = 0; n < 40; n++) await Promise.all([once(a), once(b)]);
  expect(most).toBe(1);
  expect(taken).toBeGreaterThan(30);
});

test('offline nobody can know; a branch goes on without a lease', async () => {
  const { a, relay, id } = await pair();
  await relay.stop();
  await expect.poll(() => a.replicator.clients().length).toBe(0);
  await expect(take(a, id)).rejects.toMatchObject({ failure: { code: 'lockUnknown' } });
  expect(await take(a, id, true)).toBeNull();
  expect(await a.replicator.leases.state(id)).toEqual({ known: false, holder: null });
});

test('one that could not be let go because the relay was away is let go when it is back', async () => {
  const { a, b, relay, dir, id } = await pair();
  const lease = await take(a, id);
  await relay.stop();
  await expect.poll(() => a.replicator.clients().length).toBe(0);
  await lease?.release();
  const again = await startTestRelay({ dir, port: relay.port });
  onTestFinished(() => again.stop());
  await expect
    .poll(() => b.replicator.leases.state(id), { timeout: 10_000 })
    .toEqual({ known: true, holder: null });
});

test('whoever has one device never waits for a relay', async () => {
  const a = await newDevice();
  await a.replicator.addRelay('ws://127.0.0.1:1');
  expect(await take(a, '11111111-1111-4111-8111-111111111111')).toBeNull();
});

test('a holder that can not renew stops before anybody else may start', async () => {
  const { a, b, id } = await pair();
  /** Virtual time of one device: how long it thinks that has passed. */
  const timers: { work: () => void; at: number }[] = [];
  let time = 0;
  const pass = (to: number) => {
    for (;;) {
      const next = timers.filter(({ at }) => at <= to).sort((x, y) => x.at - y.at)[0];
      if (!next) break;
      timers.splice(timers.indexOf(next), 1);
      time = next.at;
      next.work();
    }
    time = to;
  };
  let reachable = true;
  const leases = createLeases(
    a,
    () => ({ configured: true, client: reachable ? (a.replicator.clients()[0] ?? null) : null }),
    {
      setTimer(work, after) {
        const timer = { work, at: time + after };
        timers.push(timer);
        return () => {
          const at = timers.indexOf(timer);
          if (at >= 0) timers.splice(at, 1);
        };
      },
      monotonic: () => time,
      now: () => time,
    },
  );
  let lostAt = -1;
  const lease = await leases.take(id, 'Alice', false, () => {
    lostAt = time;
  });
  expect(lease).not.toBeNull();
  // It renews while it can.
  pass(leaseTimes.renewed);
  await expect
    .poll(async () => (await b.replicator.leases.state(id)).holder?.deviceId)
    .toBe(a.vault.keys.device.id);
  reachable = false;
  pass(leaseTimes.renewed + leaseTimes.lasts - 1);
  expect(lostAt).toBeGreaterThan(0);
  expect(lostAt).toBeLessThan(leaseTimes.renewed + leaseTimes.lasts);
  await expect(take(b, id)).rejects.toMatchObject({ failure: { code: 'profileLocked' } });
});
