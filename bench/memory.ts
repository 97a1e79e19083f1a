/** What the host's process holds, started as the shells start it. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { hostFlags } from '../app/host/processFlags.ts';
import type { Figure } from './figure.ts';
import { freshFolder, vaultWithProfiles } from './vaults.ts';

export async function memory(): Promise<Figure[]> {
  const dir = await vaultWithProfiles(10_000);
  const { unlocked, received, bare } = child(dir);
  return [
    {
      what: 'after unlock and the first list, 10,000 profiles (baseline: Node with nothing loaded)',
      value: unlocked,
      baseline: bare,
      unit: 'MB',
      goal: '< 150 MB',
    },
    {
      what: 'after taking in all 10,000 documents again from an export (baseline: as above)',
      value: received,
      baseline: bare,
      unit: 'MB',
      goal: '< 400 MB',
    },
  ];
}

function child(dir: string): { bare: number; unlocked: number; received: number } {
  const script = join(import.meta.dirname, 'memoryChild.ts');
  const cache = { ...process.env, NODE_COMPILE_CACHE: freshFolder() };
  const run = () =>
    execFileSync(process.execPath, [...hostFlags, script, dir], { encoding: 'utf8', env: cache });
  // The first start fills the cache that every later one has.
  run();
  return JSON.parse(run());
}
