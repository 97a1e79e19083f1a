/** What the host does about other devices: relays, the list of devices, and pairing, one at a time. */
import { hostname } from 'node:os';
import { createLan } from '../../workspace/lan/lan.ts';
import { FailureError } from '../../workspace/model/failure.ts';
import type { DeviceRow, SyncStatus } from '../../workspace/model/sync.ts';
import { type Offer, offerPairing } from '../../workspace/pairing/pairing.ts';
import { writeRecoverySlot } from '../../workspace/pairing/recoverySlot.ts';
import { createReplicator, type Replicator } from '../../workspace/replication/replicator.ts';
import { dial, systemSurroundings } from '../../workspace/replication/surroundings.ts';
import type { Services } from './services.ts';

export interface SyncService {
  readonly replicator: Replicator;
  /** Whether there is anybody to sync with: a relay, or devices on the network. */
  isAlone(): boolean;
  /**
   * Resolves when everything known is exchanged.
   *
   * @returns false when that did not happen in time.
   */
  settled(timeout: number): Promise<boolean>;
  /** Connects to the relays, unless it has begun to. */
  start(): void;
  status(): SyncStatus;
  addRelay(url: string, onProgress: (done: number, total: number) => void): Promise<string>;
  devices(): DeviceRow[];
  /** @param device an id or an exact name. @throws FailureError `notFound`. */
  rename(device: string, name: string): Promise<void>;
  /** @throws FailureError `notFound`, `deviceRefused`. */
  remove(device: string, wipe: boolean): Promise<void>;
  /** @throws FailureError `relayMissing`, `pairingFailed`. */
  offer(): Promise<{ readonly code: string }>;
  /** @throws FailureError `pairingFailed`. */
  met(): Promise<{ readonly digits: string; readonly name: string }>;
  /** @returns the new device's name, once its vault is made. @throws FailureError `pairingFailed`. */
  answer(yes: boolean): Promise<{ readonly device: string }>;
  cancelOffer(): void;
  stop(): Promise<void>;
}

export function createSyncService(
  services: Services,
  onChange: () => void,
  log: (line: string) => void,
): SyncService {
  const { vault, membership } = services;
  const { store, keys, random } = vault;
  const replicator = createReplicator(services, {
    dial,
    surroundings: systemSurroundings,
    log,
  });
  const lan = createLan({ contents: services, replicator, log });
  const followLan = () =>
    lan.follow().catch(() => log('This device could not be served on the network.'));
  const stopListening = store.onCommitted((changes) => {
    if (started && (changes.has('device') || changes.has('settings'))) void followLan();
  });
  let started = false;
  let offered: Offer | null = null;
  const urls = () => replicator.relays().map(({ url }) => url);
  replicator.onChange(onChange);
  replicator.onOpen((client) => writeRecoverySlot(client, services, urls(), random));

  function find(reference: string): DeviceRow {
    const rows = devices();
    const found =
      rows.find(({ id }) => id === reference) ??
      rows.find(({ name, removedAt }) => name === reference && removedAt === null);
    if (!found) throw new FailureError({ code: 'notFound', kind: 'device', name: reference });
    if (rows.filter((row) => row.name === reference && row.removedAt === null).length > 1) {
      throw new FailureError({ code: 'ambiguousName', kind: 'device', name: reference });
    }
    return found;
  }

  function devices(): DeviceRow[] {
    const known = [...membership.current().devices.values()];
    const self = keys.device.id;
    if (known.length === 0) {
      const { name } = keys.device;
      return [{ id: self, name, addedAt: 0, self: true, removedAt: null, wipeAsked: false }];
    }
    return known.map(({ id, name, addedAt, removed }) => ({
      id,
      name,
      addedAt,
      self: id === self,
      removedAt: removed?.at ?? null,
      wipeAsked: removed?.wipe ?? false,
    }));
  }

  function required(): Offer {
    if (!offered) {
      throw new FailureError({ code: 'pairingFailed', reason: 'cancelled' });
    }
    return offered;
  }

  function start(): void {
    if (started) return;
    started = true;
    replicator.start();
    void followLan();
  }

  const isAlone = () => replicator.relays().length === 0 && !lan.isOn();

  /** Where there is no relay: once a device was found and read, and has read this one or left. */
  function settledOnLan(timeout: number): Promise<boolean> {
    return new Promise((resolve) => {
      let hasRead = false;
      const look = () => {
        const progress = lan.progress();
        hasRead ||= progress === 'read' || progress === 'settled';
        return progress === 'settled' || (hasRead && progress === 'nobody');
      };
      const finish = (settled: boolean) => {
        stopWatching();
        clearInterval(looking);
        clearTimeout(ending);
        resolve(settled);
      };
      const tick = () => look() && finish(true);
      // Somebody may come, be read and leave between two looks.
      const stopWatching = replicator.onChange(tick);
      const looking = setInterval(tick, 50);
      const ending = setTimeout(() => finish(look()), timeout);
    });
  }

  return {
    replicator,
    isAlone,
    async settled(timeout) {
      start();
      if (replicator.relays().length > 0) return replicator.settled(timeout);
      const began = performance.now();
      const found = await settledOnLan(timeout);
      return found && replicator.settled(Math.max(1, timeout - (performance.now() - began)));
    },
    start,
    status() {
      const { relays, trouble, removed } = replicator.status();
      const nameOf = (id: string) => membership.device(id)?.name ?? id.slice(0, 8);
      return {
        relays: relays
          .filter(({ isPeer }) => !isPeer)
          .map(({ relayId, isPeer: _, ...row }) => ({ id: relayId, ...row })),
        nearby: relays
          .filter(({ isPeer }) => isPeer)
          .map(({ relayId, state }) => {
            const deviceId = relayId.replace(/^lan:/, '');
            return { deviceId, name: nameOf(deviceId), state };
          }),
        missing: trouble.missing,
        parked: trouble.parked,
        refused: trouble.refused.map(({ reason, deviceId }) => ({
          reason,
          device: deviceId === null ? null : nameOf(deviceId),
        })),
        removed: removed && { ...removed, by: nameOf(removed.by) },
      };
    },
    addRelay(url, onProgress) {
      start();
      return replicator.addRelay(url, onProgress);
    },
    devices,
    async rename(reference, name) {
      const { id } = find(reference);
      membership.found();
      await store.commit(() => membership.renameDevice(id, name));
      onChange();
    },
    async remove(reference, wipe) {
      const { id, self, removedAt } = find(reference);
      if (self) throw new FailureError({ code: 'deviceRefused', reason: 'self' });
      if (removedAt !== null) throw new FailureError({ code: 'deviceRefused', reason: 'removed' });
      await store.commit(() => {
        membership.removeDevice(id, services.outbox.reached(id), wipe);
        services.activity.add({ type: 'removeDevice', name: membership.device(id)?.name ?? id });
      });
      replicator.wake();
      onChange();
    },
    async offer() {
      start();
      offered?.cancel();
      const relays = urls();
      const meetAt = relays[0] ?? (await lan.openDoor().catch(() => null));
      if (!meetAt) throw new FailureError({ code: 'relayMissing' });
      // Without a relay, this is when others are told for the first time.
      await replicator.share();
      offered = await offerPairing({ contents: services, relays, meetAt, dial, random });
      return { code: offered.code };
    },
    met: () => required().met,
    async answer(yes) {
      const offer = required();
      offer.answer(yes);
      try {
        const id = await offer.done;
        const device = membership.device(id)?.name ?? id;
        await store.commit(() => services.activity.add({ type: 'addDevice', name: device }));
        onChange();
        return { device };
      } finally {
        if (offered === offer) offered = null;
        lan.closeDoor();
        void followLan();
      }
    },
    cancelOffer() {
      offered?.cancel();
      offered = null;
      lan.closeDoor();
      if (started) void followLan();
    },
    async stop() {
      offered?.cancel();
      stopListening();
      await lan.stop();
      await replicator.stop();
    },
  };
}

/** What a device is called until somebody renames it. */
export const defaultDeviceName = (): string => hostname().slice(0, 100) || 'Warren';
