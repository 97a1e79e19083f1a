import { expect, test } from 'vitest';
import type { ContactedHost } from '../model/contactedHost.ts';
import { profileInputSchema } from '../model/profile.ts';
import { newContents } from '../testing.ts';
import { hostsKept } from './contactedHosts.ts';

const seen = (host: string, at: number, more: Partial<ContactedHost> = {}): ContactedHost => ({
  host,
  port: 443,
  connections: 1,
  blocked: 0,
  reason: null,
  firstAt: at,
  lastAt: at,
  ...more,
});

async function alice() {
  const contents = await newContents();
  const { profiles, contactedHosts, vault } = contents;
  const [profile] = profiles.add([profileInputSchema.parse({ name: 'Alice' })]);
  const id = profile?.id ?? '';
  const add = (...hosts: ContactedHost[]) => vault.store.write(() => contactedHosts.add(id, hosts));
  return { ...contents, id, add };
}

test('what is counted later is added to what is kept, newest first', async () => {
  const { add, contactedHosts, id } = await alice();
  add(seen('b.example', 20, { blocked: 1, reason: 'browserCall' }), seen('a.example', 10));
  add(seen('a.example', 30, { connections: 4 }), seen('b.example', 15));
  expect(contactedHosts.of(id)).toEqual([
    seen('a.example', 10, { connections: 5, lastAt: 30 }),
    seen('b.example', 20, { connections: 2, blocked: 1, reason: 'browserCall' }),
  ]);
  expect(contactedHosts.of('another')).toEqual([]);
});

test('of each profile the newest are kept', async () => {
  const { add, contactedHosts, id } = await alice();
  add(...Array.from({ length: hostsKept + 5 }, (_, at) => seen(`${at}.example`, at)));
  const kept = contactedHosts.of(id);
  expect(kept).toHaveLength(hostsKept);
  expect(kept.at(-1)?.host).toBe('5.example');
});

test('they are forgotten when somebody says so, and with the profile; nothing of it comes back', async () => {
  const { add, contactedHosts, profiles, trash, vault, id } = await alice();
  add(seen('a.example', 10));
  vault.store.write(() => contactedHosts.forget(id));
  expect(contactedHosts.of(id)).toEqual([]);
  add(seen('b.example', 10));
  profiles.trash([id]);
  expect(contactedHosts.of(id)).toHaveLength(1);
  await trash.empty();
  expect(contactedHosts.of(id)).toEqual([]);
  add(seen('c.example', 10));
  expect(contactedHosts.of(id)).toEqual([]);
});
