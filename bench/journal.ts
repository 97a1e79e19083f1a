/** Appending to a journal with full durability, and paging through a million entries. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3-multiple-ciphers';
import type { Contents } from '../workspace/contents.ts';
import { closeDatabase } from '../workspace/store/database.ts';
import { type Figure, median, timed } from './figure.ts';
import { emptyVault, freshFolder } from './vaults.ts';

const appends = 6_000;
/** Runs that write at the same time, each waiting for its own entry to be on disk. */
const writers = 8;

export async function journal(): Promise<Figure[]> {
  const { contents } = await emptyVault();
  const alone = await timed(() => appendBy(contents, 1, appends / 4));
  const together = await timed(() => appendBy(contents, writers, appends));
  closeDatabase(contents.vault.database);
  const plain = plainAppends(appends / 4);
  const perMinute = (count: number, milliseconds: number) => (count / milliseconds) * 60_000;
  const paging = await pages();
  return [
    {
      what: 'appends a minute, one writer that waits for the disk each time (baseline: plain SQLite)',
      value: perMinute(appends / 4, alone),
      baseline: perMinute(appends / 4, plain),
      unit: 'a minute',
      goal: '> 100,000',
    },
    {
      what: `appends a minute, ${writers} writers`,
      value: perMinute(appends, together),
      baseline: null,
      unit: 'a minute',
      goal: '> 100,000',
    },
    ...paging,
  ];
}

async function appendBy(
  { activity, vault }: Contents,
  count: number,
  total: number,
): Promise<void> {
  const writer = async () => {
    for (let n = 0; n < total / count; n++) {
      await vault.store.commit(() =>
        activity.add({ type: 'edit', kind: 'profile', recordId: String(n), name: 'Alice' }),
      );
    }
  };
  await Promise.all(Array.from({ length: count }, writer));
}

function plainAppends(count: number): number {
  const folder = freshFolder();
  mkdirSync(folder, { recursive: true });
  const database = new Sqlite(join(folder, 'plain.db'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('create table entry (position integer primary key, body text)');
  const insert = database.prepare('insert into entry (body) values (?)');
  const started = performance.now();
  for (let n = 0; n < count; n++) insert.run(JSON.stringify({ type: 'edit', n }));
  const took = performance.now() - started;
  database.close();
  return took;
}

async function pages(): Promise<Figure[]> {
  const { contents } = await emptyVault();
  const { activity, vault } = contents;
  // Only the view is filled: signing a million entries takes minutes and changes nothing in a page.
  vault.database.exec(`
    with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000000)
    insert into activity_view
    select i, 1700000000000 + i * 60,
      case i % 5 when 0 then 'add' when 1 then 'edit' when 2 then 'trash' when 3 then 'export' else 'backup' end,
      'profile', 'record-' || (i % 5000), 'Profile ' || (i % 5000), 'device'
    from n`);
  const measure = async (query: object) => {
    const times: number[] = [];
    let after: string | undefined;
    for (let page = 0; page < 25; page++) {
      times.push(
        await timed(() => {
          const found = activity.list({ limit: 100, ...(after ? { after } : {}), ...query });
          after = found.next ?? undefined;
        }),
      );
    }
    return median(times);
  };
  const [{ at = 0 } = {}] = activity.list({ limit: 1 }).rows;
  const figures: Figure[] = [
    {
      what: 'a page of 100 of 1,000,000 entries',
      value: await measure({}),
      baseline: null,
      unit: 'ms',
    },
    {
      what: 'a page of one type of five',
      value: await measure({ type: 'export' }),
      baseline: null,
      unit: 'ms',
    },
    {
      what: 'a page of one record',
      value: await measure({ recordId: 'record-77' }),
      baseline: null,
      unit: 'ms',
    },
    {
      what: 'a page of the last minute',
      value: await measure({ from: at - 60_000 }),
      baseline: null,
      unit: 'ms',
    },
  ];
  closeDatabase(vault.database);
  return figures;
}
