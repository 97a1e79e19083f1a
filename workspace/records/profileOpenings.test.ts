import { expect, test } from 'vitest';
import { profileInputSchema } from '../model/profile.ts';
import type { RunEvent } from '../model/run.ts';
import { newContents } from '../testing.ts';

test('profiles are ordered by when a person opened them or a run used them last', async () => {
  const { profiles, profileOpenings, journal, vault, trash } = await newContents();
  const added = ['Ada', 'Bob', 'Cid', 'Dan'].map((name) => profileInputSchema.parse({ name }));
  const [ada = '', bob = '', cid = ''] = profiles.add(added).map(({ id }) => id);
  const open = (id: string, at: number) => vault.store.write(() => profileOpenings.note(id, at));
  const ran: RunEvent[] = [
    {
      type: 'run.started',
      at: 10,
      workflowId: 'w',
      workflowName: 'Flow',
      variables: {},
      headless: true,
      profiles: [{ taskId: 't', profileId: cid, name: 'Cid' }],
    },
    { type: 'task.finished', at: 30, taskId: 't', status: 'succeeded' },
  ];
  open(ada, 10);
  open(bob, 40);
  open(ada, 20);
  open(cid, 5);
  journal.append('r', ran);
  const order = () =>
    profiles.list({ search: '', sort: 'used', limit: 10 }).rows.map(({ name }) => name);
  expect(order()).toEqual(['Bob', 'Cid', 'Ada', 'Dan']);
  expect([...profileOpenings.latest([ada, bob, 'nobody'])]).toEqual(
    expect.arrayContaining([
      [ada, 20],
      [bob, 40],
    ]),
  );
  profiles.trash([bob]);
  await trash.empty();
  expect(order()).toEqual(['Cid', 'Ada', 'Dan']);
  expect(profileOpenings.latest([bob]).size).toBe(0);
});
