/**
 * One relay, kept up with: connected when it can be, read to its end, told what it lacks, listened to.
 * What goes wrong is waited out, longer each time; what a relay has lost is brought back from here.
 */
import { compareBytes } from '../../crypto/bytes.ts';
import { envelopeId } from '../../crypto/envelope.ts';
import { toHex } from '../../crypto/hex.ts';
import {
  ConnectionError,
  type RelayClient,
  type RelayEvent,
} from '../../sync-relay/client/relayClient.ts';
import { limits } from '../../sync-relay/protocol/limits.ts';
import { type Events, RelayError } from '../../sync-relay/protocol/messages.ts';
import { emptyChain } from '../../sync-relay/protocol/proofs.ts';
import type { Contents } from '../contents.ts';
import { createEntrance, RemovedError } from './entering.ts';
import type { Receiver } from './receiving/receiver.ts';
import { compareSets } from './setComparison.ts';
import type { Dial, Surroundings } from './surroundings.ts';

export type LinkState =
  | 'connecting'
  | 'exchanging'
  | 'upToDate'
  | 'unreachable'
  /** The relay does not want what it is sent, or us. */
  | 'refused'
  /** This device was removed from the workspace. */
  | 'removed'
  | 'stopped';

export interface LinkStatus {
  readonly relayId: string;
  readonly url: string;
  readonly state: LinkState;
  /** Since when, milliseconds since 1970. */
  readonly since: number;
  /** Whether it is another device's, on the same network. */
  readonly isPeer: boolean;
  /** Envelopes that it lacks. */
  readonly unsent: number;
  /** Why it is unreachable or refuses; a code. */
  readonly reason: string | null;
}

export interface RelayLink {
  start(): void;
  /** Sends now what waits; connects now if it waited to. */
  wake(): void;
  status(): LinkStatus;
  isExchanging(): boolean;
  /** The connection, while there is one that is let in. */
  client(): RelayClient | null;
  stop(): Promise<void>;
}

export interface LinkOptions {
  readonly contents: Contents;
  readonly receiver: Receiver;
  readonly relay: { readonly id: string; readonly url: string };
  /**
   * Given where it is another device that serves its own log: the signing key that it has to prove. Its log
   * is read, and nothing is sent there, since that device reads from here in the same way.
   */
  readonly peerKey?: Uint8Array | undefined;
  readonly dial: Dial;
  readonly surroundings: Surroundings;
  /** Whether it is the only relay of this vault. */
  readonly isOnly: () => boolean;
  readonly onChange: () => void;
  readonly onEphemeral: (frame: Uint8Array) => void;
  readonly onRegister: (register: Events['register']) => void;
  readonly onOpen: (client: RelayClient) => void | Promise<void>;
  readonly log: (line: string) => void;
}

/** Milliseconds: the first wait, and the longest. */
const backOff = { first: 500, longest: 60_000 } as const;
/** Milliseconds after which a device that was removed asks again: the removal may have been beaten. */
const removedWait = 3_600_000;
/** Fewer envelopes than that are sent as they are. */
const worthRegrouping = 64;
const sentAtOnce = 512 * 1024;
/** Bytes of envelopes taken in one transaction, so that nothing else waits long. */
const takenAtOnce = 64 * 1024;
const mostAtOnce = 64;
const hiddenAtOnce = 4096;

interface Cursor {
  readonly incarnation: Uint8Array | null;
  readonly position: number;
  readonly chain: Uint8Array;
}

const isLost: ReadonlySet<LinkState> = new Set(['unreachable', 'refused', 'removed']);

export function createRelayLink(options: LinkOptions): RelayLink {
  const { contents, receiver, relay, dial, surroundings, onChange, peerKey } = options;
  const isPeer = peerKey !== undefined;
  /** The relay's row, so that envelopes of a peer count as nobody's. */
  const source = isPeer ? null : relay.id;
  const { vault, epochs, membership, log, outbox } = contents;
  const { store, keys, database } = vault;
  const { channel } = keys;
  const entrance = createEntrance(contents, receiver, relay.id, isPeer);
  const selectCursor = database.prepare<
    [string],
    { incarnation: Buffer | null; position: number; chain: Buffer }
  >('select incarnation, position, chain from relay where id = ?');
  const moveCursor = database.prepare(
    'update relay set incarnation = ?, position = ?, chain = ? where id = ?',
  );

  let state: LinkState = 'stopped';
  let since = surroundings.now();
  let reason: string | null = null;
  let stopped = true;
  let failures = 0;
  let session: RelayClient | null = null;
  let letIn: RelayClient | null = null;
  let cancelWait: (() => void) | null = null;
  let working: Promise<void> | null = null;
  let wanted = false;
  /** Entries that came while something else was being done. */
  let arrived: Events['entries'][] = [];
  let behind = false;
  /** The epoch whose access key this connection proved. */
  let enteredWith = '';

  function become(next: LinkState, why: string | null = null): void {
    if (state === next && reason === why) return;
    if (state !== next) since = surroundings.now();
    state = next;
    reason = why;
    onChange();
  }

  /** A peer's log begins anew with its host: its cursor need not outlast the connection. */
  let peerCursor: Cursor = { incarnation: null, position: 0, chain: emptyChain };

  function cursor(): Cursor {
    if (isPeer) return peerCursor;
    const row = selectCursor.get(relay.id);
    return row
      ? {
          incarnation: row.incarnation && new Uint8Array(row.incarnation),
          position: row.position,
          chain: new Uint8Array(row.chain),
        }
      : { incarnation: null, position: 0, chain: emptyChain };
  }

  function saveCursor(incarnation: Uint8Array, position: number, chain: Uint8Array): void {
    if (isPeer) peerCursor = { incarnation, position, chain };
    else moveCursor.run(incarnation, position, chain, relay.id);
  }

  /** Works until there is nothing to do; asked again meanwhile, it goes round again. */
  function work(): void {
    wanted = true;
    if (working || stopped) return;
    working = (async () => {
      while (wanted && !stopped) {
        wanted = false;
        await round();
      }
    })().finally(() => {
      working = null;
      if (wanted && !stopped) work();
    });
  }

  async function round(): Promise<void> {
    if (cancelWait) return;
    try {
      const client = letIn ?? (await connect());
      await takeArrived(client);
      await send(client);
      if (!letIn) return;
      if (!isPeer && epochs.current().id !== enteredWith) await rotate(client);
      await hide(client);
      if (arrived.length === 0 && !behind && log.countUnsent(relay.id) === 0) become('upToDate');
      failures = 0;
    } catch (error) {
      fail(error);
    }
  }

  async function connect(): Promise<RelayClient> {
    // One that was lost stays lost, since it was, until it is reached again.
    if (!isLost.has(state)) become('connecting');
    const mine: { client: RelayClient | null; ended: boolean } = { client: null, ended: false };
    const client = await dial(relay.url, {
      event: (event) => {
        if (!mine.ended) told(event);
      },
      closed: () => {
        mine.ended = true;
        if (session && session === mine.client) lost();
      },
    });
    mine.client = client;
    if (mine.ended || stopped) throw new ConnectionError('closed');
    session = client;
    await enter(client);
    // Shut out meanwhile, by a rotation: what is dropped would look open, and never be told anything.
    if (session !== client) throw new ConnectionError('closed');
    letIn = client;
    await options.onOpen(client);
    return client;
  }

  function lost(): void {
    session = null;
    letIn = null;
    arrived = [];
    behind = false;
    if (stopped || state === 'removed') return;
    if (state !== 'unreachable' && state !== 'refused') become('unreachable', 'closed');
    wait();
  }

  function drop(): void {
    const client = session;
    session = null;
    letIn = null;
    arrived = [];
    behind = false;
    client?.close();
  }

  function fail(error: unknown): void {
    drop();
    if (stopped) return;
    if (error instanceof RemovedError) {
      become('removed');
      wait(removedWait);
      return;
    }
    if (error instanceof RelayError) become('refused', error.body.code);
    else if (error instanceof ConnectionError) become('unreachable', error.code);
    else {
      // A mistake of ours, or the disk: said in the log, tried again like everything else.
      options.log(`Syncing stopped: ${error instanceof Error ? error.message : 'unknown'}`);
      become('refused', 'failed');
    }
    wait(error instanceof RelayError ? error.body.retryAfter : undefined);
  }

  /** Longer each time, and not with everybody else at the same moment. */
  function wait(atLeast = 0): void {
    if (cancelWait) return;
    const longest = Math.min(backOff.longest, backOff.first * 2 ** failures);
    failures += 1;
    const after = Math.max(atLeast, longest * (0.5 + surroundings.chance() / 2));
    cancelWait = surroundings.setTimer(() => {
      cancelWait = null;
      work();
    }, after);
  }

  /** Proves the access key, whichever the relay knows, and brings it up to the newest epoch. */
  async function enter(client: RelayClient): Promise<void> {
    const entered = await entrance.openWithKnownKey(client);
    // Whoever listens on the network can say what a member said there.
    const isIt = !peerKey || (await client.identifies(channel, peerKey, vault.random(32)));
    if (!isIt) throw new ConnectionError('wrongDevice');
    const { incarnation, position, chain } = cursor();
    const same = incarnation !== null && compareBytes(incarnation, client.incarnation) === 0;
    const known = same && (await subscribes(client, position, chain));
    if (!known) await reconcile(client, entered.head);
    await pull(client);
    // What was withheld from this device, or lost without a trace, shows only in the sets.
    if (known) await exchange(client);
    if (membership.removal()) throw new RemovedError();
    enteredWith = entered.epoch.id;
    if (!isPeer && enteredWith !== epochs.current().id) await rotate(client);
  }

  /** Sends what waits, then has the newest epoch's key let in, which ends the connection. */
  async function rotate(client: RelayClient): Promise<never> {
    await send(client);
    return entrance.rotate(client, enteredWith);
  }

  async function subscribes(
    client: RelayClient,
    position: number,
    chain: Uint8Array,
  ): Promise<boolean> {
    try {
      const { head } = await client.ask('subscribe', { channel, position, chain });
      behind = head > position;
      return true;
    } catch (error) {
      if (error instanceof RelayError && error.body.code === 'unknownCursor') return false;
      throw error;
    }
  }

  /** Reads to the end of the log, page after page. */
  async function pull(client: RelayClient): Promise<void> {
    behind = false;
    for (;;) {
      const { position } = cursor();
      const page = await client.ask('read', { channel, after: position });
      if (page.end <= position && page.entries.length === 0) break;
      become('exchanging');
      await take(
        page.entries.map(({ envelope }) => envelope),
        () => saveCursor(client.incarnation, page.end, page.chain),
      );
      if (page.end >= page.head) break;
    }
  }

  async function take(envelopes: readonly Uint8Array[], done: () => void): Promise<void> {
    for (let from = 0; from === 0 || from < envelopes.length; ) {
      const slice = firstBytes(envelopes.slice(from, from + mostAtOnce), takenAtOnce);
      from += Math.max(1, slice.length);
      const isLast = from >= envelopes.length;
      const { sequence } = outbox.last();
      await store.receive(() => {
        receiver.take(slice, source);
        if (isLast) done();
      });
      // What was sealed with it must be on the disk before anybody sees it.
      if (outbox.last().sequence > sequence) await store.commit(() => log.left(log.leftUntil()));
      if (!isLast) await surroundings.pause();
    }
    if (membership.removal()) throw new RemovedError();
  }

  /** What was pushed, where it continues what is here; otherwise it is read. */
  async function takeArrived(client: RelayClient): Promise<void> {
    for (;;) {
      const [next, ...rest] = arrived;
      if (!next) break;
      arrived = rest;
      const { position } = cursor();
      const first = next.entries[0]?.position ?? 0;
      const last = next.entries.at(-1)?.position ?? 0;
      if (last <= position) continue;
      if (first > position + 1 || next.head !== last) {
        behind = true;
        continue;
      }
      become('exchanging');
      await take(
        next.entries.map(({ envelope }) => envelope),
        () => saveCursor(client.incarnation, last, next.chain),
      );
    }
    if (behind) await pull(client);
  }

  async function send(client: RelayClient): Promise<void> {
    // With several relays, what one lacks another may be about to have.
    const many = log.countUnsent(relay.id) >= worthRegrouping;
    if (many && options.isOnly()) await receiver.regroup(surroundings.pause);
    for (;;) {
      const batch = log.unsent(relay.id, sentAtOnce).slice(0, limits.envelopes);
      if (batch.length === 0) return;
      become('exchanging');
      const { positions, head, chain } = await client.ask('append', {
        channel,
        envelopes: batch.map(({ envelope }) => envelope),
      });
      await store.commit(() => {
        log.sent(
          relay.id,
          batch.map(({ position }) => position),
        );
        // What is at the end of the log and follows what was read is this device's own.
        const { position } = cursor();
        const follows = positions.every((place, n) => place === position + 1 + n);
        if (follows && head === position + positions.length) {
          saveCursor(client.incarnation, head, chain);
        }
      });
      if (arrived.length > 0) await takeArrived(client);
    }
  }

  /** Has the relay hide what compactions stand for, after it has those. */
  async function hide(client: RelayClient): Promise<void> {
    for (;;) {
      const ids = log.toHide(relay.id, hiddenAtOnce);
      if (ids.length === 0) return;
      await client.ask('compact', { channel, envelopes: [], supersedes: ids });
      await store.commit(() => log.hiddenAt(relay.id, ids));
    }
  }

  function told(event: RelayEvent): void {
    switch (event.name) {
      case 'ephemeral':
        options.onEphemeral(event.body.frame);
        break;
      case 'register':
        options.onRegister(event.body);
        break;
      case 'rotated':
        void followRotation(event.body.notice);
        break;
      case 'entries':
        arrived.push(event.body);
        work();
        break;
      case 'behind':
        behind = true;
        work();
        break;
    }
  }

  /** Whoever rotated left what leads to the next key; the next connection uses it. */
  async function followRotation(notice: Uint8Array): Promise<void> {
    let outcome: unknown = new ConnectionError('closed');
    try {
      await entrance.heed({ notice });
    } catch (error) {
      outcome = error;
    }
    fail(outcome);
    link.wake();
  }

  /** Fetches what is lacking here, and notes what is lacking there to be sent. */
  async function exchange(client: RelayClient): Promise<void> {
    const { lacking, wanted } = await compareSets(client, channel, log);
    for (let left = wanted; left.length > 0; ) {
      const { envelopes } = await client.ask('fetch', { channel, ids: left.slice(0, 1000) });
      // What was named a moment ago and is not given out is hidden by now.
      if (envelopes.length === 0) break;
      await take(envelopes, () => undefined);
      const fetched = new Set(envelopes.map((envelope) => toHex(envelopeId(envelope))));
      left = left.filter((id) => !fetched.has(toHex(id)));
    }
    if (lacking.length > 0 && !isPeer) {
      await store.commit(() => log.resendIds(relay.id, lacking));
    }
  }

  /** After a relay lost data, or is another one than before. */
  async function reconcile(client: RelayClient, head: number): Promise<void> {
    become('exchanging');
    await exchange(client);
    const page = await client.ask('read', { channel, after: head });
    await take(
      page.entries.map(({ envelope }) => envelope),
      () => saveCursor(client.incarnation, page.end, page.chain),
    );
    await subscribes(client, page.end, page.chain);
  }

  const link: RelayLink = {
    start() {
      stopped = false;
      work();
    },
    wake() {
      if (stopped) return;
      if (!letIn && cancelWait) {
        cancelWait();
        cancelWait = null;
        failures = 0;
      }
      work();
    },
    status: () => ({
      relayId: relay.id,
      url: relay.url,
      state,
      since,
      isPeer,
      unsent: log.countUnsent(relay.id),
      reason,
    }),
    isExchanging: () => state === 'exchanging',
    client: () => letIn,
    async stop() {
      stopped = true;
      cancelWait?.();
      cancelWait = null;
      drop();
      await working?.catch(() => undefined);
      become('stopped');
    },
  };
  return link;
}

/** As many as are about that large together, one at least. */
function firstBytes(envelopes: readonly Uint8Array[], most: number): readonly Uint8Array[] {
  let bytes = 0;
  const end = envelopes.findIndex((envelope, at) => {
    bytes += envelope.length;
    return at > 0 && bytes > most;
  });
  return end < 0 ? envelopes : envelopes.slice(0, end);
}
