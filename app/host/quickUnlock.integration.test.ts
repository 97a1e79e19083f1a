import { expect, onTestFinished, test } from 'vitest';
import { closeDatabase } from '../../workspace/store/database.ts';
import { newVault, testPassphrase } from '../../workspace/testing.ts';
import { createCaller } from './caller.ts';
import { createHost } from './host.ts';
import type { HostKeychain } from './quickUnlock.ts';

/** A keychain as a shell has one. */
function keychain(): HostKeychain & { kept: Uint8Array | null } {
  return {
    kept: null,
    available: async () => true,
    async keep(key) {
      this.kept = key.slice();
    },
    async read() {
      return this.kept?.slice() ?? null;
    },
    async forget() {
      this.kept = null;
    },
  };
}

function start(dir: string, shellKeychain?: HostKeychain) {
  const host = createHost({
    vaultDir: dir,
    shell: 'cli',
    log: () => undefined,
    onLocked: () => undefined,
    ...(shellKeychain ? { keychain: shellKeychain } : {}),
  });
  onTestFinished(() => host.lock());
  const caller = createCaller(true, () => undefined);
  return { host, call: (method: string, params = {}) => host.call(method, params, caller) };
}

test('the keychain opens the vault, but is no proof for what asks for one', async () => {
  const { vault, dir } = await newVault();
  closeDatabase(vault.database);
  const system = keychain();
  const first = start(dir, system);
  await first.call('vault.unlock', { passphrase: testPassphrase });
  expect(await first.call('quickUnlock.status')).toMatchObject({
    value: { available: true, on: false },
  });
  expect(await first.call('quickUnlock.enable')).toMatchObject({ ok: true });
  await first.host.lock();

  const second = start(dir, system);
  expect(await second.call('vault.unlockQuickly')).toMatchObject({ ok: true });
  expect(await second.call('profiles.list')).toMatchObject({ ok: true });
  expect(await second.call('vault.export', { path: '/tmp/x', format: 'sealed' })).toMatchObject({
    failure: { code: 'stepUpNeeded' },
  });
  const stolen = system.kept?.slice() ?? null;
  expect(await second.call('quickUnlock.disable')).toMatchObject({ ok: true });
  expect(system.kept).toBeNull();
  await second.host.lock();

  system.kept = stolen;
  expect(await start(dir, system).call('vault.unlockQuickly')).toMatchObject({
    failure: { code: 'unlockRefused' },
  });
});

test('a shell without a keychain says so', async () => {
  const { vault, dir } = await newVault();
  closeDatabase(vault.database);
  const { call } = start(dir);
  expect(await call('vault.unlockQuickly')).toMatchObject({
    failure: { code: 'quickUnlockMissing' },
  });
  await call('vault.unlock', { passphrase: testPassphrase });
  expect(await call('quickUnlock.status')).toMatchObject({
    value: { available: false, on: false },
  });
  expect(await call('quickUnlock.enable')).toMatchObject({
    failure: { code: 'quickUnlockMissing' },
  });
});
