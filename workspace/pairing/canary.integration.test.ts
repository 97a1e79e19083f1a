/**
 * What a relay gets to see of a workspace: a thousand known texts and all keys, looked for in what it
 * stored, what it logged and everything that was said to it and by it.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { wordsToRecoveryKey } from '../../crypto/recoveryWords.ts';
import { encodingsOf, secretsIn } from '../../sync-relay/testing/canaries.ts';
import { startTestRelay } from '../../sync-relay/testing/relays.ts';
import { startTap } from '../../sync-relay/testing/tap.ts';
import { profileInputSchema } from '../model/profile.ts';
import { joinedDevice, newDevice, settle, type TestDevice } from '../replication/testing.ts';
import { temporaryFolder, testPassphrase } from '../testing.ts';
import { writeRecoverySlot } from './recoverySlot.ts';

const canaries: string[] = [];
/** Letters and digits only, so that it stands the same in any format. */
function canary(): string {
  const text = `cnry${canaries.length}x${randomBytes(8).toString('hex')}`;
  canaries.push(text);
  return text;
}

async function use(device: TestDevice, id: string, name: string): Promise<void> {
  const session = await device.sessions.open(id, name);
  mkdirSync(join(session.userDataDir, 'Default'), { recursive: true });
  writeFileSync(join(session.userDataDir, 'Default', 'Cookies'), canary());
  const cookies = Array.from({ length: 20 }, () => ({
    name: canary(),
    value: canary(),
    domain: 'shop.example',
    path: '/',
  }));
  const localStorage = [{ name: canary(), value: canary() }];
  await device.sessions.close(id, {
    cookies,
    origins: [{ origin: 'https://a.example', localStorage }],
  });
  await device.replicator.travel.share(id);
}

const filesIn = (dir: string): Buffer[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name)));

test('every encoding of a secret is found, wherever it stands', () => {
  const secret = canary();
  for (const before of ['', 'a', 'ab', 'abc']) {
    for (const encoded of [
      Buffer.from(before + secret),
      Buffer.from(`${before}${secret}`, 'utf16le'),
      Buffer.from(Buffer.from(before + secret + before).toString('base64')),
      Buffer.from(Buffer.from(before + secret + before).toString('base64url')),
      Buffer.from(Buffer.from(before + secret).toString('hex')),
    ]) {
      const around = Buffer.concat([randomBytes(1000), encoded, randomBytes(1000)]);
      expect(secretsIn(around, [secret])).toEqual([secret]);
    }
  }
  expect(secretsIn(randomBytes(100_000), [secret])).toEqual([]);
  expect(encodingsOf(new Uint8Array(32).fill(7)).length).toBeGreaterThan(6);
});

test('none of a thousand texts, and no key, is in what a relay has, logs or hears', async () => {
  const dir = temporaryFolder();
  const tap = await startTap();
  onTestFinished(() => tap.stop());
  const logged: string[] = [];
  const relay = await startTestRelay({
    dir,
    name: tap.name,
    log: (event, fields) => logged.push(JSON.stringify({ event, ...fields })),
  });
  onTestFinished(() => relay.stop());
  tap.passTo(relay.url);

  const a = await newDevice();
  a.replicator.onOpen((client) => writeRecoverySlot(client, a, [tap.url], a.vault.random));
  const profiles = a.profiles.add(
    Array.from({ length: 200 }, () =>
      profileInputSchema.parse({ name: canary(), notes: canary(), tags: [canary()] }),
    ),
  );
  a.workflows.add(
    Array.from({ length: 40 }, () => ({
      format: 'warren-workflow' as const,
      formatVersion: 1 as const,
      name: canary(),
      description: canary(),
      variables: [{ name: 'word', description: canary(), default: canary() }],
      steps: [{ id: 's1', type: 'fill', selectors: [canary()], value: canary() }],
    })),
  );
  await use(a, profiles[0]?.id ?? '', profiles[0]?.name ?? '');
  await a.replicator.addRelay(tap.url);
  const b = await joinedDevice(a, canary());
  await b.replicator.addRelay(tap.url);
  await settle(a, b);
  // Live, on both; a login that travels; keys replaced; names of devices; things thrown away.
  for (const { id } of profiles.slice(0, 20)) {
    const { id: _i, createdAt: _c, updatedAt: _u, ...input } = b.profiles.get(id);
    b.profiles.replace(id, { ...input, notes: canary() });
  }
  for (const { id, name } of profiles.slice(1, 4)) await use(a, id, name);
  await settle(a, b);
  await b.replicator.travel.bring(profiles[1]?.id ?? '', 'x', () => undefined);
  const lease = await b.replicator.leases.take(profiles[2]?.id ?? '', 'x', false, () => undefined);
  await lease?.release();
  await a.vault.store.commit(() => a.membership.renameDevice(b.vault.keys.device.id, canary()));
  a.profiles.trash(profiles.slice(100, 110).map(({ id }) => id));
  await settle(a, b);
  await a.vault.store.commit(() =>
    a.membership.removeDevice(b.vault.keys.device.id, b.outbox.last().sequence, false),
  );
  a.profiles.add(Array.from({ length: 40 }, () => profileInputSchema.parse({ name: canary() })));
  await settle(a);
  await expect.poll(() => b.replicator.status().removed).not.toBeNull();
  await a.replicator.compact();

  expect(canaries.length).toBeGreaterThan(1_000);
  const words = a.words?.join(' ') ?? '';
  const keys = [
    testPassphrase,
    words,
    wordsToRecoveryKey(words) as Uint8Array,
    a.vault.keys.accountRoot,
    ...a.epochs.all().map(({ key }) => key),
  ];
  expect(a.epochs.all().length).toBeGreaterThan(1);
  const secrets = [...canaries, ...keys];
  const seen = tap.seen();
  // The tap hears what is said: a channel's name, which is no secret.
  expect(seen.indexOf(a.vault.keys.channel)).toBeGreaterThan(0);
  expect(seen.length).toBeGreaterThan(100_000);
  expect(secretsIn(seen, secrets)).toEqual([]);
  const stored = Buffer.concat(filesIn(dir));
  expect(stored.indexOf(a.vault.keys.channel)).toBeGreaterThan(0);
  expect(secretsIn(stored, secrets)).toEqual([]);
  expect(secretsIn(Buffer.from(logged.join('\n')), secrets)).toEqual([]);
  await relay.stop();
  expect(secretsIn(Buffer.concat(filesIn(dir)), secrets)).toEqual([]);
});
