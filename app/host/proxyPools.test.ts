import { expect, test } from 'vitest';
import type { ProxyPool } from '../../workspace/model/profile.ts';
import { proxyInputSchema } from '../../workspace/model/proxy.ts';
import { newContents } from '../../workspace/testing.ts';
import { createProxyPools } from './proxyPools.ts';

const minute = 60_000;

async function pools(count: number) {
  const contents = await newContents();
  const added = contents.proxies.add(
    Array.from({ length: count }, (_, index) =>
      proxyInputSchema.parse({
        name: `Proxy ${index}`,
        type: 'http',
        host: '127.0.0.1',
        port: 1000 + index,
        tags: ['pool'],
      }),
    ),
  );
  const clock = { now: 1_000 * minute };
  const of = (profile: string, pool: Partial<ProxyPool> & Pick<ProxyPool, 'rotation'>) =>
    createProxyPools(contents, () => clock.now).draw(profile, {
      tag: 'pool',
      minutes: 10,
      ...pool,
    });
  const fails = (id: string) =>
    contents.vault.store.write(() =>
      contents.proxyChecks.add(id, {
        at: clock.now,
        exit: null,
        country: null,
        latency: null,
        problem: 'timeout',
      }),
    );
  return { contents, ids: added.map(({ id }) => id).sort(), clock, of, fails };
}

test('with each opening the next one, around and around', async () => {
  const { contents, ids, clock } = await pools(3);
  const { draw } = createProxyPools(contents, () => clock.now);
  const pool = { tag: 'pool', rotation: 'perOpening', minutes: 10 } as const;
  const given = Array.from({ length: 7 }, (_, index) => draw(`profile ${index % 2}`, pool)());
  expect(given).toEqual([...ids, ...ids, ids[0]]);
  // Within one opening it stays.
  const current = draw('p', pool);
  expect([current(), current()]).toEqual([ids[1], ids[1]]);
});

test('a sticky one stays as others come and go, until it is gone or fails', async () => {
  const { contents, of, fails } = await pools(20);
  const profiles = Array.from({ length: 200 }, (_, index) => `profile ${index}`);
  const given = () => new Map(profiles.map((one) => [one, of(one, { rotation: 'sticky' })()]));
  const before = given();
  expect(given()).toEqual(before);
  // They are spread over most of the pool.
  expect(new Set(before.values()).size).toBeGreaterThan(15);
  const [first] = before.values();
  const gone = first ?? '';
  contents.proxies.trash([gone]);
  const after = given();
  for (const [profile, proxy] of before) {
    if (proxy === gone) expect(after.get(profile)).not.toBe(gone);
    else expect(after.get(profile), profile).toBe(proxy);
  }
  const failing = after.get('profile 0') ?? '';
  fails(failing);
  expect(given().get('profile 0')).not.toBe(failing);
});

test('a timed one is another when its time is over, and only then', async () => {
  const { clock, of } = await pools(5);
  const current = of('p', { rotation: 'timed', minutes: 10 });
  let last = current();
  const seen = new Set([last]);
  for (let round = 0; round < 30; round++) {
    clock.now += 9 * minute;
    expect(current()).toBe(last);
    clock.now += minute;
    const next = current();
    expect(next).not.toBe(last);
    last = next;
    seen.add(last);
  }
  expect(seen.size).toBe(5);
});

test('one that fails is left out while another works; a pool of nothing gives nothing', async () => {
  const { ids, of, fails } = await pools(2);
  const [one = '', other = ''] = ids;
  fails(one);
  for (const profile of ['a', 'b', 'c', 'd']) {
    expect(of(profile, { rotation: 'sticky' })()).toBe(other);
  }
  fails(other);
  expect(ids).toContain(of('a', { rotation: 'sticky' })());
  for (const rotation of ['sticky', 'perOpening', 'timed'] as const) {
    expect(of('a', { rotation, tag: 'nobody has it' })()).toBeNull();
  }
});
