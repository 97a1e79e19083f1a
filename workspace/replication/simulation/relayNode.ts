/** A relay with real code over a network that can do everything a network does. */
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { ConnectionError, createRelayClient } from '../../../sync-relay/client/relayClient.ts';
import { decodeFrame, encodeFrame } from '../../../sync-relay/protocol/frame.ts';
import { createRelay, type Relay, type Session } from '../../../sync-relay/server/relay.ts';
import type { RelayStore } from '../../../sync-relay/store/relayStore.ts';
import { createSqliteStore } from '../../../sync-relay/store/sqliteStore.ts';
import type { Dial } from '../surroundings.ts';
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
  /** What it tells a device is now and then not so, until it is told to be honest. */
  lie(device: string, how: Lie): void;
  /** Tells a device another story from now on: a copy of the log that goes its own way. */
  fork(device: string): Promise<void>;
  /** Whether it tells a device another story than others. */
  deceives(device: string): boolean;
  /** No lies, and one log for everybody: the copy's own way is lost. */
  beHonest(): Promise<void>;
  stop(): Promise<void>;
}

export const lies = ['withheld', 'frozen', 'wrongPositions', 'reordered', 'repeated'] as const;
export type Lie = (typeof lies)[number];
const lieChance = 0.3;

/** A store and what serves it, on the same data as no other. */
interface Engine {
  readonly store: RelayStore;
  readonly relay: Relay;
}

interface Told {
  readonly position: number;
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
  const copy = `${folder}/copy`;
  mkdirSync(data, { recursive: true });
  let engine: Engine;
  let forked: { readonly device: string; readonly engine: Engine } | null = null;
  let up = false;
  let connections = new Set<Connection>();
  const apart = new Set<string>();
  let lie: { readonly device: string; readonly how: Lie } | null = null;

  function engineOn(dir: string, restored: boolean): Engine {
    const { now } = world;
    const store = mutate(createSqliteStore({ dir, restored, now, random: world.randomOf(name) }));
    const relay = createRelay({
      store,
      name: () => name,
      now,
      random: world.randomOf(name),
      pause: async () => undefined,
    });
    return { store, relay };
  }

  function start(restored: boolean): void {
    engine = engineOn(data, restored);
    up = true;
  }

  function cutAll(which: (connection: Connection) => boolean): void {
    for (const connection of [...connections]) if (which(connection)) connection.close();
  }

  async function end(): Promise<void> {
    up = false;
    cutAll(() => true);
    await engine.store.close();
  }

  async function endFork(): Promise<void> {
    const ending = forked;
    forked = null;
    cutAll(({ device }) => device === ending?.device);
    await ending?.engine.store.close();
    rmSync(copy, { recursive: true, force: true });
  }

  /** What a liar makes of what the relay says: frames instead of the one. */
  function twisted(device: string, frame: Uint8Array): readonly Uint8Array[] {
    if (lie?.device !== device || world.chance() >= lieChance) return [frame];
    const decoded = decodeFrame(frame);
    const body = decoded?.body as { entries?: readonly Told[]; head?: number } | undefined;
    if (!decoded || !body?.entries || body.entries.length === 0) return [frame];
    world.note(`lie to ${device}`);
    const said = (entries: readonly Told[]) =>
      encodeFrame(decoded.name, decoded.number, { ...body, entries });
    const dropped = world.below(body.entries.length);
    switch (lie.how) {
      case 'withheld':
        return [said(body.entries.filter((_, at) => at !== dropped))];
      case 'frozen':
        return decoded.name === 'ok' ? [said([])] : [];
      case 'wrongPositions':
        return [
          said(body.entries.map((one) => ({ ...one, position: one.position + dropped + 1 }))),
        ];
      case 'reordered':
        return [said(body.entries.toReversed())];
      case 'repeated':
        return [frame, frame];
    }
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
      const { relay } = forked?.device === device ? forked.engine : engine;
      session = relay.connect({
        send(frame) {
          for (const sent of twisted(device, frame.slice())) {
            carry('down', () => {
              world.note(`${name} > ${device}`, sent);
              end.receive(sent);
            });
          }
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
    lie(device, how) {
      lie = { device, how };
    },
    async fork(device) {
      if (forked) return;
      await end();
      cpSync(data, copy, { recursive: true });
      start(false);
      forked = { device, engine: engineOn(copy, false) };
    },
    deceives: (device) => lie?.device === device || forked?.device === device,
    async beHonest() {
      lie = null;
      await endFork();
    },
    async stop() {
      connections = new Set();
      up = false;
      await endFork();
      await engine.store.close();
    },
  };
}
