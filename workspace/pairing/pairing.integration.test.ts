import { expect, onTestFinished, test } from 'vitest';
import { pooledRandom } from '../../crypto/random.ts';
import { openRecoveryKeys } from '../../crypto/recoveryKeys.ts';
import { wordsToRecoveryKey } from '../../crypto/recoveryWords.ts';
import { startTestRelay } from '../../sync-relay/testing/relays.ts';
import { createContents } from '../contents.ts';
import { profileInputSchema } from '../model/profile.ts';
import { dial } from '../replication/surroundings.ts';
import { newDevice, replicated, settle, type TestDevice } from '../replication/testing.ts';
import { closeDatabase } from '../store/database.ts';
import { temporaryFolder } from '../testing.ts';
import { type OpenVault, openVault, recoverVault } from '../vault/vault.ts';
import { enterByRecovery, joinByWelcome, recoverFromRelay } from './joinWorkspace.ts';
import { acceptPairing, offerPairing } from './pairing.ts';
import { writeRecoverySlot } from './recoverySlot.ts';

const random = pooledRandom();
const profile = (name: string) => profileInputSchema.parse({ name });
const names = ({ profiles }: TestDevice) =>
  profiles.list({ search: '', sort: 'name', limit: 500 }).rows.map((row) => row.name);

async function relay() {
  const started = await startTestRelay({ dir: temporaryFolder() });
  onTestFinished(() => started.stop());
  return started;
}

function deviceOf(vault: OpenVault, dir: string): TestDevice {
  onTestFinished(() => closeDatabase(vault.database));
  const device = replicated({ ...createContents(vault), dir });
  device.replicator.start();
  return device;
}

async function first() {
  const { url } = await relay();
  const a = await newDevice();
  a.replicator.onOpen((client) => writeRecoverySlot(client, a, [url], random));
  a.profiles.add([profile('From before')]);
  await a.replicator.addRelay(url);
  await settle(a);
  return { a, url };
}

const offerOf = (a: TestDevice) =>
  offerPairing({
    contents: a,
    relays: a.replicator.relays().map(({ url }) => url),
    meetAt: a.replicator.relays()[0]?.url ?? '',
    dial,
    random,
  });

async function paired(a: TestDevice) {
  const offer = await offerOf(a);
  const acceptance = await acceptPairing(offer.code, 'Laptop', dial, random);
  const [here, there] = await Promise.all([offer.met, acceptance.digits]);
  expect(here).toEqual({ digits: there, name: 'Laptop' });
  expect(there).toMatch(/^\d{6}$/);
  offer.answer(true);
  acceptance.answer(true);
  const welcome = await acceptance.welcome;
  const dir = temporaryFolder();
  const vault = await joinByWelcome(dir, 'another passphrase', 'minimum', welcome);
  await acceptance.joined();
  expect(await offer.done).toBe(vault.keys.device.id);
  return deviceOf(vault, dir);
}

test('a code, equal digits and two yeses make a second device with everything on it', async () => {
  const { a } = await first();
  const b = await paired(a);
  await settle(a, b);
  expect(names(b)).toEqual(['From before']);
  b.profiles.add([profile('From the laptop')]);
  await settle(a, b);
  expect(names(a)).toEqual(['From before', 'From the laptop']);
  expect([...a.membership.current().devices.values()].map(({ name }) => name)).toContain('Laptop');
});

test('the words of the first device open the second one’s vault', async () => {
  const { a } = await first();
  const b = await paired(a);
  await b.replicator.stop();
  closeDatabase(b.vault.database);
  const words = a.words?.join(' ') ?? '';
  const vault = await recoverVault(b.dir, words, 'a third passphrase');
  closeDatabase(vault.database);
  const again = await openVault(b.dir, 'a third passphrase');
  closeDatabase(again.database);
});

test('a no on either side gives nothing away', async () => {
  const { a } = await first();
  const before = a.membership.current().devices.size;
  for (const [here, there] of [
    [false, true],
    [true, false],
  ] as const) {
    const offer = await offerOf(a);
    const acceptance = await acceptPairing(offer.code, 'Laptop', dial, random);
    await offer.met;
    offer.answer(here);
    acceptance.answer(there);
    await expect(acceptance.welcome).rejects.toMatchObject({
      failure: { code: 'pairingFailed', reason: 'refused' },
    });
    await expect(offer.done).rejects.toMatchObject({ failure: { code: 'pairingFailed' } });
  }
  expect(a.membership.current().devices.size).toBe(before);
});

test('a used, mistyped or cancelled code leads nowhere', async () => {
  const { a } = await first();
  const offer = await offerOf(a);
  const typo = offer.code.slice(0, -1) + (offer.code.endsWith('a') ? 'b' : 'a');
  await expect(acceptPairing(typo, 'X', dial, random)).rejects.toMatchObject({
    failure: { reason: 'refused' },
  });
  offer.cancel();
  await expect(offer.done).rejects.toMatchObject({ failure: { reason: 'cancelled' } });
  await expect
    .poll(() =>
      acceptPairing(offer.code, 'X', dial, random).then(
        (one) => one.cancel(),
        (error) => error.failure?.reason,
      ),
    )
    .toBe('expired');
});

test('whoever has the code but answers for another device is given away by the digits', async () => {
  const { a } = await first();
  const offer = await offerOf(a);
  const thief = await acceptPairing(offer.code, 'Laptop', dial, random);
  const { digits } = await offer.met;
  expect(await thief.digits).toBe(digits);
  // The honest device talks into the same place: it never gets digits that are the offer's.
  const honest = await acceptPairing(offer.code, 'Laptop', dial, random);
  const outcome = await Promise.race([
    honest.digits.catch(() => 'failed'),
    new Promise((resolve) => setTimeout(() => resolve('none'), 500)),
  ]);
  expect(outcome).not.toBe(digits);
  offer.answer(false);
  for (const one of [thief, honest]) one.cancel();
  await expect(offer.done).rejects.toMatchObject({ failure: { reason: 'refused' } });
});

test('the words and a relay alone bring everything back, whatever epochs came since', async () => {
  const { a, url } = await first();
  const words = a.words?.join(' ') ?? '';
  const b = await paired(a);
  await settle(a, b);
  await a.vault.store.commit(() =>
    a.membership.removeDevice(b.vault.keys.device.id, b.outbox.last().sequence, false),
  );
  a.profiles.add([profile('After the removal')]);
  await settle(a);
  await expect.poll(() => b.replicator.status().relays[0]?.state).toBe('removed');

  const dir = temporaryFolder();
  const vault = await recoverFromRelay(
    dir,
    words,
    url,
    'new passphrase',
    'minimum',
    'Rescue',
    dial,
  );
  const c = deviceOf(vault, dir);
  const key = wordsToRecoveryKey(words);
  c.membership.openWith(openRecoveryKeys(key as Uint8Array).box);
  c.replicator.wake();
  expect(await c.replicator.settled(10_000)).toBe(true);
  await enterByRecovery(c, words);
  await settle(c, a);
  expect(names(c)).toEqual(['After the removal', 'From before']);
  c.profiles.add([profile('By the rescue')]);
  await settle(c, a);
  expect(names(a)).toEqual(['After the removal', 'By the rescue', 'From before']);
  expect(a.replicator.status().trouble).toMatchObject({ missing: [], parked: 0 });
  expect(a.epochs.current().id).toBe(c.epochs.current().id);
});

test('wrong words find nothing, and say no more than that', async () => {
  const { url } = await first();
  const other = await newDevice();
  const words = other.words?.join(' ') ?? '';
  await expect(
    recoverFromRelay(temporaryFolder(), words, url, 'p', 'minimum', 'X', dial),
  ).rejects.toMatchObject({ failure: { code: 'unlockRefused' } });
});
