/**
 * The keys that a vault holds besides its database key and its workspace's epochs: the account root and
 * this device's keyset. They lie in the encrypted file and leave it only wrapped.
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
  /** 16 bytes that a relay knows the workspace's log by. */
  readonly channel: Uint8Array;
}

interface FirstKeys extends VaultKeys {
  readonly epoch: Epoch;
  readonly seeds: DeviceSeeds;
  readonly certificate: Uint8Array;
  readonly madeAt: number;
}

const channelBytes = 16;

/** What a vault that joins a workspace is given by whoever lets it in. */
export interface JoinedKeys {
  /** This device's own, made before anybody let it in. */
  readonly seeds: DeviceSeeds;
  readonly deviceName: string;
  /** 32 bytes. */
  readonly accountRoot: Uint8Array;
  /** 16 bytes. */
  readonly channel: Uint8Array;
  readonly epochs: readonly Epoch[];
  /** Public halves of the workspace's recovery keys; null where it has none. */
  readonly recovery: { readonly signing: Uint8Array; readonly box: Uint8Array } | null;
}

/** Puts a workspace's keys in the place of those that a new vault made for itself. */
export function replaceKeys(database: Database, keys: JoinedKeys, now: number): void {
  const put = database.prepare('insert or replace into secret values (?, ?)');
  put.run('account-root', keys.accountRoot);
  put.run('device-signing-seed', keys.seeds.signingSeed);
  put.run('device-box-seed', keys.seeds.boxSeed);
  put.run('channel', keys.channel);
  if (keys.recovery) {
    put.run('recovery-signing-public', keys.recovery.signing);
    put.run('recovery-box-public', keys.recovery.box);
  }
  const { id, publicKeys } = openDeviceKeyset(keys.seeds);
  database.prepare('delete from device').run();
  database
    .prepare('insert into device values (?, ?, ?, ?, ?, ?)')
    .run(
      id,
      keys.deviceName,
      publicKeys.signing,
      publicKeys.box,
      certifyDevice(keys.accountRoot, publicKeys, now),
      now,
    );
  database.prepare("insert or replace into meta values ('device', ?)").run(id);
  database.prepare('delete from epoch').run();
  const addEpoch = database.prepare('insert into epoch values (?, ?, ?)');
  for (const epoch of keys.epochs) addEpoch.run(epoch.id, epoch.key, epoch.parents.join(','));
}

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
  const required = <T>(value: T | undefined, name: string): T => {
    if (value === undefined) throw new Error(`the vault has no ${name}`);
    return value;
  };
  const bytes = (name: string) => new Uint8Array(required(secret.get(name), name));
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
    channel: bytes('channel'),
  };
}
