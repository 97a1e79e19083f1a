/** The disk refuses to take more at every step: the vault is the old one or the new one, and says why. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createBackups } from '../backup/backups.ts';
import { checkVault } from '../backup/checkVault.ts';
import { contentOf } from '../blobs/blobStore.ts';
import { type Contents, createContents, recoverContents } from '../contents.ts';
import { profileInputSchema } from '../model/profile.ts';
import { closeDatabase } from '../store/database.ts';
import { newVault, temporaryFolder, testPassphrase } from '../testing.ts';
import { exportTo } from '../transfer/transfer.ts';
import { enableQuickUnlock, openVault, openVaultQuickly } from '../vault/vault.ts';
import type { Operation } from './operation.ts';

const quiet = { signal: new AbortController().signal, onProgress: () => undefined };
const node = join(import.meta.dirname, '../../node_modules/node/bin/node');

/** A closed vault with some content, its quick key, a backup and an export of it. */
async function closedVault() {
  const { vault, dir } = await newVault();
  const contents = createContents(vault);
  contents.profiles.add(
    Array.from({ length: 40 }, (_, n) =>
      profileInputSchema.parse({ name: `P ${n}`, notes: 'note '.repeat(300) }),
    ),
  );
  const blob = await contents.blobs.put(contentOf(Buffer.alloc(150_000, 7)), 'x/y');
  contents.blobUses.add(blob.id, 'test');
  const backups = createBackups(vault, contents.blobs, () => ({ keep: 9, everyHours: 0 }));
  const backup = await backups.now(quiet.signal, quiet.onProgress);
  const exported = join(temporaryFolder(), 'all.warren');
  await exportTo(contents, exported, { format: 'sealed', ownWords: false, ...quiet });
  contents.profiles.add([profileInputSchema.parse({ name: 'After the backup' })]);
  const key = Buffer.from(await enableQuickUnlock(vault)).toString('hex');
  closeDatabase(vault.database);
  return { dir, key, backup: backup.name, exported };
}

/** @param limit kibibytes that any file may grow to; null for none. @returns what the process said. */
function attempt(
  dir: string,
  key: string,
  operation: Operation,
  argument: string,
  limit: number | null,
): string {
  const command = [node, join(import.meta.dirname, 'operation.ts'), dir, key, operation, argument];
  const quoted = command.map((word) => `'${word}'`).join(' ');
  const limited = limit === null ? '' : `ulimit -f ${limit};`;
  return execFileSync('bash', ['-c', `${limited} exec ${quoted}`], { encoding: 'utf8' }).trim();
}

async function stateOf(dir: string, key: string): Promise<string> {
  const vault = await openVaultQuickly(dir, new Uint8Array(Buffer.from(key, 'hex')));
  try {
    const contents = createContents(vault);
    await recoverContents(contents);
    expect((await checkVault(contents, () => undefined)).damaged).toEqual([]);
    return digestOf(contents);
  } finally {
    closeDatabase(vault.database);
  }
}

const digestOf = ({ profiles, blobs }: Contents): string =>
  JSON.stringify([
    profiles.listedIds().map((id) => {
      const { name, notes } = profiles.get(id);
      return [name, notes.length];
    }),
    blobs.allIds().length,
  ]);

/** Sizes around everything that is written: the smallest file, the log, the database, beyond. */
const limits =
  process.env.WARREN_SLOW === '1'
    ? [1, 8, 40, 60, 100, 160, 200, 220, 240, 260, 280, 300, 350, 420, 500, 600, 800, 1_000, 2_000]
    : [1, 40, 160, 260, 420, 1_000];

test.each<Operation>(['commit', 'blob', 'import', 'restore', 'backup', 'export'])(
  'a %s whose disk fills up leaves the old state or the new one, and says so',
  async (operation) => {
    const original = await closedVault();
    const outcomes = new Set<string>();
    const states = new Set<string>();
    const before = await stateOf(original.dir, original.key);
    for (const limit of [...limits, null]) {
      const dir = join(temporaryFolder(), 'vault');
      cpSync(original.dir, dir, { recursive: true });
      const written = join(temporaryFolder(), 'written');
      const argument = { import: original.exported, restore: original.backup, export: written };
      const said = attempt(
        dir,
        original.key,
        operation,
        (argument as Record<string, string>)[operation] ?? '',
        limit,
      );
      expect(['done', 'storageFull', 'storageFailed'], `${operation} at ${limit} KiB`).toContain(
        said,
      );
      outcomes.add(said);
      const state = await stateOf(dir, original.key);
      states.add(state);
      if (said === 'done' && operation !== 'backup' && operation !== 'export') {
        expect(state, `${operation} at ${limit} KiB`).not.toBe(before);
      }
      if (said !== 'done') expect(state, `${operation} at ${limit} KiB`).toBe(before);
      if (operation === 'export') expect(existsSync(written), `${limit}`).toBe(said === 'done');
      if (operation === 'backup' && said !== 'done') {
        expect(readdirSync(join(dir, 'backups')).filter((name) => !name.startsWith('.'))).toEqual([
          original.backup,
        ]);
      }
    }
    expect(outcomes.has('done')).toBe(true);
    expect(outcomes.size).toBeGreaterThan(1);
    expect(states.size).toBeLessThanOrEqual(2);
  },
  300_000,
);

test('a migration whose disk fills up leaves the vault of the version that it was', async () => {
  const fixture = join(import.meta.dirname, '../store/migrations/fixtures/vault-1');
  const outcomes = new Set<string>();
  for (const limit of [1, 40, 92, 100, 130, 200, 400, null]) {
    const dir = join(temporaryFolder(), 'vault');
    cpSync(fixture, dir, { recursive: true });
    const said = attempt(dir, '', 'open', testPassphrase, limit);
    expect(['done', 'storageFull', 'storageFailed'], `at ${limit} KiB`).toContain(said);
    outcomes.add(said);
    const vault = await openVault(dir, testPassphrase);
    onTestFinished(() => closeDatabase(vault.database));
    const contents = createContents(vault);
    await recoverContents(contents);
    expect(contents.profiles.get('Alice').notes, `at ${limit} KiB`).toBe('notes of Alice');
    expect(contents.journal.list({ limit: 9 }).total).toBe(1);
    closeDatabase(vault.database);
  }
  expect(outcomes.size).toBeGreaterThan(1);
}, 300_000);

test('at every page that a change needs, a full database undoes the change and goes on', async () => {
  const { vault } = await newVault();
  const { profiles, outbox, views } = createContents(vault);
  await views.refresh(() => undefined);
  const { database, store } = vault;
  store.write(() => outbox.share());
  const pages = () => Number(database.pragma('page_count', { simple: true }));
  const inputs = (round: string) =>
    Array.from({ length: 30 }, (_, n) =>
      profileInputSchema.parse({ name: `${round} ${n}`, notes: 'note '.repeat(200) }),
    );
  let failed = 0;
  for (let more = 0; more < 60; more++) {
    const before = [profiles.listedIds().length, outbox.size().envelopes];
    database.pragma(`max_page_count = ${pages() + more}`);
    const attempted = await store
      .commit(() => profiles.add(inputs(`R${more}`)))
      .catch((error) => error);
    database.pragma('max_page_count = 4294967294');
    if (attempted instanceof Error) {
      failed++;
      expect(attempted).toMatchObject({ code: 'SQLITE_FULL' });
      expect([profiles.listedIds().length, outbox.size().envelopes]).toEqual(before);
    }
    // Whoever comes next is not hindered by what failed.
    expect(profiles.add([profileInputSchema.parse({ name: `after ${more}` })])).toHaveLength(1);
  }
  expect(failed).toBeGreaterThan(5);
  expect(failed).toBeLessThan(60);
  expect(statSync(database.name).size).toBeGreaterThan(0);
});
