import { expect, test } from 'vitest';
import { mutants } from './mutants.ts';
import { simulate } from './simulate.ts';

const slow = process.env.WARREN_SLOW === '1';
const first = Number(process.env.WARREN_SEED ?? 1);
const count = process.env.WARREN_SEED ? 1 : slow ? 10_000 : 200;
const parts = process.env.WARREN_SEED ? 1 : 4;
const patience = slow ? 4 * 3_600_000 : 300_000;

for (let part = 0; part < parts; part++) {
  const from = first + (part * count) / parts;
  const to = first + ((part + 1) * count) / parts;
  test(
    `whatever happens to seeds ${from} to ${to - 1}, in the end all is well`,
    async () => {
      const failed: string[] = [];
      for (let seed = from; seed < to; seed++) {
        const { problems } = await simulate({ seed });
        if (problems.length > 0) failed.push(`npm run sim -- --seed ${seed}: ${problems[0]}`);
      }
      expect(failed).toEqual([]);
    },
    patience,
  );
}

test('a seed is the same life every time, to the byte', async () => {
  const [one, two, other] = [
    await simulate({ seed: 11 }),
    await simulate({ seed: 11 }),
    await simulate({ seed: 12 }),
  ];
  expect(two).toEqual(one);
  expect(one.trace).toMatch(/^[0-9a-f]{64}$/);
  expect(other.trace).not.toBe(one.trace);
}, 60_000);

for (const [name, { mutation, from }] of Object.entries(mutants)) {
  test(
    `a bug is found: ${name}`,
    async () => {
      for (let seed = from; seed < from + 40; seed++) {
        // A bug may also end a device's life in the middle.
        const { problems } = await simulate({ seed, mutation }).catch((error: unknown) => ({
          problems: [String(error)],
        }));
        if (problems.length > 0) return;
      }
      expect.fail('no seed of forty shows it');
    },
    patience,
  );
}
