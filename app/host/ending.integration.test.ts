/** What is asked for and answered while a host locks, erases its vault or puts a backup in its place. */
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Failure, Result } from '../../workspace/model/failure.ts';
import { closeDatabase } from '../../workspace/store/database.ts';
import { newVault, testPassphrase } from '../../workspace/testing.ts';
import { layout } from '../../workspace/vault/layout.ts';
import { openVault } from '../../workspace/vault/vault.ts';
import type { HostClient, Method, Params } from '../ipc/contract.ts';
import { createCaller } from './caller.ts';
import { connectToHolder } from './endpoint.ts';
import { createHost } from './host.ts';

async function unlockedHost() {
  const { vault, dir } = await newVault();
  closeDatabase(vault.database);
  const locked = vi.fn();
  const host = createHost({
    vaultDir: dir,
    shell: 'served',
    log: () => undefined,
    onLocked: locked,
  });
  onTestFinished(() => host.lock());
  const caller = createCaller(true, () => undefined);
  const call = async <M extends Method>(method: M, params: Params<M>) =>
    (await host.call(method, params, caller)) as Result<unknown>;
  expect(await call('vault.unlock', { passphrase: testPassphrase })).toMatchObject({ ok: true });
  return { dir, host, call, locked };
}

/** Another process' way to the host, which has shown the passphrase. */
async function commandOf(dir: string): Promise<HostClient> {
  const client = await connectToHolder(dir);
  if (!client) throw new Error('the host was not found');
  onTestFinished(() => client.close());
  expect(await client.call('vault.unlock', { passphrase: testPassphrase })).toMatchObject({
    ok: true,
  });
  return client;
}

const failureOf = (result: Result<unknown>): Failure | null => (result.ok ? null : result.failure);

async function backupOf(client: HostClient): Promise<string> {
  const made = await client.call('backups.now', {});
  if (!made.ok) throw new Error(made.failure.code);
  return made.value.name;
}

test('from the moment at which locking begins everything is answered by "locked"', async () => {
  const { host, call, locked } = await unlockedHost();
  const ended = host.lock();
  for (const [method, params] of [
    ['vault.unlock', { passphrase: testPassphrase }],
    ['settings.get', {}],
    ['vault.erase', { confirm: 'x', backups: false }],
  ] as const) {
    expect(failureOf(await call(method, params)), method).toEqual({ code: 'locked' });
  }
  expect(await call('vault.status', {})).toMatchObject({ value: { state: 'locked' } });
  await ended;
  expect(locked).toHaveBeenCalledTimes(1);
  expect(failureOf(await call('vault.unlock', { passphrase: testPassphrase }))).toEqual({
    code: 'locked',
  });
});

test('a vault that is being opened while locking begins is closed again', async () => {
  const { vault, dir } = await newVault();
  closeDatabase(vault.database);
  const locked = vi.fn();
  const quiet = { log: () => undefined, onLocked: locked };
  const host = createHost({ vaultDir: dir, shell: 'served', ...quiet });
  const caller = createCaller(true, () => undefined);
  const opening = host.call('vault.unlock', { passphrase: testPassphrase }, caller);
  await host.lock();
  expect(failureOf(await opening)).toEqual({ code: 'locked' });
  const next = createHost({ vaultDir: dir, shell: 'cli', ...quiet });
  onTestFinished(() => next.lock());
  expect(await next.call('vault.unlock', { passphrase: testPassphrase }, caller)).toMatchObject({
    ok: true,
  });
});

test('nobody opens the vault while a backup takes its place, and whoever asked hears of the end', async () => {
  const { dir, call, locked } = await unlockedHost();
  const client = await commandOf(dir);
  const backup = await backupOf(client);
  await client.call('profiles.add', { input: { name: 'Alice' } });
  let answered: Result<unknown> | null = null;
  const restored = client.call('backups.restore', { backup }).then((result) => {
    answered = result;
  });
  await expect
    .poll(async () => failureOf(await call('settings.get', {})), { interval: 1, timeout: 20_000 })
    .toEqual({ code: 'locked' });
  const heard: unknown[] = [];
  while (!answered) {
    heard.push(failureOf(await call('vault.unlock', { passphrase: testPassphrase }))?.code);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await restored;
  expect(answered).toEqual({ ok: true, value: null });
  expect([...new Set(heard)]).toEqual(['locked']);
  await expect.poll(() => locked.mock.calls.length).toBe(1);
  expect(existsSync(layout.holder(dir))).toBe(false);
});

test('the oldest backup can be restored though the one made before that is one too many', async () => {
  const { dir, locked } = await unlockedHost();
  const client = await commandOf(dir);
  await client.call('settings.set', { backupsKept: 1 });
  const backup = await backupOf(client);
  await client.call('profiles.add', { input: { name: 'Alice' } });
  expect(await client.call('backups.restore', { backup })).toEqual({ ok: true, value: null });
  await expect.poll(() => locked.mock.calls.length).toBe(1);
  const restored = await openVault(dir, testPassphrase);
  onTestFinished(() => closeDatabase(restored.database));
  expect(restored.database.prepare('select count(*) from document').pluck().get()).toBe(0);
});

test('a restore that fails once the vault is locked is told to whoever asked for it', async () => {
  const { dir, locked } = await unlockedHost();
  const client = await commandOf(dir);
  const backup = await backupOf(client);
  mkdirSync(`${layout.database(dir)}.restoring.part`);
  expect(failureOf(await client.call('backups.restore', { backup }))).toMatchObject({
    code: 'internal',
  });
  await expect.poll(() => locked.mock.calls.length).toBe(1);
  rmSync(`${layout.database(dir)}.restoring.part`, { recursive: true });
  closeDatabase((await openVault(dir, testPassphrase)).database);
});

test('an erasure that fails once the vault is locked is told to whoever asked for it', async () => {
  const { dir, locked } = await unlockedHost();
  const client = await commandOf(dir);
  rmSync(layout.header(dir));
  mkdirSync(layout.header(dir));
  const confirm = dir.split('/').at(-1) ?? '';
  const answer = await client.call('vault.erase', { confirm, backups: true });
  expect(failureOf(answer)).toMatchObject({ code: 'internal' });
  await expect.poll(() => locked.mock.calls.length).toBe(1);
  expect(existsSync(layout.database(dir))).toBe(true);
});

test('an erased vault leaves no folder, though its host answered from there to the end', async () => {
  const { dir, locked } = await unlockedHost();
  const client = await commandOf(dir);
  const confirm = dir.split('/').at(-1) ?? '';
  expect(await client.call('vault.erase', { confirm, backups: true })).toEqual({
    ok: true,
    value: null,
  });
  await expect.poll(() => locked.mock.calls.length).toBe(1);
  expect(existsSync(dir)).toBe(false);
});
