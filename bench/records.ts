/** Editing one record and many, beside plain SQLite and plain Automerge in the same run. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { next as A } from '@automerge/automerge';
import Sqlite from 'better-sqlite3-multiple-ciphers';
import type { Contents } from '../workspace/contents.ts';
import { closeDatabase } from '../workspace/store/database.ts';
import { eachSlice } from '../workspace/views/slices.ts';
import { type Figure, percentile, timed } from './figure.ts';
import { longestPause } from './pauses.ts';
import { addProfiles, emptyVault, freshFolder, profileNumber } from './vaults.ts';

const edits = 600;

export async function recordEdits(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const profiles of [10_000, 100_000]) {
    const { contents } = await emptyVault();
    await addProfiles(contents, profiles);
    const times = await editOneByOne(contents);
    closeDatabase(contents.vault.database);
    const plain = await plainEdits(profiles);
    figures.push({
      what: `one edit stored, p95, ${profiles.toLocaleString('en')} records (baseline: one row in plain SQLite, p95)`,
      value: percentile(times, 95),
      baseline: percentile(plain, 95),
      unit: 'ms',
      goal: '< 3 ms',
    });
  }
  figures.push({
    what: 'one edit, p95 (baseline: change and save in plain Automerge, nothing stored)',
    value: figures[0]?.value ?? Number.NaN,
    baseline: percentile(await automergeEdits(), 95),
    unit: 'ms',
  });
  return figures;
}

export async function bulk(): Promise<Figure[]> {
  const { contents } = await emptyVault();
  const inputs = Array.from({ length: 10_000 }, (_, n) => profileNumber(n));
  const watch = longestPause();
  const importing = await timed(() =>
    contents.vault.store.exclusive((step) =>
      eachSlice(inputs, 5, (slice) => void step(() => contents.profiles.add(slice, 'import'))),
    ),
  );
  const importPauses = watch.take();
  const ids = contents.profiles.listedIds().slice(0, 5_000);
  const editing = await timed(() =>
    contents.vault.store.exclusive((step) =>
      eachSlice(
        ids,
        5,
        (slice) =>
          void step(() =>
            contents.profiles.editEach(
              slice,
              ({ id: _i, createdAt: _c, updatedAt: _u, ...input }) => ({
                ...input,
                tags: [...input.tags, 'new'],
              }),
            ),
          ),
      ),
    ),
  );
  const editPauses = watch.end();
  closeDatabase(contents.vault.database);
  const plain = plainTable(0);
  const insert = plain.prepare('insert into profile values (?, ?)');
  const plainImport = await timed(() =>
    plain.transaction(() => {
      for (const input of inputs) insert.run(input.name, JSON.stringify(input));
    })(),
  );
  const automerge = await timed(() => {
    for (const input of inputs) {
      const doc = A.from({ ...input });
      A.save(doc);
      A.free(doc);
    }
  });
  plain.close();
  return [
    {
      what: 'import of 10,000 profiles (baseline: plain SQLite rows)',
      value: importing,
      baseline: plainImport,
      unit: 'ms',
      goal: '< 6000 ms',
    },
    {
      what: 'the same (baseline: plain Automerge documents, nothing stored)',
      value: importing,
      baseline: automerge,
      unit: 'ms',
    },
    {
      what: 'pause in it, p99',
      value: percentile(importPauses, 99),
      baseline: null,
      unit: 'ms',
      goal: '< 10 ms',
    },
    {
      what: 'the longest pause: its commit or the first slice',
      value: Math.max(...importPauses),
      baseline: null,
      unit: 'ms',
      goal: '< 10 ms',
    },
    {
      what: 'edit of 5,000 profiles',
      value: editing,
      baseline: null,
      unit: 'ms',
      goal: '< 2500 ms',
    },
    {
      what: 'pause in it, p99',
      value: percentile(editPauses, 99),
      baseline: null,
      unit: 'ms',
      goal: '< 10 ms',
    },
  ];
}

async function editOneByOne({ profiles, vault }: Contents): Promise<number[]> {
  const ids = profiles.listedIds();
  const times: number[] = [];
  for (let n = 0; n < edits; n++) {
    const id = ids[(n * 7_919) % ids.length] ?? '';
    times.push(
      await timed(() =>
        vault.store.commit(() => {
          const { id: _i, createdAt: _c, updatedAt: _u, ...input } = profiles.get(id);
          profiles.replace(id, { ...input, notes: `${input.notes} edit ${n}` });
        }),
      ),
    );
  }
  return times;
}

function plainTable(profiles: number): Sqlite.Database {
  const folder = freshFolder();
  mkdirSync(folder, { recursive: true });
  const database = new Sqlite(join(folder, 'plain.db'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('create table profile (name text primary key, body text)');
  const insert = database.prepare('insert into profile values (?, ?)');
  database.transaction(() => {
    for (let n = 0; n < profiles; n++) insert.run(String(n), JSON.stringify(profileNumber(n)));
  })();
  return database;
}

async function plainEdits(profiles: number): Promise<number[]> {
  const database = plainTable(profiles);
  const update = database.prepare('update profile set body = ? where name = ?');
  const times: number[] = [];
  for (let n = 0; n < edits; n++) {
    const body = JSON.stringify({ ...profileNumber(n), notes: `edit ${n}` });
    times.push(await timed(() => update.run(body, String((n * 7_919) % profiles))));
  }
  database.close();
  return times;
}

async function automergeEdits(): Promise<number[]> {
  const docs = Array.from({ length: edits }, (_, n) => A.from({ ...profileNumber(n) }));
  const times: number[] = [];
  for (const [n, doc] of docs.entries()) {
    times.push(
      await timed(() => {
        const changed = A.change(doc, (root) =>
          A.updateText(root, ['notes'], `${root.notes} edit ${n}`),
        );
        A.save(changed);
      }),
    );
  }
  return times;
}
