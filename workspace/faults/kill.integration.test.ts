/**
 * The host's process is killed at random points of a load: the vault opens every time, what was
 * acknowledged is there, and what was not is there as a whole or not at all.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { createContents, recoverContents } from '../contents.ts';
import { closeDatabase } from '../store/database.ts';
import { newVault } from '../testing.ts';
import { enableQuickUnlock, openVaultQuickly } from '../vault/vault.ts';
import type { Fact, LoadTask, Told } from './load.ts';
import { seededChoice } from './seeded.ts';

const slow = process.env.WARREN_SLOW === '1';
const kills = slow ? 1_000 : 200;
/** Vaults that are worked on at the same time. */
const lanes = 2;
/** Milliseconds of work before a kill, at most. */
const longest = 120;
const seed = Number(process.env.WARREN_SEED ?? Math.floor(Math.random() * 1_000_000));

const keyOf = (fact: Fact): string =>
  fact.about === 'setting' ? 'setting' : `${fact.about} ${fact.id}`;
const stateIn = (fact: Fact): string => {
  switch (fact.about) {
    case 'profile':
      return fact.state;
    case 'run':
      return String(fact.entries);
    case 'blob':
      return String(fact.used);
    case 'setting':
      return String(fact.minutes);
  }
};

/** What may be found: the last acknowledged value, or one that was under way when the kill came. */
type Expected = Map<string, Set<string>>;

/** What may be found of a thing that nothing was acknowledged of yet. */
const unknown: Readonly<Record<Fact['about'], readonly string[]>> = {
  // It was added in the same commit, or its acknowledgement was lost with the process.
  profile: ['gone', 'new'],
  run: ['0'],
  blob: ['false', 'true'],
  setting: ['15'],
};

function take(expected: Expected, { stage, fact }: Told): void {
  const key = keyOf(fact);
  const value = stateIn(fact);
  if (stage === 'done') expected.set(key, new Set([value]));
  else expected.set(key, (expected.get(key) ?? new Set(unknown[fact.about])).add(value));
}

function startAhead(): ChildProcess {
  const node = join(import.meta.dirname, '../../node_modules/node/bin/node');
  return spawn(node, [join(import.meta.dirname, 'load.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}

async function killOnce(child: ChildProcess, task: LoadTask, after: number): Promise<Told[]> {
  const told: Told[] = [];
  const ended = once(child, 'close');
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const ready = new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => {
      if (line === 'ready') resolve();
      else told.push(JSON.parse(line) as Told);
    });
    child.once('exit', () => reject(new Error(`the load ended by itself (seed ${task.seed})`)));
  });
  child.stdin?.write(`${JSON.stringify(task)}\n`);
  await ready;
  await new Promise((resolve) => setTimeout(resolve, after));
  child.kill('SIGKILL');
  await ended;
  if (child.signalCode !== 'SIGKILL') throw new Error(`the load failed (seed ${task.seed})`);
  return told;
}

async function check(dir: string, key: string, expected: Expected, label: string): Promise<void> {
  const vault = await openVaultQuickly(dir, new Uint8Array(Buffer.from(key, 'hex')));
  try {
    const contents = createContents(vault);
    await recoverContents(contents);
    const { profiles, journal, blobs, settings, documents } = contents;
    const trashed = new Set(profiles.trashed().map((row) => row.id));
    const found = (about: string, id: string): string => {
      switch (about) {
        case 'profile':
          if (!documents.has(id)) return 'gone';
          return trashed.has(id) ? 'trash' : profiles.get(id).notes;
        case 'run':
          return String(journal.events(id, 0, 1_000_000).length);
        case 'blob':
          return String(blobs.info(id) !== null);
        default:
          return String(settings.read().autoLockMinutes);
      }
    };
    for (const [fact, allowed] of expected) {
      const [about = '', id = ''] = fact.split(' ');
      const value = found(about, id);
      expect([...allowed], `${label}: ${fact}`).toContain(value);
      // From here on this is the state, whatever else was possible.
      expected.set(fact, new Set([value]));
      if (about === 'run') expect(journal.journal.firstAltered(id), `${label}: ${fact}`).toBeNull();
      if (about === 'blob' && value === 'true') expect(await blobs.isWhole(id), label).toBe(true);
    }
    expect(profiles.list({ search: '', sort: 'name', limit: 1 }).total, label).toBe(
      documents.ids('profile').length - trashed.size,
    );
  } finally {
    closeDatabase(vault.database);
  }
}

test(
  `killed ${kills} times at random points: what was acknowledged is there, the vault opens every time`,
  async () => {
    console.log(`seed ${seed} (WARREN_SEED=${seed} repeats it)`);
    await Promise.all(
      Array.from({ length: lanes }, async (_, lane) => {
        const choice = seededChoice(seed + lane);
        const { vault, dir } = await newVault();
        const key = Buffer.from(await enableQuickUnlock(vault)).toString('hex');
        closeDatabase(vault.database);
        const expected: Expected = new Map();
        let child = startAhead();
        for (let n = 0; n < kills / lanes; n++) {
          const next = n + 1 < kills / lanes ? startAhead() : null;
          const task = { dir, key, seed: seed + n * lanes + lane };
          for (const told of await killOnce(child, task, choice.below(longest))) {
            take(expected, told);
          }
          await check(dir, key, expected, `seed ${seed}, lane ${lane}, kill ${n}`);
          if (next) child = next;
        }
      }),
    );
  },
  slow ? 3_600_000 : 600_000,
);
