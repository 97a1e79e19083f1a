/** A lock file written on a machine whose registry lacks other platforms' packages leaves them out, and `npm ci` then refuses. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Locked {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const { packages } = JSON.parse(
  readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'),
) as { packages: Readonly<Record<string, Locked>> };

/** Where Node looks for a package, from the folder of the one that wants it upwards. */
function places(from: string, name: string): string[] {
  const up = from.includes('node_modules/') ? from.slice(0, from.lastIndexOf('node_modules/')) : '';
  const here = `${from ? `${from}/` : ''}node_modules/${name}`;
  return from === '' ? [here] : [here, ...places(up.replace(/\/$/, ''), name)];
}

test('every package for another platform has its entry', () => {
  const missing = Object.entries(packages).flatMap(([at, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !places(at, name).some((place) => packages[place]),
    ),
  );
  expect(missing).toEqual([]);
});

test('no entry names the address it was downloaded from', () => {
  expect(JSON.stringify(packages)).not.toContain('"resolved"');
});
