import fc from 'fast-check';
import { expect, test } from 'vitest';
import { profileInputSchema } from '../model/profile.ts';
import type { ListQuery } from '../records/records.ts';
import { newContents } from '../testing.ts';
import { createLiveList, type ListPatch } from './liveList.ts';

interface Row {
  readonly id: string;
  readonly name: string;
}

function applied(rows: readonly Row[], patch: ListPatch<Row> | null): readonly Row[] {
  if (!patch) return rows;
  const moved = new Set([...patch.removed, ...patch.upserts.map(({ row }) => row.id)]);
  const next = rows.filter((row) => !moved.has(row.id));
  for (const { row, index } of patch.upserts) next.splice(index, 0, row);
  return next;
}

const word = fc.constantFrom('Alpha', 'beta', 'Gamma 2', 'gamma 10', 'Đelta', 'epsilon 😀', 'zeta');

test('patches put together are what the list would answer now', async () => {
  const { profiles, vault } = await newContents();
  const ids: string[] = [];
  const changed = new Set<string>();
  vault.store.onCommitted((changes) => {
    for (const id of changes.get('profile') ?? []) changed.add(id);
  });
  const add = (name: string) =>
    ids.push(...profiles.add([profileInputSchema.parse({ name })]).map((row) => row.id));
  for (let n = 0; n < 40; n++) add(`Start ${n}`);

  let serial = 0;
  const action = fc.oneof(
    fc.record({ type: fc.constant('add' as const), word }),
    fc.record({ type: fc.constant('rename' as const), at: fc.nat(), word }),
    fc.record({ type: fc.constant('trash' as const), at: fc.nat() }),
  );
  fc.assert(
    fc.property(
      fc.constantFrom<ListQuery['sort']>('name', 'created', 'recent'),
      fc.constantFrom('', 'gamma', 'a'),
      fc.integer({ min: 1, max: 60 }),
      fc.array(fc.array(action, { maxLength: 4 }), { maxLength: 8 }),
      (sort, search, window, rounds) => {
        const live = createLiveList<Row>(profiles, { search, sort });
        let rows: readonly Row[] = live.more(window).rows;
        for (const round of rounds) {
          changed.clear();
          for (const one of round) {
            const id = 'at' in one ? ids[one.at % ids.length] : undefined;
            if (one.type === 'add') add(`${one.word} ${serial++}`);
            else if (id && one.type === 'rename') {
              const { id: _i, createdAt: _c, updatedAt: _u, ...input } = profiles.get(id);
              profiles.replace(id, { ...input, name: `${one.word} ${serial++}` });
            } else if (id && ids.length > 5) {
              profiles.trash([id]);
              ids.splice(ids.indexOf(id), 1);
            }
          }
          const patch = live.update([...changed]);
          rows = applied(rows, patch);
          const now = profiles.list({ search, sort, limit: 500 });
          const shown = rows.length;
          expect(rows.map((row) => row.name)).toEqual(
            now.rows.slice(0, shown).map((row) => row.name),
          );
          if (patch) expect(patch.total).toBe(now.total);
        }
        const more = live.more(500);
        expect([...rows, ...more.rows].map((row) => row.id)).toEqual(
          profiles.list({ search, sort, limit: 500 }).rows.map((row) => row.id),
        );
      },
    ),
    { numRuns: 40 },
  );
});

test('a change that the list does not show is no patch', async () => {
  const { profiles } = await newContents();
  const [a, b] = profiles.add(['A', 'B'].map((name) => profileInputSchema.parse({ name })));
  const live = createLiveList<Row>(profiles, { search: 'a', sort: 'name' });
  live.more(10);
  expect(live.update([b?.id ?? ''])).toBeNull();
  const patch = live.update([a?.id ?? '']);
  expect(patch?.upserts.map(({ row, index }) => [row.name, index])).toEqual([['A', 0]]);
});
