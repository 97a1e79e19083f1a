/** A device with real code: its vault on disk, what works on it, and its part in the workspace. */
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { createDeviceKeyset, openDeviceKeyset } from '../../../crypto/deviceKeyset.ts';
import type { RelayClient } from '../../../sync-relay/client/relayClient.ts';
import { type Contents, createContents } from '../../contents.ts';
import { type JoinedKeys, replaceKeys } from '../../keys/vaultKeys.ts';
import { closeDatabase, createDatabase } from '../../store/database.ts';
import { layout } from '../../vault/layout.ts';
import { openWith } from '../../vault/vault.ts';
import { nothingToAnnounce } from '../announce.ts';
import { createReplicator, type Replicator } from '../replicator.ts';
import type { Dial, Surroundings } from '../surroundings.ts';
import type { World } from './world.ts';

export interface DeviceNode {
  readonly name: string;
  readonly id: string;
  contents(): Contents;
  replicator(): Replicator;
  isUp(): boolean;
  up(): Promise<void>;
  /** Ends without a word to anybody. */
  crash(): void;
  backUp(): void;
  restoreBackup(): void;
  /** Whether its disk takes anything more; what needs room fails meanwhile. */
  fillDisk(full: boolean): void;
  /** What its replicator complained of: nothing, unless something is wrong. */
  readonly complaints: string[];
}

export interface Mutation {
  device?(contents: Contents): void;
  /** Of each connection that a device makes. */
  client?(client: RelayClient): RelayClient;
}

const same = (client: RelayClient) => client;
const databaseKey = new Uint8Array(32).fill(9);

export async function createDeviceNode(
  world: World,
  folder: string,
  name: string,
  dial: Dial,
  mutation: Mutation,
  first: DeviceNode | null,
): Promise<DeviceNode> {
  const dir = `${folder}/vault`;
  const backup = `${folder}/backup`;
  const complaints: string[] = [];
  mkdirSync(dir, { recursive: true });
  const seeding = world.randomOf(name);
  const context = { random: seeding, now: world.now(), deviceName: name };
  const database = createDatabase(layout.database(dir), databaseKey, context);
  const joined = first && (await invited(first, name, seeding));
  if (joined) replaceKeys(database, joined.keys, world.now());
  closeDatabase(database);

  let contents: Contents | null = null;
  let replicator: Replicator | null = null;
  let end = () => {};

  async function open(): Promise<Contents> {
    const vault = await openWith(dir, new Uint8Array(16), databaseKey, {
      random: world.randomOf(name),
      now: world.now,
    });
    // The disk of a simulation is memory.
    const { pragma } = vault.database;
    vault.database.pragma = ((text: string, options?: { simple?: boolean }) =>
      text.startsWith('synchronous')
        ? undefined
        : pragma.call(vault.database, text, options)) as typeof pragma;
    pragma.call(vault.database, 'synchronous = OFF');
    return createContents(vault, world.now);
  }

  const node: DeviceNode = {
    name,
    id: '',
    complaints,
    contents() {
      if (!contents) throw new Error(`${name} is down`);
      return contents;
    },
    replicator() {
      if (!replicator) throw new Error(`${name} is down`);
      return replicator;
    },
    isUp: () => contents !== null,
    async up() {
      const opened = await open();
      contents = opened;
      mutation.device?.(opened);
      const surroundings = mortal(world.surroundings);
      replicator = createReplicator(opened, {
        dial: async (url, on) => {
          const { whileAlive } = surroundings;
          const heard = { event: whileAlive(on.event), closed: whileAlive(on.closed) };
          const client = (mutation.client ?? same)(await dial(url, heard));
          surroundings.atEnd(() => client.close());
          return client;
        },
        surroundings,
        log: surroundings.whileAlive((line: string) => complaints.push(line)),
      });
      replicator.start();
      end = () => {
        surroundings.end();
        closeDatabase(opened.vault.database);
      };
    },
    crash() {
      contents = null;
      replicator = null;
      end();
    },
    backUp() {
      const { database } = this.contents().vault;
      database.pragma('wal_checkpoint(TRUNCATE)');
      rmSync(backup, { recursive: true, force: true });
      cpSync(dir, backup, { recursive: true });
    },
    fillDisk(full) {
      const { database } = this.contents().vault;
      const pages = Number(database.pragma('page_count', { simple: true }));
      database.pragma(`max_page_count = ${full ? pages : 2 ** 30}`);
    },
    restoreBackup() {
      rmSync(dir, { recursive: true, force: true });
      cpSync(backup, dir, { recursive: true });
    },
  };
  const opened = await open();
  if (joined) {
    opened.vault.store.write(() => {
      opened.membership.adopt(joined.root, joined.entries);
      nothingToAnnounce(opened);
    });
  }
  closeDatabase(opened.vault.database);
  return Object.assign(node, { id: opened.vault.keys.device.id });
}

/** Surroundings in which nothing happens any more once they ended, as in a process that is gone. */
function mortal(inner: Surroundings) {
  let ended = false;
  const last: (() => void)[] = [];
  const alive =
    <Told extends readonly unknown[]>(work: (...told: Told) => void) =>
    (...told: Told) => {
      if (!ended) work(...told);
    };
  return {
    ...inner,
    setTimer: (work: () => void, after: number) => inner.setTimer(alive(work), after),
    pause: () => new Promise<void>((resolve) => void inner.pause().then(alive(resolve))),
    whileAlive: alive,
    atEnd: (work: () => void) => last.push(work),
    end() {
      ended = true;
      for (const work of last) work();
    },
  };
}

/** As pairing does it. */
async function invited(first: DeviceNode, name: string, random: (length: number) => Uint8Array) {
  const { vault, membership, epochs } = first.contents();
  const seeds = createDeviceKeyset(random);
  membership.found();
  vault.store.write(() => membership.addDevice(openDeviceKeyset(seeds).publicKeys, name));
  const keys: JoinedKeys = {
    seeds,
    deviceName: name,
    accountRoot: vault.keys.accountRoot,
    channel: vault.keys.channel,
    epochs: epochs.all(),
    recovery: membership.current().create?.recovery ?? null,
  };
  return { keys, root: membership.root() ?? '', entries: membership.entries() };
}
