/** Copies of the room's code with one check taken away, as modules that can be imported side by side. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Modules } from '../modules.ts';
import type { Check } from './findChecks.ts';

const room = fileURLToPath(new URL('../../', import.meta.url));
/** Inside the repository, so that packages are found from there. */
const cache = join(room, '..', 'node_modules', '.cache', `warren-mutations-${process.pid}`);

/** The source files of the room itself, by name. */
export function readSources(): ReadonlyMap<string, string> {
  const names = readdirSync(room).filter((name) => /^\w+\.ts$/.test(name));
  return new Map(names.map((name) => [name, readFileSync(join(room, name), 'utf8')]));
}

/** Makes copies until {@link AlteredCopies.remove} is called. */
export interface AlteredCopies {
  /** @param check what to take away; null for a faithful copy. */
  load(check: Check | null): Promise<Modules>;
  remove(): void;
}

export function alteredCopies(sources: ReadonlyMap<string, string>): AlteredCopies {
  const plain = new Map([...sources].map(([name, source]) => [name, runnable(source)]));
  let count = 0;
  return {
    load(check) {
      const folder = join(cache, String(count++));
      mkdirSync(folder, { recursive: true });
      for (const [name, text] of plain) {
        const source = check?.file === name ? runnable(without(check, sources)) : text;
        writeFileSync(join(folder, runnableName(name)), source);
      }
      return importAll(folder, [...plain.keys()]);
    },
    remove: () => rmSync(cache, { recursive: true, force: true }),
  };
}

function without(check: Check, sources: ReadonlyMap<string, string>): string {
  const source = sources.get(check.file) ?? '';
  return source.slice(0, check.start) + check.replacement + source.slice(check.end);
}

/** Node strips types everywhere but below node_modules. */
const runnable = (source: string): string =>
  stripTypeScriptTypes(source).replace(/(from\s+'\.\/\w+)\.ts'/g, "$1.mjs'");

const runnableName = (name: string): string => name.replace(/\.ts$/, '.mjs');

async function importAll(folder: string, names: readonly string[]): Promise<Modules> {
  const entries = names.map(async (name) => {
    const url = pathToFileURL(join(folder, runnableName(name))).href;
    return [name.replace(/\.ts$/, ''), await import(/* @vite-ignore */ url)] as const;
  });
  return Object.fromEntries(await Promise.all(entries)) as Modules;
}
