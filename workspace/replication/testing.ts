/** For tests: vaults of one workspace that sync through real relays in this process. */
import { onTestFinished } from 'vitest';
import { createDeviceKeyset, openDeviceKeyset } from '../../crypto/deviceKeyset.ts';
import { pooledRandom } from '../../crypto/random.ts';
import { type Contents, createContents } from '../contents.ts';
import { closeDatabase } from '../store/database.ts';
import { newContents, temporaryFolder, testPassphrase } from '../testing.ts';
import { joinVault } from '../vault/vault.ts';
import { nothingToAnnounce } from './announce.ts';
import { createReplicator, type Replicator } from './replicator.ts';
import { type Dial, dial, systemSurroundings } from './surroundings.ts';

export interface TestDevice extends Contents {
  readonly dir: string;
  /** Of the workspace's recovery key; only the device that founded it was told. */
  readonly words?: readonly string[];
  readonly replicator: Replicator;
}

/** @param through how relays are reached. */
export function replicated<T extends Contents>(
  contents: T,
  through: Dial = dial,
): T & { readonly replicator: Replicator } {
  const lines: string[] = [];
  const replicator = createReplicator(contents, {
    dial: through,
    surroundings: systemSurroundings,
    log: (line) => lines.push(line),
  });
  onTestFinished(async () => {
    await replicator.stop();
    if (lines.length > 0) throw new Error(lines.join('\n'));
  });
  return { ...contents, replicator };
}

export async function newDevice(): Promise<TestDevice> {
  const device = replicated(await newContents());
  device.replicator.start();
  return device;
}

/** A second device in the workspace of the first, as pairing makes it. */
export async function joinedDevice(first: TestDevice, name = 'Second'): Promise<TestDevice> {
  const random = pooledRandom();
  const seeds = createDeviceKeyset(random);
  const { publicKeys } = openDeviceKeyset(seeds);
  const { keys, store, database } = first.vault;
  first.membership.found();
  await store.commit(() => first.membership.addDevice(publicKeys, name));
  const secret = (of: string) =>
    new Uint8Array(
      database
        .prepare<[string], Buffer>('select value from secret where name = ?')
        .pluck()
        .get(of) ?? Buffer.alloc(0),
    );
  const dir = temporaryFolder();
  const vault = await joinVault(
    dir,
    testPassphrase,
    'minimum',
    {
      seeds,
      deviceName: name,
      accountRoot: keys.accountRoot,
      channel: keys.channel,
      epochs: first.epochs.all(),
      recovery: {
        signing: secret('recovery-signing-public'),
        box: secret('recovery-box-public'),
      },
    },
    null,
  );
  onTestFinished(() => closeDatabase(vault.database));
  const contents = createContents(vault);
  await vault.store.commit(() => {
    contents.membership.adopt(first.membership.root() ?? '', first.membership.entries());
    nothingToAnnounce(contents);
  });
  const device = replicated({ ...contents, dir });
  device.replicator.start();
  return device;
}

export async function settle(...devices: readonly TestDevice[]): Promise<void> {
  // Twice: what one sends in the first round is read by the others in the second.
  for (let round = 0; round < 2; round++) {
    for (const { replicator } of devices) {
      if (!(await replicator.settled(10_000))) {
        throw new Error(`not settled: ${JSON.stringify(replicator.status())}`);
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}
