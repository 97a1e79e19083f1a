/**
 * Syncing on the local network, without a relay: this device serves its own log to the workspace's other
 * devices and reads theirs. What it serves is what a relay would show: sealed envelopes, to whoever proves
 * the workspace's access key.
 */
import { networkInterfaces } from 'node:os';
import type { RelayClient } from '../../sync-relay/client/relayClient.ts';
import { type RelayServer, startRelayServer } from '../../sync-relay/server/relayServer.ts';
import { RefusedError } from '../../sync-relay/store/relayStore.ts';
import { createSqliteStore } from '../../sync-relay/store/sqliteStore.ts';
import type { Contents } from '../contents.ts';
import { accessSigner } from '../keys/epochs.ts';
import type { Replicator } from '../replication/replicator.ts';
import { layout } from '../vault/layout.ts';
import { createDeviceStore, type DeviceStore } from './deviceStore.ts';
import { type Discovery, discover, type Neighbour } from './discovery.ts';

export interface Lan {
  /** Serves and looks, where the settings and the list of devices say so; asked again, looks anew. */
  follow(): Promise<void>;
  /**
   * Lets devices that are no members yet meet here.
   *
   * @returns the address for them, or null where this device has none on a network.
   */
  openDoor(): Promise<string | null>;
  closeDoor(): void;
  /** Whether devices of the workspace are looked for. */
  isOn(): boolean;
  /**
   * How far it is with the devices that are near: none is there, some are being read, all of one was read,
   * or it has also read all from here.
   */
  progress(): 'nobody' | 'reading' | 'read' | 'settled';
  /** Address that it is served at, for tests and for typing. */
  address(): string | null;
  stop(): Promise<void>;
}

export interface LanOptions {
  readonly contents: Contents;
  readonly replicator: Replicator;
  readonly log: (line: string) => void;
  /** How others are found. */
  readonly find?: typeof discover;
}

const quotas = { channels: 16, channelRegisters: 20_000, channelBytes: 8 * 1024 * 1024 } as const;
const connections = 64;

interface Serving {
  readonly server: RelayServer;
  readonly store: DeviceStore;
  readonly discovery: Discovery;
}

export function createLan({ contents, replicator, log, find = discover }: LanOptions): Lan {
  const { vault, membership, outbox, epochs, settings } = contents;
  const { keys, store: vaultStore, random } = vault;
  const { channel } = keys;
  const neighbours = new Map<string, Neighbour>();
  const following = new Map<string, string>();
  let serving: Serving | null = null;
  let starting: Promise<Serving> | null = null;
  let doorIsOpen = false;
  let stopped = false;

  const others = () =>
    [...membership.current().devices.values()].filter(
      ({ id, removed }) => !removed && id !== keys.device.id,
    );
  const isWanted = () =>
    !stopped &&
    !membership.removal() &&
    settings.read().syncOnLan &&
    outbox.isShared() &&
    others().length > 0;

  async function serve(): Promise<Serving> {
    const kept = createSqliteStore({ dir: layout.lan(vault.dir), quotas });
    // Registers lie in a channel of the same name, under a key that nobody proves.
    await kept.create(channel, accessSigner(epochs.current(), channel).publicKey);
    const store = createDeviceStore(contents, {
      ...kept,
      create: (other, key) => {
        if (!doorIsOpen) return Promise.reject(new RefusedError('quota'));
        return kept.create(other, key);
      },
    });
    const server = await startRelayServer({
      store,
      identity: keys.device.signer,
      host: '0.0.0.0',
      port: 0,
      connections,
      showsFigures: false,
      nameFor: (host) => (ownNames(server.port).includes(host) ? host : null),
    });
    const discovery = find({
      port: server.port,
      deviceId: keys.device.id,
      channel,
      current: epochs.current,
      epochs: epochs.all,
      isMember: (id) => others().some((device) => device.id === id),
      random,
      onFound: (neighbour) => {
        neighbours.set(neighbour.deviceId, neighbour);
        follow();
      },
      onGone: (deviceId) => {
        neighbours.delete(deviceId);
        follow();
      },
      log,
    });
    store.successorOfAll();
    return { server, store, discovery };
  }

  function begin(): Promise<Serving> {
    if (serving) return Promise.resolve(serving);
    starting ??= serve().then(
      (begun) => {
        starting = null;
        serving = begun;
        return begun;
      },
      (error: unknown) => {
        starting = null;
        throw error;
      },
    );
    return starting;
  }

  async function end(): Promise<void> {
    await starting?.catch(() => undefined);
    const ending = serving;
    serving = null;
    neighbours.clear();
    follow();
    await ending?.discovery.stop();
    await ending?.server.stop();
  }

  /** Reads from those who are near and belong here. */
  function follow(): void {
    const members = new Map(others().map(({ id, publicKeys }) => [id, publicKeys.signing]));
    for (const [id, url] of following) {
      const near = isWanted() && members.has(id) && neighbours.get(id)?.urls.includes(url);
      if (near) continue;
      following.delete(id);
      void replicator.leavePeer(peerOf(id));
    }
    if (!isWanted()) return;
    for (const { deviceId, urls } of neighbours.values()) {
      const url = nearest(urls);
      const key = members.get(deviceId);
      if (!url || !key || following.has(deviceId)) continue;
      following.set(deviceId, url);
      replicator.addPeer({ id: peerOf(deviceId), url, key });
    }
  }

  let telling: Promise<void> | null = null;
  let tellAgain = false;
  /** Those who listen are told what is new, and those who belong here no more are shut out. */
  function tell(): void {
    tellAgain = true;
    telling ??= (async () => {
      while (tellAgain && serving && !stopped) {
        tellAgain = false;
        const { server, store } = serving;
        const successor = store.successorOfAll();
        if (successor) {
          server.relay.retire(channel, successor.next, successor.notice);
          serving.discovery.refresh();
        }
        if (!server.relay.hears(channel)) store.skip();
        else
          for (const event of await store.fresh()) {
            if (server.relay.tell(channel, event) > 0) store.heard(event);
          }
      }
    })()
      .catch((error: unknown) => log(`Serving: ${error instanceof Error ? error.message : ''}`))
      .finally(() => {
        telling = null;
      });
  }

  // What came from others may change nothing that is shown, and is to be told all the same.
  const stopListening = [
    vaultStore.onCommitted(tell),
    outbox.onGrown(tell),
    replicator.onChange(tell),
  ];

  replicator.useForLeases(() => {
    const [senior] = [...membership.current().devices.values()].filter(({ removed }) => !removed);
    if (!serving || !senior) return { configured: isWanted(), client: null };
    const isHere = senior.id === keys.device.id;
    const client = isHere ? localRegisters(serving.store) : replicator.peer(peerOf(senior.id));
    return { configured: true, client };
  });

  return {
    async follow() {
      if (isWanted() || doorIsOpen) await begin();
      else await end();
      follow();
    },
    async openDoor() {
      doorIsOpen = true;
      const { server } = await begin();
      const [address] = networkAddresses();
      return address ? `ws://${address}:${server.port}` : null;
    },
    closeDoor() {
      doorIsOpen = false;
    },
    isOn: isWanted,
    progress() {
      const states = replicator
        .status()
        .relays.filter(({ isPeer, state }) => isPeer && state !== 'unreachable')
        .map(({ state }) => state);
      if (states.length === 0) return 'nobody';
      if (!states.includes('upToDate')) return 'reading';
      return serving?.store.isRead() ? 'settled' : 'read';
    },
    address: () => (serving ? `ws://127.0.0.1:${serving.server.port}` : null),
    async stop() {
      stopped = true;
      for (const stop of stopListening) stop();
      await telling;
      await end();
    },
  };
}

const peerOf = (deviceId: string): string => `lan:${deviceId}`;

/** IPv4 addresses of this device that others on its networks can dial. */
function networkAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
}

const ownNames = (port: number): string[] =>
  ['127.0.0.1', ...networkAddresses()].map((address) => `${address}:${port}`);

/** One on a network that this device is on as well, where there is one. */
function nearest(urls: readonly string[]): string | undefined {
  const network = (address: string) => address.split('.').slice(0, 3).join('.');
  const own = networkAddresses().map(network);
  return urls.find((url) => own.includes(network(new URL(url).hostname))) ?? urls[0];
}

/** This device's own registers, asked like a relay's. */
function localRegisters(store: DeviceStore): Pick<RelayClient, 'ask'> {
  const ask = async (name: string, body: unknown): Promise<unknown> => {
    const { channel, register, version, value } = body as {
      channel: Uint8Array;
      register: Uint8Array;
      version: number;
      value: Uint8Array;
    };
    if (name === 'getRegister') return store.register(channel, register);
    const { set, slot } = await store.setRegister(channel, register, version, value);
    return { set, ...slot };
  };
  return { ask: ask as RelayClient['ask'] };
}
