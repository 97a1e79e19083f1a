import fc from 'fast-check';
import { expect, test } from 'vitest';
import { profileInputSchema } from '../model/profile.ts';
import { newVault } from '../testing.ts';
import { profileKind } from './kinds.ts';
import { createRecords } from './records.ts';

const input = (name: string, more: object = {}) => profileInputSchema.parse({ name, ...more });

async function profiles() {
  const { vault } = await newVault();
  let clock = 1_000;
  return createRecords(vault.database, profileKind, () => clock++);
}

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
  for (const sort of ['name', 'recent', 'created'] as const) {
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

test('records are found by id or exact name, and gone after removal', async () => {
  const records = await profiles();
  const [added] = records.add([input('Alice')]);
  expect(records.get('Alice')).toEqual(added);
  expect(records.get(added?.id ?? '')).toEqual(added);
  expect(() => records.get('alice')).toThrow('notFound');
  records.remove(added?.id ?? '');
  expect(() => records.get('Alice')).toThrow('notFound');
  expect(records.list({ search: '', sort: 'name', limit: 1 }).total).toBe(0);
});

test('rebuilding the view gives the same list', async () => {
  const records = await profiles();
  records.add([input('A', { tags: ['x'] }), input('B', { notes: 'y' })]);
  const before = records.list({ search: '', sort: 'name', limit: 10 });
  records.rebuild();
  expect(records.list({ search: '', sort: 'name', limit: 10 })).toEqual(before);
});
