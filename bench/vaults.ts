/** Vaults to measure on, made once a run in a folder that goes away with it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { profileInputSchema } from '../workspace/model/profile.ts';
import { profileKind } from '../workspace/records/kinds.ts';
import { createRecords } from '../workspace/records/records.ts';
import { closeDatabase } from '../workspace/store/database.ts';
import { prepareVault } from '../workspace/vault/vault.ts';

export const passphrase = 'benchmark passphrase';

const folder = mkdtempSync(join(tmpdir(), 'warren-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

let count = 0;
export const freshFolder = (): string => join(folder, String(count++));

const cities = ['Hà Nội', 'Huế', 'London', 'Berlin', 'Lagos', 'Lima', 'Osaka'];

export const profileNumber = (n: number) =>
  profileInputSchema.parse({
    name: `Profile ${n} ${cities[n % cities.length]}`,
    notes: `Client ${n % 97}, opened by team ${n % 13}. `.repeat(3),
    tags: [`team-${n % 13}`, n % 2 ? 'retail' : 'travel'],
    locale: 'en-GB',
    timeZone: 'Europe/London',
  });

/** @returns the folder of a closed vault with that many profiles. */
export async function vaultWithProfiles(profiles: number): Promise<string> {
  const dir = freshFolder();
  const vault = await (await prepareVault(passphrase, 'minimum')).write(dir);
  createRecords(vault.database, profileKind, Date.now).add(
    Array.from({ length: profiles }, (_, n) => profileNumber(n)),
  );
  closeDatabase(vault.database);
  return dir;
}
