/** What asks for a proof that the person is there, and what counts as one. */
import { join } from 'node:path';
import { type TOTP, URI } from 'otpauth';
import { expect, onTestFinished, test } from 'vitest';
import { closeDatabase } from '../../workspace/store/database.ts';
import { newVault, temporaryFolder, testPassphrase } from '../../workspace/testing.ts';
import { createCaller } from './caller.ts';
import { createHost } from './host.ts';

async function unlockedHost() {
  const { vault, dir } = await newVault();
  closeDatabase(vault.database);
  const clock = { now: Date.UTC(2027, 0, 1) };
  const host = createHost({
    vaultDir: dir,
    shell: 'cli',
    log: () => undefined,
    onLocked: () => undefined,
    now: () => clock.now,
  });
  onTestFinished(() => host.lock());
  const caller = createCaller(true, () => undefined);
  const call = (method: string, params: object = {}, by = caller) => host.call(method, params, by);
  expect(await call('vault.unlock', { passphrase: testPassphrase })).toMatchObject({ ok: true });
  return { clock, call };
}

const exportTo = () => ({ path: join(temporaryFolder(), 'x'), format: 'sealed' });
const needed = (method: string) => ({ ok: false, failure: { code: 'stepUpNeeded', method } });

test('a proof counts for five minutes and for the one who gave it', async () => {
  const { clock, call } = await unlockedHost();
  expect(await call('vault.export', exportTo())).toMatchObject({ ok: true });
  const other = createCaller(true, () => undefined);
  expect(await call('vault.export', exportTo(), other)).toMatchObject(needed('passphrase'));
  clock.now += 5 * 60_000 + 1;
  expect(await call('vault.export', exportTo())).toMatchObject(needed('passphrase'));
  expect(await call('stepUp.prove', { passphrase: 'wrong' })).toMatchObject({
    failure: { code: 'unlockRefused' },
  });
  expect(await call('vault.export', exportTo())).toMatchObject(needed('passphrase'));
  expect(await call('stepUp.prove', { passphrase: testPassphrase })).toMatchObject({ ok: true });
  expect(await call('vault.export', exportTo())).toMatchObject({ ok: true });
});

test('with a second factor the passphrase is no proof any more', async () => {
  const { clock, call } = await unlockedHost();
  const begun = (await call('stepUp.begin')) as { value: { uri: string } };
  const phone = URI.parse(begun.value.uri) as TOTP;
  const code = () => phone.generate({ timestamp: clock.now });
  expect(await call('stepUp.confirm', { code: '000000' })).toMatchObject({
    failure: { code: 'stepUpRefused' },
  });
  const confirmed = (await call('stepUp.confirm', { code: code() })) as {
    value: { recoveryCodes: string[] };
  };
  expect(confirmed.value.recoveryCodes).toHaveLength(10);
  clock.now += 6 * 60_000;
  for (const [method, params] of [
    ['vault.export', exportTo()],
    ['vault.erase', { confirm: 'x' }],
    ['backups.restore', { backup: 'x' }],
    ['stepUp.disable', {}],
    ['vault.changePassphrase', { current: testPassphrase, next: 'x' }],
  ] as const) {
    expect(await call(method, params), method).toMatchObject(needed('oneTimeCode'));
  }
  await call('stepUp.prove', { passphrase: testPassphrase });
  expect(await call('vault.export', exportTo())).toMatchObject(needed('oneTimeCode'));
  expect(await call('stepUp.prove', { code: code() })).toMatchObject({ ok: true });
  expect(await call('stepUp.status')).toMatchObject({
    value: { method: 'oneTimeCode', recoveryCodesLeft: 10, provenUntil: clock.now + 300_000 },
  });
  expect(await call('vault.export', exportTo())).toMatchObject({ ok: true });
  expect(await call('stepUp.disable')).toMatchObject({ ok: true });
  expect(await call('stepUp.status')).toMatchObject({ value: { method: 'passphrase' } });
});

test('erasing asks for the folder’s name', async () => {
  const { call } = await unlockedHost();
  expect(await call('vault.erase', { confirm: 'something else' })).toMatchObject({
    failure: { code: 'invalid' },
  });
  expect(await call('vault.status')).toMatchObject({ value: { state: 'unlocked' } });
});
