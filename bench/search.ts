import { createContents } from '../workspace/contents.ts';
import { closeDatabase } from '../workspace/store/database.ts';
import { openVault } from '../workspace/vault/vault.ts';
import { type Figure, median, timed } from './figure.ts';
import { passphrase, vaultWithProfiles } from './vaults.ts';

const rounds = 30;

export async function search(): Promise<Figure[]> {
  const dir = await vaultWithProfiles(10_000);
  const vault = await openVault(dir, passphrase);
  const { profiles: records } = createContents(vault);
  const all = records.listedIds().map((id) => records.get(id));
  const times: number[] = [];
  const plain: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const word = `team-${round % 13}`;
    times.push(
      await timed(() => records.list({ search: `ha noi ${word}`, sort: 'name', limit: 100 })),
    );
    plain.push(
      await timed(() =>
        all
          .filter(({ name, tags }) => name.includes('Hà Nội') && tags.includes(word))
          .slice(0, 100),
      ),
    );
  }
  closeDatabase(vault.database);
  return [
    {
      what: 'two words over 10,000 profiles (baseline: filtering an array that is in memory)',
      value: median(times),
      baseline: median(plain),
      unit: 'ms',
      goal: '< 50 ms',
    },
  ];
}
