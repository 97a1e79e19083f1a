/** A real Warren for a test: its own vault folder, the served shell, and the command line beside it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export { readableIn } from '../../agent/testing/system/readable.ts';

const root = join(import.meta.dirname, '../..');
const node = join(root, 'node_modules/node/bin/node');
const cli = join(root, 'app/cli/main.ts');

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Warren {
  readonly folder: string;
  readonly vault: string;
  /** Starts `serve`. @returns the link that opens one window. */
  serve(): Promise<string>;
  stopServing(): Promise<void>;
  /** Runs a command on the vault with the test's passphrase file. */
  command(...args: readonly string[]): Promise<CommandResult>;
  /** Starts a command, with more in its environment if need be. */
  spawn(args: readonly string[], environment?: Readonly<Record<string, string>>): ChildProcess;
  /** A command as a shell would take it, without the passphrase file. */
  commandLine(...args: readonly string[]): string;
  dispose(): Promise<void>;
}

export function newWarren(passphrase: string): Warren {
  const folder = mkdtempSync(join(tmpdir(), 'warren-e2e-'));
  const vault = join(folder, 'vault');
  const passphraseFile = join(folder, 'passphrase');
  writeFileSync(passphraseFile, `${passphrase}\n`, { mode: 0o600 });
  let server: ChildProcess | null = null;

  const start = (args: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
    spawn(node, [cli, '--vault', vault, ...args], {
      cwd: folder,
      env: { ...process.env, LANG: 'en_GB.UTF-8', LC_ALL: 'en_GB.UTF-8', ...environment },
    });

  return {
    folder,
    vault,
    async serve() {
      const child = start(['serve', '--json']);
      server = child;
      child.stderr?.pipe(process.stderr);
      if (!child.stdout) throw new Error('serve has no output');
      const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
      return (JSON.parse(line) as { url: string }).url;
    },
    async stopServing() {
      if (!server || server.exitCode !== null) return;
      const ended = once(server, 'exit');
      server.kill('SIGTERM');
      await ended;
      server = null;
    },
    spawn: (args, environment) =>
      start(['--passphrase-file', passphraseFile, ...args], environment),
    async command(...args) {
      return collect(this.spawn(args));
    },
    commandLine: (...args) =>
      [node, cli, '--vault', vault, ...args].map((word) => `'${word}'`).join(' '),
    async dispose() {
      await this.stopServing();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function collect(child: ChildProcess): Promise<CommandResult> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (data) => {
    stdout += String(data);
  });
  child.stderr?.on('data', (data) => {
    stderr += String(data);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code: code ?? -1, stdout, stderr };
}
