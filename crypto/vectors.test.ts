/** The files of vectors: unchanged, and understood alike by our code and by a second implementation. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { modules } from './testing/modules.ts';
import { openersOf } from './testing/ours.ts';
import * as second from './testing/second.ts';
import { makeVectors, type VectorName, vectorText } from './vectors/generate.ts';
import type { VectorFile } from './vectors/vectorFile.ts';

const made = await makeVectors();
const names = Object.keys(made) as VectorName[];
const textOf = (name: VectorName): string =>
  readFileSync(new URL(`./vectors/${name}.json`, import.meta.url), 'utf8');

/** What an implementation does with the input of a case of each file. */
type Opener = (input: never) => unknown;
const implementations: Record<string, Record<VectorName, Opener>> = {
  ours: openersOf(modules),
  second,
};

describe.each(names)('%s', (name) => {
  const file: VectorFile = JSON.parse(textOf(name));

  test('is what is made now: a format that changed on purpose is written anew', () => {
    expect(textOf(name)).toBe(vectorText(made[name]));
  });

  test('has what must be accepted and what must be refused', () => {
    expect(file.cases.some((one) => one.valid)).toBe(true);
    expect(file.cases.some((one) => !one.valid)).toBe(true);
    for (const one of file.cases) expect(one.valid, one.name).toBe(one.reason === undefined);
    expect(new Set(file.cases.map((one) => one.name)).size).toBe(file.cases.length);
  });

  test.each(Object.keys(implementations))('is read rightly: %s', async (by) => {
    const open = implementations[by]?.[name];
    for (const one of file.cases) {
      expect(await open?.(one.input as never), one.name).toEqual(one.output);
    }
  });
});
