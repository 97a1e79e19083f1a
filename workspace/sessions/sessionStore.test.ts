import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contentOf, readWhole } from '../blobs/blobStore.ts';
import { newContents } from '../testing.ts';
import { createSessionStore } from './sessionStore.ts';

async function store() {
  return newContents();
}

function use(folder: string, cookie: string): void {
  mkdirSync(join(folder, 'Default', 'Cache'), { recursive: true });
  writeFileSync(join(folder, 'Default', 'Cookies'), cookie);
  writeFileSync(join(folder, 'Default', 'empty'), '');
  writeFileSync(join(folder, 'Default', 'Cache', 'data'), 'cached');
}

const filesBelow = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());

test('a folder comes back as it was left, without its caches; nothing of it lies open in between', async () => {
  const { sessions, dir, blobs } = await store();
  const first = await sessions.open('p', 'P');
  expect(first.storageState).toBeNull();
  use(first.userDataDir, 'cookie-canary');
  symlinkSync('/etc/passwd', join(first.userDataDir, 'SingletonLock'));
  await sessions.close('p', { cookies: ['state-canary'] });
  expect(existsSync(first.userDataDir)).toBe(false);
  for (const file of filesBelow(dir)) {
    expect(readFileSync(join(file.parentPath, file.name)).includes('canary'), file.name).toBe(
      false,
    );
  }
  expect(filesBelow(join(dir, 'blobs'))).toHaveLength(2);

  const second = await sessions.open('p', 'P');
  expect(readFileSync(join(second.userDataDir, 'Default', 'Cookies'), 'utf8')).toBe(
    'cookie-canary',
  );
  expect(readdirSync(second.userDataDir)).toEqual(['Default']);
  expect(readdirSync(join(second.userDataDir, 'Default')).sort()).toEqual(['Cookies', 'empty']);
  expect(second.storageState).toEqual({ cookies: ['state-canary'] });
  use(second.userDataDir, 'changed');
  await sessions.close('p');
  await blobs.sweep();
  expect(filesBelow(join(dir, 'blobs'))).toHaveLength(2);
  expect((await sessions.open('p', 'P')).storageState).toEqual({ cookies: ['state-canary'] });
});

test('an open profile is busy, and free again once closed', async () => {
  const { sessions } = await store();
  await sessions.open('p', 'P');
  await expect(sessions.open('p', 'P')).rejects.toThrow('profileBusy');
  await expect(sessions.clear('p', 'P')).rejects.toThrow('profileBusy');
  expect(sessions.isOpen('p')).toBe(true);
  await sessions.close('p');
  await sessions.clear('p', 'P');
  expect(sessions.has(['p']).size).toBe(0);
});

test('what a dead host left open is sealed and wiped at the next start', async () => {
  const { vault, sessions, blobs, blobUses, dir } = await store();
  const used = await sessions.open('used', 'U');
  use(used.userDataDir, 'logged-in');
  await sessions.open('untouched', 'N');
  const next = createSessionStore(vault, blobs, blobUses);
  await next.recover();
  expect(existsSync(join(dir, 'open'))).toBe(false);
  const again = await next.open('used', 'U');
  expect(readFileSync(join(again.userDataDir, 'Default', 'Cookies'), 'utf8')).toBe('logged-in');
  expect([...next.has(['used', 'untouched'])]).toEqual(['used']);
});

test('a crash while a folder is being unpacked keeps the sealed one', async () => {
  const { vault, sessions, blobs, blobUses } = await store();
  use((await sessions.open('p', 'P')).userDataDir, 'good');
  await sessions.close('p');
  const half = await sessions.open('p', 'P');
  const unpacking = join(half.userDataDir, '..', 'unpacking');
  mkdirSync(join(unpacking, 'Default'), { recursive: true });
  rmSync(half.userDataDir, { recursive: true });
  const next = createSessionStore(vault, blobs, blobUses);
  await next.recover();
  const again = await next.open('p', 'P');
  expect(readFileSync(join(again.userDataDir, 'Default', 'Cookies'), 'utf8')).toBe('good');
});

test('a state that came from elsewhere replaces until it has reached the folder', async () => {
  const { vault, sessions, blobs, blobUses } = await store();
  use((await sessions.open('p', 'P')).userDataDir, 'before');
  await sessions.close('p', { cookies: ['before'] });
  const cleared = await blobs.put(contentOf(Buffer.from('{"cookies":[]}')), 'application/json');
  await vault.store.commit(() => sessions.adoptState('p', cleared.id, vault.store.clock.tick()));
  const opened = await sessions.open('p', 'P');
  expect(opened).toMatchObject({ storageState: { cookies: [] }, stateReplaces: true });
  // Closed before anything was captured: the folder may be as it was before.
  await sessions.close('p');
  expect((await sessions.open('p', 'P')).stateReplaces).toBe(true);

  // Nobody used the folder before the host died.
  rmSync(join(vault.dir, 'open'), { recursive: true });
  const next = createSessionStore(vault, blobs, blobUses);
  await next.recover();
  const again = await next.open('p', 'P');
  expect(again.stateReplaces).toBe(true);
  use(again.userDataDir, 'after');
  await next.capture('p', { cookies: ['after'] });
  const last = createSessionStore(vault, blobs, blobUses);
  await last.recover();
  expect(await last.open('p', 'P')).toMatchObject({
    storageState: { cookies: ['after'] },
    stateReplaces: false,
    cookiesNewer: true,
  });
});

test('what is captured while a profile is open is sealed at once, and nothing after it is closed', async () => {
  const { vault, sessions, blobs, blobUses } = await store();
  use((await sessions.open('p', 'P')).userDataDir, 'in-folder');
  await sessions.capture('p', { cookies: ['first'] });
  await sessions.capture('p', { cookies: ['second'] });
  expect(filesBelow(join(vault.dir, 'blobs'))).toHaveLength(1);
  const next = createSessionStore(vault, blobs, blobUses);
  await next.recover();
  expect(await next.open('p', 'P')).toMatchObject({
    storageState: { cookies: ['second'] },
    cookiesNewer: true,
  });
  await next.close('p', { cookies: ['third'] });
  await next.capture('p', { cookies: ['late'] });
  expect(filesBelow(join(vault.dir, 'blobs'))).toHaveLength(2);
  expect(await next.open('p', 'P')).toMatchObject({
    storageState: { cookies: ['third'] },
    cookiesNewer: false,
  });
});

test('the cookies captured of a browser that was killed are newer than those of its folder', async () => {
  const { sessions } = await store();
  const { userDataDir } = await sessions.open('p', 'P');
  use(userDataDir, 'old');
  // It takes it away when it ends in order.
  symlinkSync('host-1', join(userDataDir, 'SingletonLock'));
  await sessions.close('p', { cookies: ['new'] });
  expect(await sessions.open('p', 'P')).toMatchObject({ cookiesNewer: true, stateReplaces: false });
  await sessions.close('p', { cookies: ['new'] });
  expect((await sessions.open('p', 'P')).cookiesNewer).toBe(false);
});

test('of two that open a profile at the same instant one is told that it is in use', async () => {
  const { sessions } = await store();
  const both = await Promise.allSettled([sessions.open('p', 'P'), sessions.open('p', 'P')]);
  expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  expect(both[1]).toMatchObject({ reason: { failure: { code: 'profileBusy', name: 'P' } } });
});

test('an opening that failed leaves it to the next to replace', async () => {
  const { vault, sessions, blobs, dir } = await store();
  const state = await blobs.put(contentOf(Buffer.from('{"cookies":[]}')), 'application/json');
  await vault.store.commit(() => sessions.adoptState('p', state.id, vault.store.clock.tick()));
  const [blob] = filesBelow(join(dir, 'blobs'));
  const path = join(blob?.parentPath ?? '', blob?.name ?? '');
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.subarray(0, 50));
  await expect(sessions.open('p', 'P')).rejects.toThrow('vaultDamaged');
  writeFileSync(path, bytes);
  expect((await sessions.open('p', 'P')).stateReplaces).toBe(true);
  await sessions.close('p', { cookies: ['captured'] });
  expect((await sessions.open('p', 'P')).stateReplaces).toBe(false);
});

test('a damaged blob is named, and a profile whose folder is damaged is not left busy', async () => {
  const { dir, blobs, sessions } = await store();
  use((await sessions.open('p', 'P')).userDataDir, 'x');
  await sessions.close('p');
  for (const file of filesBelow(join(dir, 'blobs'))) {
    const path = join(file.parentPath, file.name);
    const bytes = readFileSync(path);
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    writeFileSync(path, bytes);
  }
  await expect(sessions.open('p', 'P')).rejects.toThrow('vaultDamaged');
  expect(sessions.isOpen('p')).toBe(false);
  const kept = await blobs.put(contentOf(Buffer.from('fine')), 'text/plain');
  expect(Buffer.from(await readWhole(blobs.read(kept.id))).toString()).toBe('fine');
});
