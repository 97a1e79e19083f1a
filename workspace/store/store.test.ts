import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createDeviceKeyset, openDeviceKeyset } from '../../crypto/deviceKeyset.ts';
import { createJournal, entryHash, signEntry } from '../journal/journal.ts';
import { newVault } from '../testing.ts';
import { createClock, latestTime } from './clock.ts';

async function store() {
  const { vault } = await newVault();
  vault.database.exec('create table note (id text primary key, body text) strict');
  const insert = vault.database.prepare('insert into note values (?, ?)');
  const bodies = () => vault.database.prepare('select body from note order by id').pluck().all();
  return { store: vault.store, insert, bodies };
}

test('what is committed together shares a transaction; one that fails takes nobody along', async () => {
  const { store: one, insert, bodies } = await store();
  const results = await Promise.allSettled([
    one.commit(() => insert.run('a', '1')),
    one.commit(() => {
      insert.run('b', '2');
      throw new Error('no');
    }),
    one.commit(() => insert.run('c', '3')),
  ]);
  expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(bodies()).toEqual(['1', '3']);
});

test('nothing is acknowledged before its group is on disk', async () => {
  const { store: one, insert } = await store();
  let acknowledged = false;
  const waiting = one
    .commit(() => insert.run('a', '1'))
    .then(() => {
      acknowledged = true;
    });
  await Promise.resolve();
  expect(acknowledged).toBe(false);
  expect(one.database.inTransaction).toBe(true);
  await waiting;
  expect(one.database.inTransaction).toBe(false);
});

test('a write among waiting commits is on disk when it returns, and so are they', async () => {
  const { store: one, insert, bodies } = await store();
  const waiting = one.commit(() => insert.run('a', '1'));
  one.write(() => insert.run('b', '2'));
  expect(one.database.inTransaction).toBe(false);
  await waiting;
  expect(bodies()).toEqual(['1', '2']);
});

test('listeners hear of what is stored, once, and of nothing that was undone', async () => {
  const { store: one } = await store();
  const heard: [string, string[]][] = [];
  let undone = 0;
  one.onCommitted((changes) => {
    for (const [kind, ids] of changes) heard.push([kind, [...ids]]);
  });
  one.onRollback(() => undone++);
  one.write(() => {
    one.touch('profile', 'x');
    one.touch('profile', 'y');
    expect(() =>
      one.write(() => {
        one.touch('profile', 'z');
        throw new Error('no');
      }),
    ).toThrow('no');
  });
  expect(heard).toEqual([['profile', ['x', 'y']]]);
  expect(undone).toBe(1);
  expect(() =>
    one.write(() => {
      one.touch('profile', 'w');
      throw new Error('no');
    }),
  ).toThrow('no');
  one.write(() => undefined);
  expect(heard).toHaveLength(1);
});

test('a commit that the disk refuses is refused to everybody in it, and the store goes on', async () => {
  const { store: one, bodies, insert } = await store();
  one.database.exec(
    'create table child (note text references note (id) deferrable initially deferred)',
  );
  const orphan = one.database.prepare('insert into child values (?)');
  const results = await Promise.allSettled([
    one.commit(() => insert.run('a', '1')),
    one.commit(() => orphan.run('nobody')),
  ]);
  expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected']);
  expect(bodies()).toEqual([]);
  await one.commit(() => insert.run('b', '2'));
  expect(bodies()).toEqual(['2']);
});

test('exclusive work is stored as a whole, and others wait for its end', async () => {
  const { store: one, insert, bodies } = await store();
  const order: string[] = [];
  const long = one.exclusive(async (step) => {
    for (const id of ['a', 'b', 'c']) {
      step(() => one.write(() => insert.run(id, id)));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    order.push('long');
  });
  const other = one.commit(() => insert.run('d', 'd')).then(() => order.push('other'));
  await new Promise((resolve) => setImmediate(resolve));
  expect(() => one.write(() => insert.run('e', 'e'))).toThrow('exclusive');
  await Promise.all([long, other]);
  expect(order).toEqual(['long', 'other']);
  expect(bodies()).toEqual(['a', 'b', 'c', 'd']);
});

test('exclusive work that fails leaves nothing, and the store goes on', async () => {
  const { store: one, insert, bodies } = await store();
  const failing = one.exclusive(async (step) => {
    step(() => insert.run('a', 'a'));
    await new Promise((resolve) => setImmediate(resolve));
    throw new Error('no');
  });
  const waiting = one.commit(() => insert.run('b', 'b'));
  await expect(failing).rejects.toThrow('no');
  await waiting;
  expect(bodies()).toEqual(['b']);
});

test('exclusive work whose transaction is gone takes no further step, and stores nothing of it', async () => {
  const { store: one, insert, bodies } = await store();
  const failing = one.exclusive(async (step) => {
    step(() => insert.run('a', 'a'));
    await new Promise((resolve) => setImmediate(resolve));
    // As SQLite does by itself when the disk is full.
    one.database.exec('rollback');
    expect(() => step(() => insert.run('b', 'b'))).toThrow('is gone');
    expect(bodies()).toEqual([]);
  });
  await expect(failing).rejects.toThrow();
  await one.commit(() => insert.run('c', 'c'));
  expect(bodies()).toEqual(['c']);
});

test('what is left for afterwards is done inside the transaction, unless its work was undone', async () => {
  const { store: one, insert, bodies } = await store();
  one.write(() => {
    one.afterwards(() => insert.run('a', 'outer'));
    expect(() =>
      one.write(() => {
        one.afterwards(() => insert.run('b', 'undone'));
        throw new Error('no');
      }),
    ).toThrow('no');
    one.write(() => one.afterwards(() => insert.run('c', 'inner')));
    expect(bodies()).toEqual([]);
  });
  expect(bodies()).toEqual(['outer', 'inner']);
  const waiting = one.commit(() => insert.run('d', 'd'));
  const failing = one.commit(() =>
    one.afterwards(() => {
      throw new Error('later');
    }),
  );
  const results = await Promise.allSettled([waiting, failing]);
  // Half of it may have been done, so all that shared the transaction is refused.
  expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected']);
  expect(bodies()).toEqual(['outer', 'inner']);
});

test('time never goes back, and a neighbour far ahead is not followed', () => {
  let wall = 1_000_000_000_000;
  const clock = createClock(() => wall, 0);
  const first = clock.tick();
  wall -= 10 * 365 * 24 * 3_600_000;
  expect(clock.tick()).toBe(first + 1);
  expect(clock.tick()).toBe(first + 2);
  wall = first + 10_000;
  expect(clock.tick()).toBe(wall);
  clock.observe(wall + 5_000);
  expect(clock.tick()).toBe(wall + 5_001);
  clock.observe(wall + 10 * 365 * 24 * 3_600_000);
  expect(clock.tick()).toBe(wall + 5_002);
});

test('the clock goes on after what this device wrote, whatever others say they wrote when', async () => {
  const { vault } = await newVault();
  const { store: one, keys, database } = vault;
  const journal = createJournal(one, keys, 'activity', () => undefined);
  journal.append(keys.device.id, ['{}']);
  const [mine] = journal.entries(keys.device.id, 0, 1);
  expect(latestTime(database)).toBe(mine?.at);
  const other = openDeviceKeyset(createDeviceKeyset(vault.random));
  const previous = new Uint8Array(32);
  for (let n = 0; n < 200; n++) {
    const entry = {
      subject: `run-${n}`,
      sequence: 1,
      at: 4_000_000_000_000 + n,
      deviceId: other.id,
      body: '{}',
    };
    const signature = signEntry(other.signer, entryHash('activity', entry, previous));
    expect(
      one.write(() => journal.adopt({ ...entry, previous, signature }, other.publicKeys.signing)),
    ).not.toBeNull();
  }
  expect(latestTime(database)).toBe(mine?.at);
});

test('after much was written, its log is short again and later changes are not written back one by one', async () => {
  const { store: one, insert } = await store();
  const size = () => statSync(`${one.database.name}-wal`).size;
  for (let n = 0; n < 40; n++) {
    await one.commit(() => insert.run(String(n), randomBytes(1024 * 1024).toString('hex')));
  }
  expect(size()).toBeGreaterThan(64 * 1024 * 1024);
  await new Promise((resolve) => setTimeout(resolve, 700));
  await one.commit(() => insert.run('next', 'small'));
  await one.commit(() => insert.run('last', 'small'));
  expect(size()).toBeLessThan(10 * 1024 * 1024);
  // What is written back is gone from the log's beginning: it grows while nothing is.
  const before = size();
  for (let n = 0; n < 20; n++) {
    await one.commit(() => insert.run(`more ${n}`, randomBytes(100_000).toString('hex')));
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect(size()).toBeGreaterThanOrEqual(before);
});
