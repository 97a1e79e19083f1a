/**
 * A vault's part in its workspace: which relays it uses, and how far it is with each. Started once the
 * vault is open, stopped before it closes.
 */
import { toHex } from '../../crypto/hex.ts';
import type { RelayClient } from '../../sync-relay/client/relayClient.ts';
import { relayAddress } from '../../sync-relay/client/webSocketClient.ts';
import type { Events } from '../../sync-relay/protocol/messages.ts';
import { emptyChain } from '../../sync-relay/protocol/proofs.ts';
import type { Contents } from '../contents.ts';
import { FailureError } from '../model/failure.ts';
import { announceAll } from './announce.ts';
import { compact, levelToCompact } from './compaction.ts';
import { createLeases, type LeaseAuthority, type Leases } from './leases.ts';
import { createReceiver, type Receiver } from './receiving/receiver.ts';
import type { Trouble } from './receiving/trouble.ts';
import { createRelayLink, type LinkStatus, type RelayLink } from './relayLink.ts';
import { createSessionTravel, type SessionTravel } from './sessionTravel.ts';
import type { Dial, Surroundings } from './surroundings.ts';

/** Milliseconds, on average, between having much to compact and doing it. */
const compactedAfter = 20_000;
/** Milliseconds that documents may wait for all of their changes: opened between two, they are opened twice. */
const openedWithin = 2_000;
/** Milliseconds that each device waits longer than the one before it to make an epoch. */
const rotatedAfter = 3_000;
/** Milliseconds between two epochs that this device makes because one is missing. */
const rotatedAtMostEvery = 60_000;

export interface SyncStatus {
  readonly relays: readonly LinkStatus[];
  readonly trouble: Trouble;
  /** This device was removed from the workspace; by whom and whether its vault is to be deleted. */
  readonly removed: { readonly at: number; readonly by: string; readonly wipe: boolean } | null;
}

export interface Replicator {
  readonly receiver: Receiver;
  readonly travel: SessionTravel;
  readonly leases: Leases;
  /** Connects to the relays that the vault knows. */
  start(): void;
  /** @throws FailureError `invalid` when it is no address; `duplicateName` when it is known. */
  addRelay(url: string, onProgress?: (done: number, total: number) => void): Promise<string>;
  /** @throws FailureError `notFound`. */
  removeRelay(relayId: string): Promise<void>;
  relays(): readonly { readonly id: string; readonly url: string }[];
  /**
   * Reads from another device that serves its log, until it is left. Known already: nothing happens.
   *
   * @param key the device's signing key, 32 bytes: nobody else is read from at that address.
   */
  addPeer(peer: { readonly id: string; readonly url: string; readonly key: Uint8Array }): void;
  leavePeer(id: string): Promise<void>;
  /** Who keeps leases where there is no relay. */
  useForLeases(authority: () => LeaseAuthority): void;
  /** The connection to a peer, while there is one that is let in. */
  peer(id: string): RelayClient | null;
  /** Seals everything that is here for other devices, unless that was done. */
  share(onProgress?: (done: number, total: number) => void): Promise<void>;
  status(): SyncStatus;
  /** Sends and looks now, whatever was being waited for. */
  wake(): void;
  /**
   * Resolves when every relay has all that is here and has been read to its end.
   *
   * @returns false when that did not happen in time.
   */
  settled(timeout: number): Promise<boolean>;
  /** Connections that are let in, for registers and blobs. */
  clients(): readonly RelayClient[];
  onChange(listener: () => void): () => void;
  onRegister(listener: (register: Events['register']) => void): () => void;
  onEphemeral(listener: (frame: Uint8Array) => void): () => void;
  /** Says the same in fewer envelopes, level by level, until there is nothing to gain. */
  compact(): Promise<void>;
  /** Work to be done at each relay once it let this device in. */
  onOpen(work: (client: RelayClient) => void | Promise<void>): void;
  stop(): Promise<void>;
}

export interface ReplicatorOptions {
  readonly dial: Dial;
  readonly surroundings: Surroundings;
  readonly log: (line: string) => void;
}

export function createReplicator(contents: Contents, options: ReplicatorOptions): Replicator {
  const { vault, outbox, membership } = contents;
  const { store, database } = vault;
  const { surroundings } = options;
  const receiver = createReceiver(contents);
  const links = new Map<string, RelayLink>();
  const changed = new Set<() => void>();
  const registers = new Set<(register: Events['register']) => void>();
  const ephemerals = new Set<(frame: Uint8Array) => void>();
  const opened: ((client: RelayClient) => void | Promise<void>)[] = [];
  const allRelays = database.prepare<[], { id: string; url: string }>(
    'select id, url from relay order by added_at, id',
  );
  let running = false;
  const wakeAll = () => {
    for (const link of links.values()) link.wake();
  };
  const stopListening = outbox.onGrown(wakeAll);

  function startLink(
    relay: { readonly id: string; readonly url: string },
    peerKey?: Uint8Array,
  ): void {
    const link = createRelayLink({
      peerKey,
      contents,
      receiver,
      relay,
      dial: options.dial,
      surroundings,
      log: options.log,
      isOnly: () => [...links.values()].filter((one) => !one.status().isPeer).length === 1,
      onChange: () => {
        for (const listener of changed) listener();
        openSoon();
      },
      onEphemeral: (frame) => {
        for (const listener of ephemerals) listener(frame);
      },
      onRegister: (register) => {
        for (const listener of registers) listener(register);
      },
      onOpen: async (client) => {
        if (peerKey) return;
        for (const work of opened) await work(client);
        await travel.upload(relay.id, client);
      },
    });
    links.set(relay.id, link);
    if (running) link.start();
  }

  let isOpening = false;
  let cancelOpening: (() => void) | null = null;
  /** In the background: what came and was not opened is, once more of it is not on its way. */
  function openSoon(): void {
    if (!running) return;
    if (![...links.values()].some((link) => link.isExchanging())) void openAll();
    else {
      cancelOpening ??= surroundings.setTimer(() => {
        cancelOpening = null;
        void openAll();
      }, openedWithin);
    }
  }

  /** A few documents at a time. */
  async function openAll(): Promise<void> {
    if (isOpening || !running) return;
    isOpening = true;
    try {
      while (running && (await receiver.openSome())) await surroundings.pause();
      for (const listener of changed) listener();
      if (isSettled()) {
        compactSoon();
        rotateSoon();
      }
    } catch (error) {
      options.log(`Opening stopped: ${error instanceof Error ? error.message : 'unknown'}`);
    } finally {
      isOpening = false;
    }
  }

  let cancelRotation: (() => void) | null = null;
  let rotatedAt = Number.NEGATIVE_INFINITY;
  /** Whoever's turn comes first makes the epoch that is missing; the others see it before theirs. */
  function rotateSoon(): void {
    if (cancelRotation || !membership.needsRotation()) return;
    const members = [...membership.current().devices.values()]
      .filter(({ removed }) => !removed)
      .map(({ id }) => id)
      .sort();
    const turn = members.indexOf(vault.keys.device.id);
    cancelRotation = surroundings.setTimer(
      () => {
        cancelRotation = null;
        if (!running || !isSettled() || !membership.needsRotation()) return;
        rotatedAt = surroundings.monotonic();
        store
          .commit(() => membership.rotate())
          .catch((error: unknown) => {
            options.log(`Rotating stopped: ${error instanceof Error ? error.message : 'unknown'}`);
          });
      },
      Math.max(
        rotatedAfter * turn * (1 + surroundings.chance() / 4),
        rotatedAt + rotatedAtMostEvery - surroundings.monotonic(),
      ),
    );
  }

  let compacting: Promise<void> | null = null;
  function compactAll(): Promise<void> {
    compacting ??= (async () => {
      for (let level = levelToCompact(contents); level !== null && running; ) {
        const done = await compact(contents, level, surroundings.pause);
        level = done ? levelToCompact(contents) : null;
      }
    })().finally(() => {
      compacting = null;
    });
    return compacting;
  }

  let cancelCompaction: (() => void) | null = null;
  /** Not at once, and not when all others do: one of the devices is enough. */
  function compactSoon(): void {
    if (cancelCompaction || levelToCompact(contents) === null) return;
    const after = compactedAfter * (0.5 + surroundings.chance());
    cancelCompaction = surroundings.setTimer(() => {
      cancelCompaction = null;
      if (!running || !isSettled()) return;
      compactAll().catch((error: unknown) => {
        options.log(`Compacting stopped: ${error instanceof Error ? error.message : 'unknown'}`);
      });
    }, after);
  }

  const travel = createSessionTravel(
    contents,
    () =>
      [...links].flatMap(([id, link]) => {
        const client = link.client();
        return client ? [{ id, client }] : [];
      }),
    (time) => new Promise((resolve) => surroundings.setTimer(resolve, time)),
  );

  let withoutRelay = (): LeaseAuthority => ({ configured: false, client: null });
  const leases = createLeases(
    contents,
    () => {
      // The same for all devices that use the same relays.
      const [first] = allRelays.all().toSorted((a, b) => (a.url < b.url ? -1 : 1));
      const others = [...membership.current().devices.values()].filter(({ removed }) => !removed);
      // Whoever has one device never waits for a relay.
      if (others.length < 2) return { configured: false, client: null };
      if (!first) return withoutRelay();
      return { configured: true, client: links.get(first.id)?.client() ?? null };
    },
    {
      setTimer: surroundings.setTimer,
      monotonic: surroundings.monotonic,
      now: surroundings.now,
    },
  );

  const isSettled = () =>
    contents.documents.isShown() &&
    [...links.values()].every((link) => {
      const { state, unsent, isPeer } = link.status();
      // A peer that left the network is nobody to wait for.
      return (state === 'upToDate' && unsent === 0) || (isPeer && state === 'unreachable');
    });

  return {
    receiver,
    travel,
    leases,
    start() {
      running = true;
      for (const relay of allRelays.all()) startLink(relay);
      for (const link of links.values()) link.start();
    },
    async addRelay(text, onProgress = () => undefined) {
      const url = addressOf(text);
      if (allRelays.all().some((relay) => relay.url === url)) {
        throw new FailureError({ code: 'duplicateName', kind: 'relay', name: url });
      }
      await announceAll(contents, travel.share, onProgress);
      const id = toHex(vault.random(8));
      await store.commit(() => {
        database
          .prepare('insert into relay (id, url, added_at, chain) values (?, ?, ?, ?)')
          .run(id, url, store.clock.tick(), emptyChain);
        contents.log.resend(id);
        store.touch('relay', id);
      });
      startLink({ id, url });
      return id;
    },
    async removeRelay(reference) {
      const relay = allRelays.all().find(({ id, url }) => id === reference || url === reference);
      if (!relay) throw new FailureError({ code: 'notFound', kind: 'relay', name: reference });
      await links.get(relay.id)?.stop();
      links.delete(relay.id);
      await store.commit(() => {
        database.prepare('delete from relay where id = ?').run(relay.id);
        store.touch('relay', relay.id);
      });
    },
    relays: () => allRelays.all(),
    addPeer(peer) {
      const { id, url, key } = peer;
      if (!links.has(id)) startLink({ id, url }, key);
    },
    async leavePeer(id) {
      const link = links.get(id);
      if (!link?.status().isPeer) return;
      links.delete(id);
      await link.stop();
    },
    useForLeases(authority) {
      withoutRelay = authority;
    },
    peer: (id) => links.get(id)?.client() ?? null,
    share: (onProgress = () => undefined) => announceAll(contents, travel.share, onProgress),
    status() {
      const removal = membership.removal();
      return {
        relays: [...links.values()].map((link) => link.status()),
        trouble: receiver.trouble(),
        removed: removal && { at: removal.at, by: removal.by, wipe: removal.wipe },
      };
    },
    wake: wakeAll,
    settled: (timeout) =>
      new Promise((resolve) => {
        const finish = (settled: boolean) => {
          changed.delete(look);
          cancel();
          resolve(settled);
        };
        const look = () => {
          if (isSettled()) finish(true);
        };
        const cancel = surroundings.setTimer(() => finish(false), timeout);
        changed.add(look);
        wakeAll();
        look();
      }),
    clients: () => [...links.values()].flatMap((link) => link.client() ?? []),
    onChange(listener) {
      changed.add(listener);
      return () => changed.delete(listener);
    },
    onRegister(listener) {
      registers.add(listener);
      return () => registers.delete(listener);
    },
    onEphemeral(listener) {
      ephemerals.add(listener);
      return () => ephemerals.delete(listener);
    },
    compact: compactAll,
    onOpen: (work) => void opened.push(work),
    async stop() {
      running = false;
      cancelOpening?.();
      cancelOpening = null;
      cancelRotation?.();
      cancelRotation = null;
      cancelCompaction?.();
      cancelCompaction = null;
      stopListening();
      await compacting?.catch(() => undefined);
      await leases.stop();
      await Promise.all([...links.values()].map((link) => link.stop()));
      links.clear();
    },
  };
}

function addressOf(text: string): string {
  try {
    return relayAddress(text).href.replace(/\/$/, '');
  } catch {
    throw new FailureError({
      code: 'invalid',
      issues: [{ path: 'url', message: 'is not the address of a relay' }],
    });
  }
}
