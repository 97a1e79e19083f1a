/**
 * The membership log of this vault's workspace: kept, resolved, and written to. What it says decides
 * whose envelopes are believed; a relay has no say in it.
 */
import type { BoxKeyPair } from '../../crypto/boxKeys.ts';
import { compareBytes } from '../../crypto/bytes.ts';
import {
  accountSigner,
  certifyDevice,
  type DevicePublicKeys,
  deviceId,
  verifyCertificate,
} from '../../crypto/deviceKeyset.ts';
import {
  createEpoch,
  openEpoch,
  openEpochParents,
  readSealedEpoch,
  sealEpoch,
} from '../../crypto/epoch.ts';
import type { RandomBytes } from '../../crypto/random.ts';
import type { Signer } from '../../crypto/signing.ts';
import type { Epochs } from '../keys/epochs.ts';
import type { VaultKeys } from '../keys/vaultKeys.ts';
import type { Store } from '../store/store.ts';
import { decodeEntry, type Entry, recoveryAuthor, type Statement, signStatement } from './entry.ts';
import { openNotice, sealNotice } from './notice.ts';
import { type MemberDevice, type Membership, recipients, resolve } from './resolve.ts';

export interface MembershipLog {
  readonly current: () => Membership;
  /** Makes the first entry, by which this device founds the workspace, unless there is one. */
  found(): void;
  /** Encoded entries, each after those it follows. */
  entries(): readonly Uint8Array[];
  /** Id of the entry that created the workspace; null before {@link found}. */
  root(): string | null;
  /**
   * Takes entries from elsewhere, in a transaction. What they open and whom they name is there at once.
   *
   * @returns whether any was new.
   */
  take(encoded: readonly Uint8Array[]): boolean;
  /** Begins a vault that joins: what whoever let it in said. To be called in a transaction. */
  adopt(root: string, encoded: readonly Uint8Array[]): void;
  /** @returns the entry that lets a device in, made and kept. To be called in a transaction. */
  addDevice(publicKeys: DevicePublicKeys, name: string): Entry;
  /** Lets this device in by the recovery key itself, and tells nobody yet. To be called in a transaction. */
  addByRecovery(signer: Signer, publicKeys: DevicePublicKeys, name: string): Entry;
  renameDevice(device: string, name: string): Entry;
  /** Removes a device and rotates to an epoch that it can not read. To be called in a transaction. */
  removeDevice(device: string, pin: number, wipe: boolean): readonly Entry[];
  /** A new epoch for those who are members now; follows all heads. To be called in a transaction. */
  rotate(): Entry;
  /** For whoever comes to a relay with an older key, see `notice.ts`. */
  notice(): Uint8Array;
  /** Takes what somebody left. To be called in a transaction. @returns whether any entry was new. */
  takeNotice(notice: Uint8Array): boolean;
  /** Whether the newest epoch is another than one for exactly the devices that belong here now. */
  needsRotation(): boolean;
  /** @returns a device that may write, or could once. */
  device(id: string): MemberDevice | null;
  /** Whose statements count: those of devices, and of the recovery key, which speaks as one. */
  author(id: string): Author | null;
  /**
   * Opens epochs with another key too, until the vault closes: a device that is let in by the recovery
   * words was not there when they were sealed.
   */
  openWith(box: BoxKeyPair): void;
  /** Whether this device was removed, and how. */
  removal(): MemberDevice['removed'];
}

export interface Author {
  /** Ed25519, 32 bytes. */
  readonly signing: Uint8Array;
  readonly removed: MemberDevice['removed'];
}

export function createMembership(
  store: Store,
  keys: VaultKeys,
  epochs: Epochs,
  random: RandomBytes,
  announce: (entry: Entry) => void,
): MembershipLog {
  const { database } = store;
  const insert = database.prepare('insert or ignore into membership (id, entry) values (?, ?)');
  const all = database
    .prepare<[], Buffer>('select entry from membership order by position')
    .pluck();
  const fact = database.prepare<[string], string>('select value from meta where name = ?').pluck();
  const setFact = database.prepare('insert or replace into meta values (?, ?)');
  const secret = database
    .prepare<[string], Buffer>('select value from secret where name = ?')
    .pluck();
  const putDevice = database.prepare(
    `insert into device values (@id, @name, @signing, @box, @certificate, @addedAt)
     on conflict (id) do update set name = excluded.name`,
  );
  const context = keys.channel;
  const boxes: BoxKeyPair[] = [keys.device.box];
  let resolved: Membership | null = null;
  store.onRollback(() => {
    resolved = null;
  });

  const encodedEntries = () => all.all().map((entry) => new Uint8Array(entry));

  function current(): Membership {
    resolved ??= resolve(
      encodedEntries().flatMap((encoded) => decodeEntry(encoded) ?? []),
      fact.get('membership-root') ?? '',
    );
    return resolved;
  }

  /** Opens epochs that were not known, and keeps names and keys of devices for whoever shows them. */
  function follow(): void {
    resolved = null;
    const { devices, epochs: sealed, voidEpochs } = current();
    disregardVoid();
    // One that is opened may bring the key of another, whichever of them counts.
    for (let known = -1; known < epochs.all().length; ) {
      known = epochs.all().length;
      for (const epoch of [...voidEpochs, ...sealed].toReversed()) openOne(epoch);
    }
    for (const { id, name, publicKeys, addedAt } of devices.values()) {
      const { signing, box } = publicKeys;
      const certificate = new Uint8Array();
      putDevice.run({ id, name, signing, box, certificate, addedAt });
    }
    store.touch('device', keys.device.id);
  }

  function disregardVoid(): void {
    const { epochs: sealed, voidEpochs } = current();
    const valid = new Set(sealed.map(({ id }) => id));
    epochs.disregard(new Set(voidEpochs.map(({ id }) => id).filter((id) => !valid.has(id))));
  }

  /** Newest first: each brings its parents' keys, whoever they were sealed to. */
  function openOne(epoch: Membership['epochs'][number]): void {
    const known = new Map(epochs.all().map(({ id, key }) => [id, key]));
    const parents = readSealedEpoch(epoch.sealed)?.parents ?? [];
    const key = known.get(epoch.id);
    if (key) {
      if (parents.some((id) => !known.has(id))) {
        epochs.add(openEpochParents(epoch.sealed, key, context) ?? []);
      }
      return;
    }
    const opened = boxes
      .map((box) => openEpoch(epoch.sealed, box, context))
      .find((one) => one !== null);
    if (opened) epochs.add([...opened.parents, opened.epoch]);
  }

  function write(
    statement: Statement,
    signer: Signer = keys.device.signer,
    isAnnounced = true,
  ): Entry {
    const entry = signStatement(statement, signer);
    insert.run(entry.id, entry.encoded);
    if (isAnnounced) announce(entry);
    return entry;
  }

  const common = () => ({
    parents: [...current().heads],
    author: keys.device.id,
    at: store.clock.tick(),
  });

  function recovery() {
    const signing = secret.get('recovery-signing-public');
    const box = secret.get('recovery-box-public');
    return signing && box ? { signing: new Uint8Array(signing), box: new Uint8Array(box) } : null;
  }

  function addDevice(
    publicKeys: DevicePublicKeys,
    name: string,
    by: { readonly author: string; readonly signer: Signer; readonly isAnnounced: boolean },
  ): Entry {
    const at = store.clock.tick();
    const certificate = certifyDevice(keys.accountRoot, publicKeys, at);
    const entry = write(
      { ...common(), author: by.author, type: 'addDevice', certificate, name },
      by.signer,
      by.isAnnounced,
    );
    follow();
    return entry;
  }

  function author(id: string): Author | null {
    const { devices, create } = current();
    const device = devices.get(id);
    if (device) return { signing: device.publicKeys.signing, removed: device.removed };
    const recovery = create?.recovery;
    return recovery && deviceId(recovery) === id
      ? { signing: recovery.signing, removed: null }
      : null;
  }

  function take(encoded: readonly Uint8Array[]): boolean {
    let fresh = false;
    for (const one of encoded) {
      const entry = decodeEntry(one);
      if (entry) fresh = insert.run(entry.id, entry.encoded).changes > 0 || fresh;
    }
    if (fresh) follow();
    return fresh;
  }

  function rotate(): Entry {
    const { create, devices } = current();
    if (!create) throw new Error('the workspace has no first entry');
    const staying = [...devices.values()].filter(({ removed }) => !removed);
    const parents = epochs.heads();
    const epoch = createEpoch(random, parents);
    const sealed = sealEpoch(epoch, parents, recipients(staying, create), context, random);
    const entry = write({ ...common(), type: 'epoch', sealed });
    follow();
    return entry;
  }

  if (fact.get('membership-root') !== undefined) disregardVoid();

  return {
    current,
    found: () =>
      store.write(() => {
        if (fact.get('membership-root') !== undefined) return;
        const certificate = database
          .prepare<[string], Buffer>('select certificate from device where id = ?')
          .pluck()
          .get(keys.device.id);
        const account = accountSigner(keys.accountRoot).publicKey;
        const entry = write(
          {
            ...common(),
            type: 'create',
            channel: keys.channel,
            account,
            recovery: recovery(),
            certificate: certificateFor(certificate, account),
            name: keys.device.name,
          },
          keys.device.signer,
          false,
        );
        setFact.run('membership-root', entry.id);
        follow();
        announce(entry);
      }),
    entries: encodedEntries,
    root: () => fact.get('membership-root') ?? null,
    take,
    adopt(root, encoded) {
      setFact.run('membership-root', root);
      for (const one of encoded) {
        const entry = decodeEntry(one);
        if (entry) insert.run(entry.id, entry.encoded);
      }
      follow();
    },
    addDevice: (publicKeys, name) =>
      addDevice(publicKeys, name, {
        author: keys.device.id,
        signer: keys.device.signer,
        isAnnounced: true,
      }),
    addByRecovery: (signer, publicKeys, name) =>
      addDevice(publicKeys, name, { author: recoveryAuthor, signer, isAnnounced: false }),
    renameDevice(device, name) {
      const entry = write({ ...common(), type: 'renameDevice', device, name });
      follow();
      return entry;
    },
    removeDevice(device, pin, wipe) {
      const removed = write({ ...common(), type: 'removeDevice', device, pin, wipe });
      follow();
      return [removed, rotate()];
    },
    rotate,
    notice: () => sealNotice(current(), encodedEntries(), keys.channel, random),
    takeNotice(notice) {
      const entries = openNotice(notice, boxes, keys.channel);
      return entries !== null && take(entries);
    },
    needsRotation() {
      const { create, devices, epochs: sealed } = current();
      const staying = [...devices.values()].filter(({ removed }) => !removed);
      const newest = sealed.find(({ id }) => id === epochs.current().id);
      if (!create || !staying.some(({ id }) => id === keys.device.id)) return false;
      if (epochs.heads().length > 1) return true;
      // The first epoch was handed over, not sealed: it is for whoever was there at the beginning.
      if (!newest) return staying.length !== 1 || devices.size !== 1;
      const entitled = recipients(staying, create);
      const named = readSealedEpoch(newest.sealed)?.recipients ?? [];
      return (
        named.length !== entitled.length ||
        named.some((box, n) => compareBytes(box, entitled[n] as Uint8Array) !== 0)
      );
    },
    author,
    openWith(box) {
      boxes.push(box);
      store.write(follow);
    },
    device: (id) => current().devices.get(id) ?? null,
    removal: () => current().devices.get(keys.device.id)?.removed ?? null,
  };

  /** A vault that was put back together may have a certificate of before; a fresh one says the same. */
  function certificateFor(certificate: Buffer | undefined, account: Uint8Array): Uint8Array {
    const kept = certificate && new Uint8Array(certificate);
    if (kept && verifyCertificate(account, kept)) return kept;
    return certifyDevice(keys.accountRoot, keys.device.publicKeys, store.clock.tick());
  }
}
