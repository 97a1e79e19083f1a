/** A device with real code: its vault on disk, what works on it, and its part in the workspace. */
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { createDeviceKeyset, openDeviceKeyset } from '../../../crypto/deviceKeyset.ts';
import { type Contents, createContents } from '../../contents.ts';
import { type JoinedKeys, replaceKeys } from '../../keys/vaultKeys.ts';
import { closeDatabase, createDatabase } from '../../store/database.ts';
import { layout } from '../../vault/layout.ts';
import { openWith } from '../../vault/vault.ts';
import { nothingToAnnounce } from '../announce.ts';
import type { Dial } from '../relayLink.ts';
import { createReplicator, type Replicator } from '../replicator.ts';
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
  /** What its replicator complained of: nothing, unless something is wrong. */
  readonly complaints: string[];
}

export interface Mutation {
  device?(contents: Contents): void;
}

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
      replicator = createReplicator(opened, {
        dial,
        surroundings: world.surroundings,
        log: (line) => complaints.push(line),
      });
      replicator.start();
    },
    crash() {
      const dying = contents;
      contents = null;
      // Whatever is under way meets a closed database, as a process that is gone would not go on.
      void replicator?.stop().catch(() => undefined);
      replicator = null;
      if (dying) closeDatabase(dying.vault.database);
    },
    backUp() {
      const { database } = this.contents().vault;
      database.pragma('wal_checkpoint(TRUNCATE)');
      rmSync(backup, { recursive: true, force: true });
      cpSync(dir, backup, { recursive: true });
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
