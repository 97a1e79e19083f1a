import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { closeDatabase } from '../../workspace/store/database.ts';
import { newVault, testPassphrase } from '../../workspace/testing.ts';
import { createCaller } from './caller.ts';
import { createHost, type HostOptions } from './host.ts';

afterEach(() => {
  vi.useRealTimers();
});

async function unlockedHost(shell: HostOptions['shell']) {
  const { vault, dir } = await newVault();
  closeDatabase(vault.database);
  const locked = vi.fn();
  const host = createHost({ vaultDir: dir, shell, log: () => undefined, onLocked: locked });
  onTestFinished(() => host.lock());
  const caller = createCaller(true, () => undefined);
  const call = (method: string, params: object) => host.call(method, params, caller);
  // Only timers that the host sets from here on are the test's to move.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  expect(await call('vault.unlock', { passphrase: testPassphrase })).toEqual({
    ok: true,
    value: null,
  });
  return { call, locked };
}

const state = async (call: (method: string, params: object) => Promise<unknown>) => {
  const answer = (await call('vault.status', {})) as { value: { state: string } };
  return answer.value.state;
};

test('the vault locks by itself when nobody has been there for as long as was set', async () => {
  const { call, locked } = await unlockedHost('served');
  await call('settings.set', { autoLockMinutes: 2 });
  vi.advanceTimersByTime(119_000);
  await call('app.active', {});
  vi.advanceTimersByTime(119_000);
  expect(await state(call)).toBe('unlocked');
  vi.advanceTimersByTime(1_000);
  vi.useRealTimers();
  await expect.poll(() => locked.mock.calls.length).toBe(1);
  expect(await state(call)).toBe('locked');
});

test('it does not while that is switched off, nor in the middle of a command', async () => {
  for (const [shell, autoLockMinutes] of [
    ['served', 0],
    ['cli', 1],
  ] as const) {
    const { call, locked } = await unlockedHost(shell);
    await call('settings.set', { autoLockMinutes });
    vi.advanceTimersByTime(24 * 3_600_000);
    expect(await state(call)).toBe('unlocked');
    expect(locked).not.toHaveBeenCalled();
    vi.useRealTimers();
  }
});
