/** A real relay for a test: a process of its own, on data that outlives it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '../..');
const node = join(root, 'node_modules/node/bin/node');
const main = join(root, 'sync-relay/server/main.ts');

export interface RelayUnderTest {
  readonly url: string;
  readonly data: string;
  /** Everything that it wrote on its output. */
  log(): string;
  stop(): Promise<void>;
  kill(): Promise<void>;
  /** On the same port and data. */
  start(): Promise<void>;
  /** All bytes of its files, one after another. */
  bytes(): Buffer;
  dispose(): Promise<void>;
}

export async function startRelay(): Promise<RelayUnderTest> {
  const data = mkdtempSync(join(tmpdir(), 'warren-e2e-relay-'));
  let port = 0;
  let child: ChildProcess | null = null;
  let log = '';

  async function start(): Promise<void> {
    const process = spawn(node, [main, '--listen', `127.0.0.1:${port}`, '--data', data], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child = process;
    const lines = createInterface({ input: process.stdout });
    lines.on('line', (line) => {
      log += `${line}\n`;
    });
    const [line] = (await once(lines, 'line')) as [string];
    port = (JSON.parse(line) as { port: number }).port;
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (!child || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
    child = null;
  }

  await start();
  return {
    url: `ws://127.0.0.1:${port}`,
    data,
    log: () => log,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    start,
    bytes: () =>
      Buffer.concat(
        readdirSync(data, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => readFileSync(join(entry.parentPath, entry.name))),
      ),
    async dispose() {
      await end('SIGTERM');
      rmSync(data, { recursive: true, force: true });
    },
  };
}
