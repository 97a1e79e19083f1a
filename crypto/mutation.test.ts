/** Every check of this room is needed: with any one of them taken away, something wrong is accepted. */
import { afterAll, expect, test } from 'vitest';
import { alteredCopies, readSources } from './testing/mutations/alteredCopies.ts';
import { type Check, findChecks } from './testing/mutations/findChecks.ts';
import { keptChecks } from './testing/mutations/kept.ts';
import { refusals } from './testing/mutations/refusals.ts';

const sources = readSources();
const copies = alteredCopies(sources);
afterAll(copies.remove);

const checks = [...sources].flatMap(([file, source]) => findChecks(file, source));
const isKept = (check: Check): boolean =>
  keptChecks.some(({ file, condition }) => file === check.file && condition === check.condition);

async function survives(check: Check): Promise<boolean> {
  const altered = await copies.load(check);
  return refusals(altered, check.file).then(
    () => true,
    () => false,
  );
}

test('there are checks to take away', () => {
  expect(checks.length).toBeGreaterThan(150);
});

test('a faithful copy accepts and refuses rightly', async () => {
  await refusals(await copies.load(null), 'passphraseKey.ts');
});

test('no check can be taken away unnoticed', async () => {
  const survivors: string[] = [];
  for (const check of checks.filter((one) => !isKept(one))) {
    const { file, line, condition, replacement } = check;
    if (!(await survives(check))) continue;
    survivors.push(`crypto/${file}:${line}: ${condition} -> ${replacement}`);
  }
  expect(survivors).toEqual([]);
});

test('the checks that stay for another reason are still there', () => {
  for (const kept of keptChecks) {
    const found = checks.some((one) => one.file === kept.file && one.condition === kept.condition);
    expect(found, `${kept.file}: ${kept.condition}`).toBe(true);
  }
});
