/** What a window loads: the checks of the host stay out of it, since they weigh more than the window. */
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parseSync } from 'oxc-parser';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

/** What a module loads when it runs: imports of types alone are gone by then. */
function loaded(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const { module } = parseSync(file, text);
  const isValue = (entries: readonly { readonly isType: boolean }[]) =>
    entries.length === 0 || entries.some(({ isType }) => !isType);
  return [
    ...module.staticImports
      .filter(({ entries }) => isValue(entries))
      .map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ isType, moduleRequest }) =>
        moduleRequest && !isType ? [moduleRequest.value] : [],
      ),
    ),
    ...module.dynamicImports.flatMap(({ moduleRequest }) => {
      const literal = /^['"](\..+)['"]$/.exec(text.slice(moduleRequest.start, moduleRequest.end));
      return literal?.[1] ? [literal[1]] : [];
    }),
  ];
}

/** By file or package, the way there from the window's first module. */
function waysFrom(first: string): Map<string, readonly string[]> {
  const ways = new Map<string, readonly string[]>([[first, [first]]]);
  for (const [file, way] of ways) {
    if (!file.includes('/') || !/\.tsx?$/.test(file)) continue;
    for (const specifier of loaded(file)) {
      const target = specifier.startsWith('.')
        ? posix.join(posix.dirname(file), specifier)
        : specifier;
      if (!ways.has(target)) ways.set(target, [...way, target]);
    }
  }
  return ways;
}

test('a window loads no schemas', () => {
  const ways = waysFrom('app/renderer/main.tsx');
  // The walk has gone through the screens, and packages are seen.
  expect([...ways.keys()]).toEqual(
    expect.arrayContaining(['app/renderer/screens/profiles/form/ProfileForm.tsx', 'solid-js']),
  );
  expect(ways.get('zod')).toBeUndefined();
});
