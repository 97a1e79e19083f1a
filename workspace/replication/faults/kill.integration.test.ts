/**
 * A relay and two devices, each a process, killed at random while they sync: what any of them acknowledged
 * is there afterwards, on both devices.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { createContents } from '../../contents.ts';
import { seededChoice } from '../../faults/seeded.ts';
import { closeDatabase } from '../../store/database.ts';
import { temporaryFolder } from '../../testing.ts';
import { enableQuickUnlock, openVaultQuickly } from '../../vault/vault.ts';
import { joinedDevice, newDevice, replicated, settle, type TestDevice } from '../testing.ts';
import type { LoadTask } from './load.ts';

const kills = process.env.WARREN_SLOW === '1' ? 1_000 : 100;
/** Milliseconds between two of them, at most. */
const longest = 300;
const seed = Number(process.env.WARREN_SEED ?? Math.floor(Math.random() * 1_000_000));

const root = join(import.meta.dirname, '../../..');
const nodeBinary = join(root, 'node_modules/node/bin/node');

/** Resolves with the first line that it says. */
async function firstLine(child: ChildProcess, onLine: (line: string) => void): Promise<string> {
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const [line] = (await once(lines, 'line')) as [string];
  lines.on('line', onLine);
  return line;
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'close');
  child.kill('SIGKILL');
  await ended;
  if (child.signalCode !== 'SIGKILL') throw new Error(`it ended by itself (seed ${seed})`);
}

function startProcess(file: string, ...words: readonly string[]): ChildProcess {
  const child = spawn(nodeBinary, [join(root, file), ...words], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function relayOn(data: string, port: number) {
  const words = ['--listen', `127.0.0.1:${port}`, '--data', data];
  const child = startProcess('sync-relay/server/main.ts', ...words);
  const line = await firstLine(child, () => undefined);
  return { child, port: (JSON.parse(line) as { port: number }).port };
}

/** A device whose next process is started before the one at work is killed. */
function deviceOn(dir: string, key: string, name: string, stored: Set<string>) {
  const entry = 'workspace/replication/faults/load.ts';
  let ahead = startProcess(entry);
  let current: ChildProcess | null = null;
  let life = 0;
  return {
    async start() {
      current = ahead;
      ahead = startProcess(entry);
      life += 1;
      const task: LoadTask = { dir, key, label: `${name} ${life}` };
      current.stdin?.write(`${JSON.stringify(task)}\n`);
      expect(await firstLine(current, (line) => stored.add(line))).toBe('ready');
    },
    kill: async () => current && kill(current),
    async end() {
      await this.kill();
      ahead.kill('SIGKILL');
    },
  };
}

async function closed(device: TestDevice): Promise<string> {
  const key = Buffer.from(await enableQuickUnlock(device.vault)).toString('hex');
  await device.replicator.stop();
  closeDatabase(device.vault.database);
  return key;
}

test(`killed ${kills} times while they sync, relay and devices lose nothing`, async () => {
  console.log(`seed ${seed} (WARREN_SEED=${seed} repeats it)`);
  const choice = seededChoice(seed);
  const data = temporaryFolder();
  let relay = await relayOn(data, 0);
  const url = `ws://127.0.0.1:${relay.port}`;
  const a = await newDevice();
  await a.replicator.addRelay(url);
  const b = await joinedDevice(a);
  await b.replicator.addRelay(url);
  await settle(a, b);
  const homes = [a.dir, b.dir];
  const keys = [await closed(a), await closed(b)];

  const stored = new Set<string>();
  const devices = homes.map((dir, n) => deviceOn(dir, keys[n] ?? '', `device ${n}`, stored));
  await Promise.all(devices.map((device) => device.start()));
  for (let n = 0; n < kills; n++) {
    await new Promise((resolve) => setTimeout(resolve, choice.below(longest)));
    const victim = devices[choice.below(3)];
    if (victim) {
      await victim.kill();
      await victim.start();
    } else {
      await kill(relay.child);
      relay = await relayOn(data, relay.port);
    }
  }
  await Promise.all(devices.map((device) => device.end()));
  expect(stored.size).toBeGreaterThan(kills);

  const opened = await Promise.all(
    homes.map(async (dir, n) => {
      const key = new Uint8Array(Buffer.from(keys[n] ?? '', 'hex'));
      const vault = await openVaultQuickly(dir, key);
      onTestFinished(() => closeDatabase(vault.database));
      return { ...replicated(createContents(vault)), dir };
    }),
  );
  for (const { replicator } of opened) replicator.start();
  await settle(...opened);
  for (const { profiles, documents, replicator } of opened) {
    const names = new Set(documents.ids('profile').map((id) => profiles.get(id).name));
    expect([...stored].filter((name) => !names.has(name))).toEqual([]);
    expect(replicator.status().trouble).toEqual({ missing: [], parked: 0, refused: [] });
  }
}, 3_600_000);
