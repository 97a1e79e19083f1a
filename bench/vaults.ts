/** Vaults to measure on, made once a run in a folder that goes away with it. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Contents, createContents } from '../workspace/contents.ts';
import { profileInputSchema } from '../workspace/model/profile.ts';
import { closeDatabase } from '../workspace/store/database.ts';
import { prepareVault } from '../workspace/vault/vault.ts';
import { eachSlice } from '../workspace/views/slices.ts';

export const passphrase = 'benchmark passphrase';

const folder = mkdtempSync(join(tmpdir(), 'warren-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

let count = 0;
export const freshFolder = (): string => join(folder, String(count++));

/** A folder that is there already. */
export function madeFolder(): string {
  const made = freshFolder();
  mkdirSync(made, { recursive: true });
  return made;
}

const cities = ['Hà Nội', 'Huế', 'London', 'Berlin', 'Lagos', 'Lima', 'Osaka'];

export const profileNumber = (n: number) =>
  profileInputSchema.parse({
    name: `Profile ${n} ${cities[n % cities.length]}`,
    notes: `Client ${n % 97}, opened by team ${n % 13}. `.repeat(3),
    tags: [`team-${n % 13}`, n % 2 ? 'retail' : 'travel'],
    locale: 'en-GB',
    timeZone: 'Europe/London',
  });

/** A vault with nothing in it, open. */
export async function emptyVault(): Promise<{ dir: string; contents: Contents }> {
  const dir = freshFolder();
  const vault = await (await prepareVault(passphrase, 'minimum')).write(dir);
  return { dir, contents: createContents(vault) };
}

/** As an import of a file does it: one transaction, in slices with pauses. */
export async function addProfiles(contents: Contents, profiles: number): Promise<void> {
  const inputs = Array.from({ length: profiles }, (_, n) => profileNumber(n));
  await contents.vault.store.exclusive((step) =>
    eachSlice(inputs, 20, (slice) => void step(() => contents.profiles.add(slice, 'import'))),
  );
}

/** @returns the folder of a closed vault with that many profiles. */
export async function vaultWithProfiles(profiles: number): Promise<string> {
  const { dir, contents } = await emptyVault();
  await addProfiles(contents, profiles);
  await contents.views.refresh(() => undefined);
  closeDatabase(contents.vault.database);
  return dir;
}
