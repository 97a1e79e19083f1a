/** Devices of one workspace and their relay, for the measurements of syncing. */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createDeviceKeyset, openDeviceKeyset } from '../crypto/deviceKeyset.ts';
import { pooledRandom } from '../crypto/random.ts';
import type { Contents } from '../workspace/contents.ts';
import { joinByWelcome } from '../workspace/pairing/joinWorkspace.ts';
import { packWorkspace, unpackWorkspace } from '../workspace/pairing/workspacePackage.ts';
import { createReplicator, type Replicator } from '../workspace/replication/replicator.ts';
import { dial, systemSurroundings } from '../workspace/replication/surroundings.ts';
import { closeDatabase } from '../workspace/store/database.ts';
import { freshFolder, passphrase } from './vaults.ts';

export interface RelayProcess {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** A relay in a process of its own, as somebody hosts it. */
export async function startRelay(): Promise<RelayProcess> {
  const main = fileURLToPath(new URL('../sync-relay/server/main.ts', import.meta.url));
  const child = spawn(
    process.execPath,
    [main, '--listen', '127.0.0.1:0', '--data', freshFolder()],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const lines = createInterface({ input: child.stdout });
  const [line] = (await once(lines, 'line')) as [string];
  const { port } = JSON.parse(line) as { port: number };
  lines.on('line', () => undefined);
  return {
    url: `ws://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

export function replicatorOf(contents: Contents): Replicator {
  return createReplicator(contents, {
    dial,
    surroundings: systemSurroundings,
    log: (line) => console.error(line),
  });
}

/** Makes a closed vault in the workspace of `first`, as pairing does. @returns its folder. */
export async function joinedVault(first: Contents, relay: string): Promise<string> {
  const seeds = createDeviceKeyset(pooledRandom());
  const { publicKeys } = openDeviceKeyset(seeds);
  first.membership.found();
  await first.vault.store.commit(() => first.membership.addDevice(publicKeys, 'Second'));
  const workspace = unpackWorkspace(packWorkspace(first, [relay]));
  if (!workspace) throw new Error('the workspace could not be packed');
  const dir = freshFolder();
  const vault = await joinByWelcome(dir, passphrase, 'minimum', {
    workspace,
    seeds,
    deviceName: 'Second',
  });
  closeDatabase(vault.database);
  return dir;
}

/** A device in a process of its own. */
export interface DeviceProcess {
  /** Connects. */
  start(): void;
  next(type: string): Promise<Record<string, unknown>>;
  stop(): Promise<void>;
}

export async function startDeviceProcess(dir: string): Promise<DeviceProcess> {
  const child: ChildProcess = fork(fileURLToPath(new URL('./syncChild.ts', import.meta.url)), [
    dir,
  ]);
  const heard: Record<string, unknown>[] = [];
  const waiting: { type: string; resolve: (message: Record<string, unknown>) => void }[] = [];
  child.on('message', (message: Record<string, unknown>) => {
    const at = waiting.findIndex(({ type }) => type === message.type);
    const [found] = at < 0 ? [] : waiting.splice(at, 1);
    if (found) found.resolve(message);
    else heard.push(message);
  });
  const device: DeviceProcess = {
    start: () => void child.send({ type: 'start' }),
    next(type) {
      const at = heard.findIndex((message) => message.type === type);
      const [found] = at < 0 ? [] : heard.splice(at, 1);
      if (found) return Promise.resolve(found);
      return new Promise((resolve) => waiting.push({ type, resolve }));
    },
    async stop() {
      child.send({ type: 'stop' });
      await once(child, 'exit');
    },
  };
  await device.next('ready');
  return device;
}
