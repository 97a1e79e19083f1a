/** Part of the test command: fails when any file imports against the table of rooms. */
import { globSync, readFileSync } from 'node:fs';
import { sep } from 'node:path';
import { rooms } from './importRules.ts';
import { forbiddenImports } from './imports.ts';

const files = globSync(
  rooms.map((room) => `${room.folder}/**/*.{ts,tsx}`),
  { exclude: (name) => name === 'node_modules' },
).map((file) => file.split(sep).join('/'));

const found = [...new Set(files)].flatMap((file) =>
  forbiddenImports(file, readFileSync(file, 'utf8')),
);
for (const { file, specifier, reason } of found)
  console.error(`${file}: "${specifier}": ${reason}`);
if (found.length > 0) process.exitCode = 1;
else console.log(`${new Set(files).size} files keep to the rooms' import rules`);
