/** A vault of every version that was ever released opens, with all that was in it, after a backup. */
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readWhole } from '../../blobs/blobStore.ts';
import { createContents, recoverContents } from '../../contents.ts';
import { temporaryFolder, testPassphrase } from '../../testing.ts';
import { openVault, recoverVault } from '../../vault/vault.ts';
import { closeDatabase } from '../database.ts';
import { migrations } from './index.ts';

const fixtures = join(import.meta.dirname, 'fixtures');

async function opened(name: string) {
  const dir = join(temporaryFolder(), 'vault');
  cpSync(join(fixtures, name), dir, { recursive: true });
  const vault = await openVault(dir, testPassphrase);
  onTestFinished(() => closeDatabase(vault.database));
  const contents = createContents(vault);
  await recoverContents(contents);
  return { dir, ...contents };
}

test('there is a vault to open for every version before this one', () => {
  expect(readdirSync(fixtures).sort()).toEqual(
    migrations.slice(0, -1).map((_, index) => `vault-${index + 1}`),
  );
});

test('a vault of the first version keeps records, runs, pictures, sessions and settings', async () => {
  const { dir, vault, profiles, workflows, settings, journal, blobs, sessions } =
    await opened('vault-1');
  expect(vault.database.pragma('user_version', { simple: true })).toBe(migrations.length);
  expect(readdirSync(join(dir, 'backups')).join()).toMatch(/^before-migration-2-\d+\.db$/);

  const { rows } = profiles.list({ search: '', sort: 'name', limit: 10 });
  expect(rows.map((row) => [row.name, row.tags, row.lastOutcome])).toEqual([
    ['Alice', [], 'succeeded'],
    ['Bob', ['retail', 't1'], null],
    ['Đà Nẵng', ['retail', 't2'], null],
  ]);
  const alice = profiles.get('Alice');
  expect(alice).toMatchObject({
    notes: 'notes of Alice',
    locale: 'en-GB',
    viewport: { width: 1280, height: 800 },
    createdAt: 1_760_000_001_000,
  });
  expect(profiles.history('Alice').map((one) => one.action)).toEqual(['add']);
  expect(profiles.replace(alice.id, { ...profiles.get('Bob'), name: 'Alice 2' }).name).toBe(
    'Alice 2',
  );
  const quotes = workflows.get('Quotes');
  expect(quotes.steps.map((step) => [step.id, step.type])).toEqual([
    ['s1', 'navigate'],
    ['s2', 'forEachElement'],
  ]);
  expect(quotes.steps[1]?.steps).toMatchObject([{ id: 's3', type: 'extract' }]);
  expect(settings.read()).toMatchObject({ theme: 'dark', autoLockMinutes: 30 });

  const [run] = journal.list({ limit: 10 }).rows;
  expect(run).toMatchObject({ id: 'run-1', status: 'succeeded', workflowName: 'Quotes' });
  expect(journal.journal.firstAltered('run-1')).toBeNull();
  const events = journal.events('run-1', 0, 100);
  expect(events.map((event) => event.sequence)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  const picture = events.find((event) => event.type === 'screenshot.taken');
  expect(Buffer.from(await readWhole(blobs.read(picture?.image.id ?? ''))).toString()).toBe(
    'a picture',
  );

  const session = await sessions.open(alice.id, 'Alice');
  expect(session.storageState).toMatchObject({ cookies: [{ name: 'sid', value: 'abc' }] });
  expect(readFileSync(join(session.userDataDir, 'Default', 'Cookies'), 'utf8')).toBe('a cookie');
  await sessions.close(alice.id);
});

test('a vault of the second version keeps records with their history, the trash, runs and sessions', async () => {
  const { vault, profiles, journal, sessions, trash, outbox, epochs } = await opened('vault-2');
  expect(vault.database.pragma('user_version', { simple: true })).toBe(migrations.length);
  const { rows } = profiles.list({ search: '', sort: 'name', limit: 10 });
  expect(rows.map((row) => row.name)).toEqual(['Alice', 'Bob']);
  const alice = profiles.get('Alice');
  expect(alice).toMatchObject({ notes: 'second notes', tags: ['retail'] });
  expect(profiles.history('Alice').map(({ action }) => action)).toEqual(['edit', 'add']);
  // Thirty days of its time are over.
  expect(trash.rows()).toEqual([]);
  expect(journal.list({ limit: 10 }).rows[0]).toMatchObject({ id: 'run-2', status: 'succeeded' });
  const session = await sessions.open(alice.id, 'Alice');
  expect(session.storageState).toMatchObject({ cookies: [{ name: 'sid', value: 'abc' }] });
  await sessions.close(alice.id);
  // It was shared with nobody, so nothing is kept to be sent; what it is sealed under stayed.
  expect(outbox.size()).toEqual({ envelopes: 0, bytes: 0 });
  expect(epochs.all()).toHaveLength(1);
});

test('the recovery words of a vault of the first version still open it', async () => {
  const dir = join(temporaryFolder(), 'vault');
  cpSync(join(fixtures, 'vault-1'), dir, { recursive: true });
  const words = readFileSync(join(dir, 'words.txt'), 'utf8');
  const vault = await recoverVault(dir, words, 'another');
  closeDatabase(vault.database);
});

test('a vault of the third version keeps proxies, and what was to be told to others', async () => {
  const { profiles, proxies, outbox, log, trash } = await opened('vault-3');
  const proxy = proxies.get('Home');
  expect(proxy).toMatchObject({ type: 'socks5', host: 'proxy.example', password: 'secret' });
  expect(profiles.get('Alice')).toMatchObject({ notes: 'changed', proxyId: proxy.id });
  expect(trash.rows().map(({ name }) => name)).toEqual(['Gone']);
  expect([outbox.isShared(), log.ids().length]).toEqual([true, 1]);
});

test('a vault of the fourth version keeps pools and what was found of proxies', async () => {
  const { profiles, proxies, proxyChecks, contactedHosts } = await opened('vault-4');
  const proxy = proxies.get('Home');
  expect(proxyChecks.of(proxy.id)).toMatchObject([{ exit: '203.0.113.7', latency: 120 }]);
  const alice = profiles.get('Alice');
  expect(alice).toMatchObject({ number: 7, proxyPool: { tag: 'exits' } });
  expect(profiles.get('Bob').proxyId).toBe(proxy.id);
  expect(contactedHosts.of(alice.id)).toEqual([]);
});
