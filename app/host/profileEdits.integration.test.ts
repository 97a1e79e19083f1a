/** Groups, colours, numbers and tags: what a list is narrowed to, and what is changed of many at once. */
import { expect, test } from 'vitest';
import { profileInputSchema } from '../../workspace/model/profile.ts';
import { newVault } from '../../workspace/testing.ts';
import { createProfileEdits } from './profileEdits.ts';
import { openServices } from './services.ts';
import { openedHost } from './testing.ts';

async function shop() {
  const opened = await openedHost();
  const { call } = opened;
  const input = (name: string, more: object) => ({ input: { name, ...more } });
  await call('profiles.add', input('Ada', { group: 'Shops', tags: ['de', 'new'], number: 10 }));
  await call('profiles.add', input('Bob', { group: 'Shops', tags: ['fr'], number: 2 }));
  await call('profiles.add', input('Cid', { tags: ['de'], color: 'teal' }));
  const names = async (query: object = {}) =>
    (await call('profiles.list', query)).rows.map(({ name }) => name);
  return { ...opened, names };
}

test('a list is narrowed to a group, a tag, a colour, and ordered by number', async () => {
  const { call, names } = await shop();
  expect(await names({ filter: { group: 'Shops' } })).toEqual(['Ada', 'Bob']);
  expect(await names({ filter: { group: null } })).toEqual(['Cid']);
  expect(await names({ filter: { tag: 'de' } })).toEqual(['Ada', 'Cid']);
  expect(await names({ filter: { tag: 'de', group: 'Shops' }, search: '10' })).toEqual(['Ada']);
  expect(await names({ filter: { color: 'teal', proxyId: null } })).toEqual(['Cid']);
  expect(await names({ filter: { tag: 'd' } })).toEqual([]);
  expect(await names({ sort: 'number' })).toEqual(['Bob', 'Ada', 'Cid']);
  const first = await call('profiles.list', { sort: 'number', limit: 1 });
  expect(await names({ sort: 'number', after: first.next, limit: 1 })).toEqual(['Ada']);
  expect(await call('profiles.facets', {})).toEqual({
    groups: [{ value: 'Shops', count: 2 }],
    tags: [
      { value: 'de', count: 2 },
      { value: 'fr', count: 1 },
      { value: 'new', count: 1 },
    ],
  });
});

test('an open list follows what its filter says', async () => {
  const { call } = await shop();
  const opened = await call('lists.open', {
    list: 'profiles',
    sort: 'number',
    filter: { group: 'Shops' },
  });
  expect(opened.page.rows.map((row) => 'name' in row && row.name)).toEqual(['Bob', 'Ada']);
  expect(opened.page.total).toBe(2);
});

test('many are changed at once, and the change is taken back', async () => {
  const { ask, call } = await shop();
  const all = ['Ada', 'Bob', 'Cid'];
  const read = async () => {
    const profiles = await Promise.all(all.map((profile) => call('profiles.get', { profile })));
    return profiles.map(({ group, color, tags }) => ({ group, color, tags: [...tags].sort() }));
  };
  const before = await read();
  const { changed, undo } = await call('profiles.editMany', {
    profiles: all,
    patch: { group: 'Archive', addTags: ['old', 'de'], removeTags: ['new'] },
  });
  expect(changed).toBe(3);
  expect(await read()).toEqual([
    { group: 'Archive', color: null, tags: ['de', 'old'] },
    { group: 'Archive', color: null, tags: ['de', 'fr', 'old'] },
    { group: 'Archive', color: 'teal', tags: ['de', 'old'] },
  ]);
  // What is changed meanwhile, in another field, stays.
  await call('profiles.edit', { profile: 'Ada', patch: { color: 'red' } });
  await call('profiles.remove', { profile: 'Bob' });
  const edit = undo ?? '';
  expect(await call('profiles.undoEdit', { edit })).toEqual({ changed: 2 });
  await call('trash.restore', { kind: 'profile', id: (await trashed()) ?? '' });
  const [ada, , cid] = before;
  expect(await read()).toEqual([
    { ...ada, color: 'red' },
    { group: 'Archive', color: null, tags: ['de', 'fr', 'old'] },
    cid,
  ]);
  expect(await ask('profiles.undoEdit', { edit })).toMatchObject({ failure: { code: 'notFound' } });
  const same = await call('profiles.editMany', { profiles: ['Ada'], patch: { color: 'red' } });
  expect(same).toEqual({ changed: 0, undo: null });

  async function trashed() {
    return (await call('trash.list', {})).rows[0]?.id;
  }
});

test('nobody gets more tags than a profile holds', async () => {
  const { ask, names } = await shop();
  const addTags = Array.from({ length: 50 }, (_, index) => `t${index}`);
  expect(await ask('profiles.editMany', { profiles: ['Bob'], patch: { addTags } })).toMatchObject({
    failure: { code: 'invalid', issues: [{ path: 'addTags' }] },
  });
  expect(await names({ filter: { tag: 't0' } })).toEqual([]);
});

test('many go into the trash in one request and come back, each under a name that is free', async () => {
  const { ask, call, names } = await shop();
  const ids = (await call('profiles.list', {})).rows.map(({ id }) => id);
  expect(await call('profiles.removeMany', { profiles: ids })).toEqual({ removed: 3 });
  expect(await names()).toEqual([]);
  await call('profiles.add', { input: { name: 'Bob' } });
  await call('trash.restoreMany', { kind: 'profile', ids });
  expect(await names()).toEqual(['Ada', 'Bob', 'Bob (2)', 'Cid']);
  expect((await call('trash.list', {})).rows).toEqual([]);

  const refused = await ask('profiles.removeMany', { profiles: ['Ada', 'Nobody'] });
  expect(refused).toMatchObject({ failure: { code: 'notFound', name: 'Nobody' } });
  expect(await names()).toContain('Ada');
  const unknown = { kind: 'profile' as const, ids: ['nobody'] };
  expect(await ask('trash.restoreMany', unknown)).toMatchObject({ failure: { code: 'notFound' } });
});

test('a thousand are removed and brought back well within two seconds each', async () => {
  const { call } = await openedHost();
  await call('profiles.addMany', { input: { name: 'Shop {n}' }, count: 1_000 });
  const taken = async (work: () => Promise<unknown>) => {
    // Of the processor: what else the machine does must not count.
    const from = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(from);
    return (user + system) / 1_000;
  };
  const all = Array.from({ length: 1_000 }, (_, index) => `Shop ${index + 1}`);
  expect(await taken(() => call('profiles.removeMany', { profiles: all }))).toBeLessThan(2_000);
  const gone = (await call('trash.list', {})).rows.map(({ id }) => id);
  expect(gone).toHaveLength(1_000);
  expect(await taken(() => call('trash.restoreMany', { kind: 'profile', ids: gone }))).toBeLessThan(
    2_000,
  );
  expect((await call('profiles.list', {})).total).toBe(1_000);
}, 60_000);

test('none of them goes while one is open, which is named', async () => {
  const { vault } = await newVault();
  const services = await openServices(vault, Date.now, () => undefined, expect.fail);
  const { profiles, sessions } = services;
  const added = ['Ada', 'Bob'].map((name) => profileInputSchema.parse({ name }));
  const [ada, bob] = profiles.add(added).map(({ id }) => id);
  await sessions.open(bob ?? '', 'Bob');
  const { remove } = createProfileEdits(services);
  const { signal } = new AbortController();
  await expect(remove(['Ada', bob ?? ''], signal, () => undefined)).rejects.toMatchObject({
    failure: { code: 'profileBusy', name: 'Bob' },
  });
  expect(profiles.listedIds().sort()).toEqual([ada, bob].sort());
  await sessions.close(bob ?? '');
  expect(await remove(['Ada', 'Bob'], signal, () => undefined)).toEqual({ removed: 2 });
});
