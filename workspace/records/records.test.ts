import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { systemRandom } from '../../crypto/random.ts';
import { createContents } from '../contents.ts';
import { profileInputSchema } from '../model/profile.ts';
import { closeDatabase } from '../store/database.ts';
import { newContents, testPassphrase } from '../testing.ts';
import { openVault } from '../vault/vault.ts';
import { profileKind } from './kinds.ts';
import { createRecords } from './records.ts';

const input = (name: string, more: object = {}) => profileInputSchema.parse({ name, ...more });

const profiles = async () => (await newContents()).profiles;

const names = (page: { rows: readonly { name: string }[] }) => page.rows.map((row) => row.name);

test('lists sort numbers as numbers and accents as their letters', async () => {
  const records = await profiles();
  records.add(['Profile 10', 'profile 2', 'Đà Nẵng', 'Zoë', 'éclair'].map((name) => input(name)));
  expect(names(records.list({ search: '', sort: 'name', limit: 10 }))).toEqual([
    'Đà Nẵng',
    'éclair',
    'profile 2',
    'Profile 10',
    'Zoë',
  ]);
});

test('a search finds words in name, notes and tags, without accents or case', async () => {
  const records = await profiles();
  records.add([
    input('Shop one', { notes: 'Hà Nội office', tags: ['Retail'] }),
    input('Shop two', { notes: '100% off_sale' }),
  ]);
  const found = (search: string) => names(records.list({ search, sort: 'name', limit: 10 }));
  expect(found('ha noi')).toEqual(['Shop one']);
  expect(found('SHOP retail')).toEqual(['Shop one']);
  expect(found('100% off_')).toEqual(['Shop two']);
  expect(found('shop%')).toEqual([]);
});

test('pages put together are the list, in every order', async () => {
  const records = await profiles();
  records.add(Array.from({ length: 57 }, (_, n) => input(`P ${n % 2 ? n : 100 - n}`)));
  for (const sort of ['name', 'used', 'recent', 'created'] as const) {
    const whole = names(records.list({ search: '', sort, limit: 500 }));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), (limit) => {
        const collected: string[] = [];
        let after: string | undefined;
        do {
          const page = records.list({ search: '', sort, limit, after });
          expect(page.total).toBe(57);
          collected.push(...names(page));
          after = page.next ?? undefined;
        } while (after);
        expect(collected).toEqual(whole);
      }),
      { numRuns: 20 },
    );
  }
});

test('a made-up cursor is refused', async () => {
  const records = await profiles();
  for (const after of ['x', 'e30', Buffer.from('[{},1]').toString('base64url')]) {
    expect(() => records.list({ search: '', sort: 'name', limit: 5, after })).toThrow('invalid');
  }
});

test('a taken name is refused and nothing of the batch is stored', async () => {
  const records = await profiles();
  records.add([input('A')]);
  expect(() => records.add([input('B'), input('A')])).toThrow('duplicateName');
  expect(names(records.list({ search: '', sort: 'name', limit: 10 }))).toEqual(['A']);
  const [b] = records.add([input('B')]);
  expect(() => records.replace(b?.id ?? '', input('A'))).toThrow('duplicateName');
  expect(records.replace(b?.id ?? '', input('B', { notes: 'n' })).notes).toBe('n');
});

test('records are found by id or exact name, and gone from lists once in the trash', async () => {
  const records = await profiles();
  const [added] = records.add([input('Alice')]);
  expect(records.get('Alice')).toEqual(added);
  expect(records.get(added?.id ?? '')).toEqual(added);
  expect(() => records.get('alice')).toThrow('notFound');
  records.trash([added?.id ?? '']);
  expect(() => records.get('Alice')).toThrow('notFound');
  expect(records.list({ search: '', sort: 'name', limit: 1 }).total).toBe(0);
});

test('rebuilding the view gives the same list', async () => {
  const { profiles: records, views, vault } = await newContents();
  records.add([input('A', { tags: ['x'] }), input('B', { notes: 'y' })]);
  const before = records.list({ search: '', sort: 'name', limit: 10 });
  vault.database.exec("update record_view set name = 'wrong', search_text = ''");
  const progress: number[] = [];
  await views.rebuild((done, total) => progress.push(done / total));
  expect(records.list({ search: '', sort: 'name', limit: 10 })).toEqual(before);
  expect(progress.at(-1)).toBe(1);
});

test('what is in the trash keeps its content and its name may be taken; restored it gets a number', async () => {
  const records = await profiles();
  const [first] = records.add([input('A', { notes: 'kept' })]);
  const id = first?.id ?? '';
  records.trash([id]);
  expect(records.trashed().map((row) => row.name)).toEqual(['A']);
  records.add([input('A')]);
  expect(() => records.replace(id, input('C'))).toThrow('notFound');
  expect(records.untrash(id)).toMatchObject({ id, name: 'A (2)', notes: 'kept' });
  expect(records.trashed()).toEqual([]);
});

test('what is purged is gone for good and leaves a tombstone', async () => {
  const { profiles: records, vault, documents } = await newContents();
  const [first] = records.add([input('A')]);
  const id = first?.id ?? '';
  records.trash([id]);
  records.purge([id]);
  expect(() => records.get(id)).toThrow('notFound');
  expect(documents.ids()).toEqual([]);
  expect(vault.database.prepare('select name from tombstone').pluck().all()).toEqual(['A']);
  expect(vault.database.prepare('select count(*) from chunk').pluck().get()).toBe(0);
});

test('a profile that is purged takes its session along, in the same transaction', async () => {
  const { profiles: records, sessions, trash, vault, blobs } = await newContents();
  const ids = records.add([input('A'), input('B')]).map(({ id }) => id);
  for (const id of ids) {
    const open = await sessions.open(id, id);
    mkdirSync(join(open.userDataDir, 'Default'));
    await sessions.close(id, { cookies: [], origins: [] });
  }
  records.trash([...ids]);
  const left: unknown[] = [];
  const stop = vault.store.onCommitted(() => {
    left.push([records.ids().length, sessions.all().length]);
  });
  await trash.empty([ids[0] ?? '']);
  await trash.empty();
  stop();
  expect(left.filter((counts, n) => n === 0 || `${counts}` !== `${left[n - 1]}`)).toEqual([
    [1, 1],
    [0, 0],
  ]);
  expect(blobs.allIds()).toEqual([]);
});

test('a profile whose browser is open is not purged, and keeps its session', async () => {
  const { profiles: records, sessions, trash } = await newContents();
  const [one] = records.add([input('A')]);
  const id = one?.id ?? '';
  await sessions.open(id, 'A');
  records.trash([id]);
  await expect(trash.empty()).rejects.toThrow('profileBusy');
  expect(records.ids()).toEqual([id]);
  expect(sessions.isOpen(id)).toBe(true);
});

test('history tells who changed what and when, and any version can be had back', async () => {
  const records = await profiles();
  const [first] = records.add([input('A', { notes: 'one' })]);
  const id = first?.id ?? '';
  records.replace(id, input('A', { notes: 'two', tags: ['x'] }));
  records.replace(id, input('B', { notes: 'two', tags: ['x'] }));
  // Writing what is there already is no change.
  records.replace(id, input('B', { notes: 'two', tags: ['x'] }));
  records.trash([id]);
  records.untrash(id);
  const history = records.history(id);
  expect(history.map(({ number, action, changed }) => [number, action, changed])).toEqual([
    [5, 'untrash', ['trashed']],
    [4, 'trash', ['trashed']],
    [3, 'edit', ['name']],
    [2, 'edit', ['notes', 'tags']],
    [1, 'add', expect.arrayContaining(['name', 'notes'])],
  ]);
  expect(history.every((one) => one.deviceName === hostname())).toBe(true);
  const times = history.map((one) => one.at);
  expect(times).toEqual([...times].sort((a, b) => b - a));
  const second = history[3]?.version ?? '';
  expect(records.at(id, second)).toMatchObject({ name: 'A', notes: 'two', tags: ['x'] });
  expect(records.restoreVersion(id, second)).toMatchObject({ name: 'A', notes: 'two' });
  expect(records.history(id)[0]).toMatchObject({ action: 'restoreVersion', changed: ['name'] });
  expect(() => records.at(id, 'f'.repeat(64))).toThrow('notFound');
});

test('a history makes the content of each version once', async () => {
  const contents = await newContents();
  const { vault, documents, activity } = contents;
  const asked: string[] = [];
  const counting = {
    ...documents,
    at(id: string, version: string, shape: Parameters<typeof documents.at>[2]) {
      asked.push(version);
      return documents.at(id, version, shape);
    },
  };
  const stores = { store: vault.store, documents: counting, activity, deviceName: () => null };
  const records = createRecords(stores, profileKind);
  const [first] = records.add([input('A')]);
  const id = first?.id ?? '';
  for (const notes of ['one', 'two', 'three']) records.replace(id, input('A', { notes }));
  const history = records.history(id);
  expect(asked).toEqual(history.map((one) => one.version));
});

test('a clock set back ten years loses no order, and no actor sequence is used twice', async () => {
  let wall = Date.UTC(2026, 10, 21);
  const { dir, profiles: records, vault } = await newContents(() => wall);
  const names = () =>
    records.list({ search: '', sort: 'created', limit: 10 }).rows.map((row) => row.name);
  records.add([input('first')]);
  wall -= 10 * 365 * 24 * 3_600_000;
  records.add([input('second')]);
  expect(names()).toEqual(['second', 'first']);
  closeDatabase(vault.database);
  const again = createContents(
    await openVault(dir, testPassphrase, { random: systemRandom, now: () => wall }),
    () => wall,
  );
  onTestFinished(() => closeDatabase(again.vault.database));
  again.profiles.add([input('third')]);
  expect(
    again.profiles.list({ search: '', sort: 'created', limit: 10 }).rows.map((row) => row.name),
  ).toEqual(['third', 'second', 'first']);
});
