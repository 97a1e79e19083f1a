import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3-multiple-ciphers';
import { type Figure, median } from './figure.ts';
import { freshFolder, profileNumber, vaultWithProfiles } from './vaults.ts';

const rounds = 7;
const compileCache = freshFolder();

export async function startToList(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const profiles of [10, 10_000]) {
    const dir = await vaultWithProfiles(profiles);
    const plain = plainFile(profiles);
    const warren: number[] = [];
    const baseline: number[] = [];
    for (let round = 0; round < rounds; round++) {
      warren.push(child('startChild.ts', dir));
      baseline.push(child('startBaseline.ts', plain));
    }
    figures.push({
      what: `${profiles.toLocaleString('en')} profiles`,
      value: median(warren),
      baseline: median(baseline),
      unit: 'ms',
      ...(profiles === 10_000 ? { goal: '< 1000 ms' } : {}),
    });
  }
  return figures;
}

/** @returns what the child says it took, from the moment it was asked to start. */
function child(script: string, target: string): number {
  const output = execFileSync(
    process.execPath,
    [join(import.meta.dirname, script), target, String(Date.now())],
    // As every start after the first: sources without their types are kept.
    { encoding: 'utf8', env: { ...process.env, NODE_COMPILE_CACHE: compileCache } },
  );
  return Number(output);
}

function plainFile(profiles: number): string {
  const folder = freshFolder();
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'plain.db');
  const database = new Sqlite(path);
  database.pragma('journal_mode = WAL');
  database.exec(
    'create table profile (name text, body text); create index by_name on profile (name)',
  );
  const insert = database.prepare('insert into profile values (?, ?)');
  database.transaction(() => {
    for (let n = 0; n < profiles; n++) {
      const profile = profileNumber(n);
      insert.run(profile.name, JSON.stringify(profile));
    }
  })();
  database.close();
  return path;
}
