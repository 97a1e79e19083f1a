/**
 * The keys that a vault holds besides its database key: the account root, this device's keyset and the
 * epochs of its workspace. They lie in the encrypted file and leave it only wrapped.
 */
import { wipe } from '../../crypto/bytes.ts';
import { keyBytes } from '../../crypto/derivedKey.ts';
import {
  certifyDevice,
  createDeviceKeyset,
  type DeviceKeyset,
  type DeviceSeeds,
  openDeviceKeyset,
} from '../../crypto/deviceKeyset.ts';
import { createEpoch, type Epoch } from '../../crypto/epoch.ts';
import type { RandomBytes } from '../../crypto/random.ts';
import type { Database } from '../store/database.ts';

export interface VaultKeys {
  /** 32 bytes: what certifies this person's devices. */
  readonly accountRoot: Uint8Array;
  readonly device: DeviceKeyset & { readonly name: string };
  /** What new content of the personal workspace is sealed under. */
  readonly epoch: Epoch;
  /** 16 bytes that a relay will know the workspace's log by. */
  readonly channel: Uint8Array;
}

interface FirstKeys extends VaultKeys {
  readonly seeds: DeviceSeeds;
  readonly certificate: Uint8Array;
  readonly madeAt: number;
}

const channelBytes = 16;

/** Makes the keys of a new vault. */
export function firstKeys(random: RandomBytes, deviceName: string, now: number): FirstKeys {
  const accountRoot = random(keyBytes);
  const seeds = createDeviceKeyset(random);
  const device = openDeviceKeyset(seeds);
  return {
    accountRoot,
    device: { ...device, name: deviceName },
    epoch: createEpoch(random, []),
    channel: random(channelBytes),
    seeds,
    certificate: certifyDevice(accountRoot, device.publicKeys, now),
    madeAt: now,
  };
}

export function storeKeys(database: Database, keys: FirstKeys): void {
  const put = database.prepare('insert into secret values (?, ?)');
  put.run('account-root', keys.accountRoot);
  put.run('device-signing-seed', keys.seeds.signingSeed);
  put.run('device-box-seed', keys.seeds.boxSeed);
  put.run(`epoch:${keys.epoch.id}`, keys.epoch.key);
  put.run('channel', keys.channel);
  const note = database.prepare('insert into meta values (?, ?)');
  note.run('device', keys.device.id);
  note.run('epoch', keys.epoch.id);
  database
    .prepare('insert into device values (?, ?, ?, ?, ?, ?)')
    .run(
      keys.device.id,
      keys.device.name,
      keys.device.publicKeys.signing,
      keys.device.publicKeys.box,
      keys.certificate,
      keys.madeAt,
    );
}

/** @throws Error when one of them is missing: the file is whole, so it is a mistake of ours. */
export function loadKeys(database: Database): VaultKeys {
  const secret = database
    .prepare<[string], Buffer>('select value from secret where name = ?')
    .pluck();
  const fact = database.prepare<[string], string>('select value from meta where name = ?').pluck();
  const required = <T>(value: T | undefined, name: string): T => {
    if (value === undefined) throw new Error(`the vault has no ${name}`);
    return value;
  };
  const bytes = (name: string) => new Uint8Array(required(secret.get(name), name));
  const epochId = required(fact.get('epoch'), 'epoch');
  const seeds = { signingSeed: bytes('device-signing-seed'), boxSeed: bytes('device-box-seed') };
  const device = openDeviceKeyset(seeds);
  wipe(seeds.signingSeed, seeds.boxSeed);
  const name = database
    .prepare<[string], string>('select name from device where id = ?')
    .pluck()
    .get(device.id);
  return {
    accountRoot: bytes('account-root'),
    device: { ...device, name: required(name, 'device') },
    epoch: { id: epochId, key: bytes(`epoch:${epochId}`), parents: [] },
    channel: bytes('channel'),
  };
}
