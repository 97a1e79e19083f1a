/** `npm run bench`: measures everything once and writes `bench/RESULTS.md`. Ratios count, not absolutes. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { cancel } from './cancel.ts';
import type { Figure } from './figure.ts';
import { journal } from './journal.ts';
import { manager } from './manager.ts';
import { memory } from './memory.ts';
import { opening } from './opening.ts';
import { bulk, recordEdits } from './records.ts';
import { relay } from './relay.ts';
import { runStart } from './runStart.ts';
import { search } from './search.ts';
import { startToList } from './startToList.ts';
import { stepOverhead } from './stepOverhead.ts';
import { sync } from './sync.ts';

const sections: readonly {
  readonly title: string;
  readonly about: string;
  readonly measure: () => Promise<readonly Figure[]>;
}[] = [
  {
    title: 'Start to list',
    about:
      'A process starts, opens the vault, and has the first 100 of N profiles; key derivation is measured and taken off. Baseline: a process that opens a plain better-sqlite3 file with the same rows and lists 100.',
    measure: startToList,
  },
  {
    title: 'Search',
    about:
      'Searching 10,000 profiles for two words, first 100 rows with the total, in an open vault.',
    measure: search,
  },
  {
    title: 'Editing one record',
    about:
      'A change of one record through the store: document, seal, snapshot, journal and view in one durable commit, records chosen all over the vault.',
    measure: recordEdits,
  },
  {
    title: 'Many records at once',
    about:
      'One transaction in slices with pauses. A pause is the time that anything else would have had to wait.',
    measure: bulk,
  },
  {
    title: 'Journals',
    about: 'Signed entries with full durability, and pages of a long activity log.',
    measure: journal,
  },
  {
    title: 'Memory',
    about: 'Resident memory of a host in a process of its own, in millions of bytes.',
    measure: memory,
  },
  {
    title: 'From device to device',
    about:
      'Two devices and a relay, each a process of its own on this machine; everything sealed, signed, on disk before it is acknowledged, and seen in the other’s list. Baseline of the first two lines: bare `ws` with plain SQLite, in this run.',
    measure: sync,
  },
  {
    title: 'A relay by itself',
    about: 'A relay process on its SQLite store, clients over WebSocket on this machine.',
    measure: relay,
  },
  {
    title: 'A step over the same Playwright call',
    about:
      'One step through a worker, events written down, against the bare Playwright call on the same page, both in this run.',
    measure: stepOverhead,
  },
  {
    title: 'Starting a run',
    about:
      'From asking for a run to its first step, with the profile’s sealed folder unpacked, against a bare persistent context with its first page.',
    measure: runStart,
  },
  {
    title: 'Opening a profile',
    about:
      'A profile opened headless, with its session put back, against a bare persistent context with its first page; and proxies pasted in.',
    measure: opening,
  },
  {
    title: 'Profiles by the thousand',
    about:
      'The list in a real window on a vault of 10,000 profiles, many changed at once, folders of bytes that do not compress, and proxies checked.',
    measure: manager,
  },
  {
    title: 'Cancelling a run',
    about: 'From asking for the end to the run written down as cancelled and its session sealed.',
    measure: cancel,
  },
];

const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const file = join(import.meta.dirname, 'RESULTS.md');
const machine = `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 1024 ** 3)} GiB, ${type()} ${release()}, Node ${process.versions.node}`;
const measured = `Measured ${new Date().toISOString().slice(0, 10)} at commit ${commit}, on ${machine}.`;
const lines = [
  '# Benchmark results',
  '',
  'Medians. `npm run bench` measures again; `npm run bench -- TITLE` only what has that in its title.',
];
const [only] = process.argv.slice(2);
/** Sections as they were measured before, by title. */
const before = new Map(
  readFileSync(file, 'utf8')
    .split('\n## ')
    .slice(1)
    .map((section) => [section.split('\n')[0] ?? '', section.trimEnd()]),
);
for (const { title, about, measure } of sections) {
  if (only && !title.includes(only)) {
    const kept = before.get(title);
    if (kept) lines.push('', `## ${kept}`);
    continue;
  }
  console.log(`${title} …`);
  const figures = await measure();
  lines.push(
    '',
    `## ${title}`,
    '',
    about,
    '',
    measured,
    '',
    '| what | Warren | baseline | ratio | goal |',
    '|---|---|---|---|---|',
  );
  for (const { what, value, baseline, unit, goal } of figures) {
    const shown = (number: number | null) =>
      number === null
        ? '–'
        : `${number < 10 ? number.toFixed(2) : Math.round(number).toLocaleString('en')} ${unit}`;
    const ratio = baseline ? (value / baseline).toFixed(2) : '–';
    const line = `| ${what} | ${shown(value)} | ${shown(baseline)} | ${ratio} | ${goal ?? '–'} |`;
    console.log(line);
    lines.push(line);
  }
}
writeFileSync(file, `${lines.join('\n')}\n`);
