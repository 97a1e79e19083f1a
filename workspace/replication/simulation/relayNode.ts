/** A relay with real code over a network that can do everything a network does. */
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { ConnectionError, createRelayClient } from '../../../sync-relay/client/relayClient.ts';
import { decodeFrame, encodeFrame } from '../../../sync-relay/protocol/frame.ts';
import { createRelay, type Relay, type Session } from '../../../sync-relay/server/relay.ts';
import type { RelayStore } from '../../../sync-relay/store/relayStore.ts';
import { createSqliteStore } from '../../../sync-relay/store/sqliteStore.ts';
import type { Dial } from '../relayLink.ts';
import type { World } from './world.ts';

export interface RelayNode {
  readonly url: string;
  /** For one device; nothing gets through while it is partitioned. */
  dialFor(device: string): Dial;
  partition(device: string, apart: boolean): void;
  /** Ends a device's connections in the middle of whatever is said. */
  cut(device: string): void;
  restart(): Promise<void>;
  backUp(): Promise<void>;
  /** Puts the backup in the place of the data, or nothing at all. */
  restore(from: 'backup' | 'nothing'): Promise<void>;
  /** While it is set, entries that it tells a device of are withheld with this chance. */
  lie(device: string | null, chance: number): void;
  stop(): Promise<void>;
}

interface Connection {
  readonly device: string;
  close(): void;
}

export async function createRelayNode(
  world: World,
  folder: string,
  name: string,
  mutate: (store: RelayStore) => RelayStore,
): Promise<RelayNode> {
  const data = `${folder}/data`;
  const backup = `${folder}/backup`;
  mkdirSync(data, { recursive: true });
  let store: RelayStore;
  let relay: Relay;
  let up = false;
  let connections = new Set<Connection>();
  const apart = new Set<string>();
  let lie: { device: string; chance: number } | null = null;

  function start(restored: boolean): void {
    store = mutate(
      createSqliteStore({ dir: data, restored, now: world.now, random: world.randomOf(name) }),
    );
    relay = createRelay({ store, name: () => name, now: world.now, random: world.randomOf(name) });
    up = true;
  }

  function cutAll(which: (connection: Connection) => boolean): void {
    for (const connection of [...connections]) if (which(connection)) connection.close();
  }

  async function end(): Promise<void> {
    up = false;
    cutAll(() => true);
    await store.close();
  }

  /** What a liar makes of what the relay says. */
  function twisted(device: string, frame: Uint8Array): Uint8Array {
    if (lie?.device !== device || world.chance() >= lie.chance) return frame;
    const decoded = decodeFrame(frame);
    const body = decoded?.body as { entries?: readonly unknown[] } | undefined;
    if (!decoded || !body?.entries || body.entries.length === 0) return frame;
    const dropped = world.below(body.entries.length);
    const entries = body.entries.filter((_, at) => at !== dropped);
    world.note(`lie to ${device}`);
    return encodeFrame(decoded.name, decoded.number, { ...body, entries });
  }

  start(false);
  return {
    url: `ws://${name}`,
    dialFor: (device) => async (_url, on) => {
      await new Promise<void>((resolve) => world.at(1 + world.below(20), resolve));
      if (!up || apart.has(device)) throw new ConnectionError('unreachable');
      let open = true;
      const arrival = { up: 0, down: 0 };
      const carry = (way: 'up' | 'down', deliver: () => void) => {
        const delay = world.chance() < 0.02 ? world.below(3_000) : 1 + world.below(40);
        arrival[way] = Math.max(arrival[way], world.now() + delay);
        world.at(arrival[way] - world.now(), () => {
          if (open) deliver();
        });
      };
      let session: Session | null = null;
      const close = () => {
        if (!open) return;
        open = false;
        connections.delete(connection);
        session?.closed();
        end.closed();
      };
      const connection: Connection = { device, close };
      connections.add(connection);
      const end = createRelayClient(
        {
          send(frame) {
            const sent = frame.slice();
            carry('up', () => {
              world.note(`${device} > ${name}`, sent);
              session?.receive(sent);
            });
          },
          close: () => world.at(0, close),
        },
        {
          name,
          onEvent: on.event,
          onClosed: on.closed,
          setTimer: world.surroundings.setTimer,
        },
      );
      session = relay.connect({
        send(frame) {
          const sent = twisted(device, frame.slice());
          carry('down', () => {
            world.note(`${name} > ${device}`, sent);
            end.receive(sent);
          });
        },
        buffered: () => 0,
        close: () => world.at(0, close),
      });
      return end.ready;
    },
    partition(device, isApart) {
      if (isApart) {
        apart.add(device);
        cutAll((one) => one.device === device);
      } else apart.delete(device);
    },
    cut: (device) => cutAll((one) => one.device === device),
    async restart() {
      await end();
      start(false);
    },
    async backUp() {
      await end();
      rmSync(backup, { recursive: true, force: true });
      cpSync(data, backup, { recursive: true });
      start(false);
    },
    async restore(from) {
      await end();
      rmSync(data, { recursive: true, force: true });
      if (from === 'backup') cpSync(backup, data, { recursive: true });
      else mkdirSync(data, { recursive: true });
      start(from === 'backup');
    },
    lie(device, chance) {
      lie = device === null ? null : { device, chance };
    },
    async stop() {
      connections = new Set();
      up = false;
      await store.close();
    },
  };
}
