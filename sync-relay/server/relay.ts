/**
 * What a relay does with what it is told, over any transport: a socket, the network of a test, another
 * device. It knows channels by their ids and keys, envelopes by their length and hash, and nobody.
 */
import { toHex } from '../../crypto/hex.ts';
import { type RandomBytes, systemRandom } from '../../crypto/random.ts';
import type { Signer } from '../../crypto/signing.ts';
import { decodeFrame, encodeFrame } from '../protocol/frame.ts';
import { limits, protocolVersion } from '../protocol/limits.ts';
import {
  type Answers,
  type ErrorBody,
  type Events,
  RelayError,
  type RequestName,
  type Requests,
  requestSchemas,
} from '../protocol/messages.ts';
import { provesOpen, provesRotate, signIdentity, summarize } from '../protocol/proofs.ts';
import { RefusedError, type RelayStore, type StoredEntry } from '../store/relayStore.ts';
import { createBucket } from './bucket.ts';

/** One client's connection, as its transport shows it. */
export interface Transport {
  send(frame: Uint8Array): void;
  /** Bytes that were sent and wait in memory. */
  buffered(): number;
  close(reason: string): void;
  /** What this client dialed, where a relay is reached under several names. */
  readonly name?: string;
  /** Told when the client was let into its first channel. */
  onOpened?(): void;
}

export interface Session {
  receive(frame: Uint8Array): void;
  /** Some of what waited has gone out. */
  drained(): void;
  closed(): void;
}

export interface Rates {
  /** Requests a second on one connection, and how many at once. */
  readonly requests: number;
  readonly requestBurst: number;
  /** Bytes a second on one connection, and how many at once. */
  readonly bytes: number;
  readonly byteBurst: number;
}

export interface RelayOptions {
  readonly store: RelayStore;
  /** What clients dial: a proof for another name is worth nothing here. */
  readonly name: () => string;
  /** Whose it is, where that matters to clients: a device's. */
  readonly identity?: Signer;
  readonly rates?: Rates;
  readonly now?: () => number;
  /** Lets everybody else have a turn, between two large answers. */
  readonly pause?: () => Promise<void>;
  readonly random?: RandomBytes;
  readonly log?: (event: string, fields?: Readonly<Record<string, string | number>>) => void;
}

export interface RelayCounts {
  sessions: number;
  requests: number;
  refused: number;
  appended: number;
  delivered: number;
  bytesIn: number;
  bytesOut: number;
  dropped: number;
}

export interface Relay {
  connect(transport: Transport): Session;
  /**
   * Tells subscribers what came into the store by another way than through here.
   *
   * @returns how many were told.
   */
  tell(channel: Uint8Array, event: Events['entries']): number;
  /** Whether anybody is subscribed. */
  hears(channel: Uint8Array): boolean;
  /** Shuts out all who proved another key than the one that the channel has now. */
  retire(channel: Uint8Array, next: Uint8Array, notice: Uint8Array): void;
  readonly counts: Readonly<RelayCounts>;
  /** Takes nothing new; resolves when what was taken is answered. */
  stop(): Promise<void>;
}

export const defaultRates: Rates = {
  requests: 2_000,
  requestBurst: 10_000,
  bytes: 64 * 1024 * 1024,
  byteBurst: 256 * 1024 * 1024,
};

/** Bytes waiting for a client above which it is told of new entries only once it has caught up. */
const pausedAbove = 1024 * 1024;
const droppedAbove = 4 * 1024 * 1024;
/** Milliseconds above that limit after which the connection is closed. */
const droppedAfter = 30_000;
/** Bytes of envelopes in an answer; the rest of the frame is for what is around them. */
const pageBytes = 256 * 1024;
/** Requests of one connection that are worked on at the same time. */
const atOnce = 256;
const busy: ErrorBody = { code: 'rate', retryAfter: 100 };

type Handler<Name extends RequestName> = (body: Requests[Name]) => Promise<Answers[Name]>;
type Handlers = { readonly [Name in RequestName]: Handler<Name> };

interface Listener {
  told(name: keyof Events, body: object): void;
}

export function createRelay(options: RelayOptions): Relay {
  const {
    store,
    name,
    identity,
    rates = defaultRates,
    now = Date.now,
    random = systemRandom,
  } = options;
  const log = options.log ?? (() => undefined);
  const pause = options.pause ?? (() => new Promise<void>((resolve) => setImmediate(resolve)));
  const listeners = new Map<string, Set<Listener>>();
  const sessions = new Map<string, Set<(next: Uint8Array, notice: Uint8Array) => void>>();
  const underWay = new Set<Promise<void>>();
  let stopping = false;
  const counts: RelayCounts = {
    sessions: 0,
    requests: 0,
    refused: 0,
    appended: 0,
    delivered: 0,
    bytesIn: 0,
    bytesOut: 0,
    dropped: 0,
  };

  function tell<Name extends keyof Events>(
    channel: string,
    event: Name,
    body: Events[Name],
    except?: Listener,
  ): number {
    let told = 0;
    for (const listener of listeners.get(channel) ?? []) {
      if (listener === except) continue;
      listener.told(event, body);
      told += 1;
    }
    return told;
  }

  let turn: Promise<unknown> = Promise.resolve();
  /** Large answers one after the other, whoever asked, so that what is small never waits for many. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = turn.then(work);
    turn = done.catch(() => undefined).then(pause);
    return done;
  }

  function retire(channel: Uint8Array, next: Uint8Array, notice: Uint8Array): void {
    for (const shut of [...(sessions.get(toHex(channel)) ?? [])]) shut(next, notice);
    log('rotated', { channel: toHex(channel).slice(0, 8) });
  }

  function connect(transport: Transport): Session {
    const challenge = random(32);
    const called = () => transport.name ?? name();
    const started = now();
    const open = new Set<string>();
    const subscribed = new Set<string>();
    /** Channels with entries that this client was not told of because it was slow. */
    const behind = new Map<string, { channel: Uint8Array; head: number }>();
    const byRequests = createBucket(rates.requests, rates.requestBurst, now);
    const byBytes = createBucket(rates.bytes, rates.byteBurst, now);
    let inWork = 0;
    /** Answers that may be large are made one after the other, so that few wait in memory. */
    let paging: Promise<unknown> = Promise.resolve();
    let ended = false;
    let slowSince: number | null = null;
    counts.sessions += 1;

    function send(event: string, number: number, body: object): void {
      if (ended) return;
      const frame = encodeFrame(event, number, body);
      counts.bytesOut += frame.length;
      transport.send(frame);
    }

    const listener: Listener = {
      told(event, body) {
        const waiting = transport.buffered();
        if (waiting > droppedAbove) {
          slowSince ??= now();
          if (now() - slowSince > droppedAfter) end('tooSlow');
        } else slowSince = null;
        if (waiting > pausedAbove) {
          if (event !== 'entries') return;
          const { channel, head } = body as Events['entries'];
          behind.set(toHex(channel), { channel, head });
          return;
        }
        if (event === 'entries') counts.delivered += (body as Events['entries']).entries.length;
        send(event, 0, body);
      },
    };

    function end(reason: string): void {
      if (ended) return;
      ended = true;
      counts.sessions -= 1;
      counts.dropped += 1;
      log('closed', { reason });
      leave();
      transport.close(reason);
    }

    /** A channel whose key was replaced is no longer open to those who proved the old one. */
    const retired = (channel: Uint8Array) => {
      const shut = (next: Uint8Array, notice: Uint8Array) => {
        send('rotated', 0, { channel, next, notice });
        forget(toHex(channel));
      };
      return shut;
    };
    const shutters = new Map<string, ReturnType<typeof retired>>();

    function forget(key: string): void {
      open.delete(key);
      if (subscribed.delete(key)) drop(listeners, key, listener);
      const shut = shutters.get(key);
      if (shut) drop(sessions, key, shut);
      shutters.delete(key);
      behind.delete(key);
    }

    function leave(): void {
      for (const key of [...open]) forget(key);
    }

    function required(channel: Uint8Array): string {
      const key = toHex(channel);
      if (!open.has(key)) throw new RelayError({ code: 'notOpen' });
      return key;
    }

    async function keep(
      channel: Uint8Array,
      envelopes: readonly Uint8Array[],
      supersedes: readonly Uint8Array[],
    ) {
      const key = required(channel);
      const done = await store.append(channel, envelopes, supersedes);
      const { positions, head, chain, hidden } = done;
      counts.appended += done.added.length;
      for (const entries of inFrames(done.added)) {
        tell(key, 'entries', { channel, entries, head, chain }, listener);
      }
      return { positions: [...positions], head, chain, hidden };
    }

    const handlers: Handlers = {
      async open({ channel, key, signature, create }) {
        const proven = provesOpen(key, { relay: called(), challenge, channel }, signature);
        if (!proven) throw new RelayError({ code: 'badProof' });
        if (open.size >= limits.channels) throw new RelayError({ code: 'tooMany' });
        let state = await store.channel(channel);
        const created = !state && create && (await store.create(channel, key));
        if (!state) state = await store.channel(channel);
        if (!state) throw new RelayError({ code: 'unknownChannel' });
        if (Buffer.compare(state.key, key) !== 0) {
          const successor = await store.successor(channel, key);
          throw new RelayError(
            successor ? { code: 'rotated', ...successor } : { code: 'badProof' },
          );
        }
        const id = toHex(channel);
        if (!open.has(id) && !ended) {
          if (open.size === 0) transport.onOpened?.();
          open.add(id);
          const shut = retired(channel);
          shutters.set(id, shut);
          put(sessions, id, shut);
        }
        log('opened', { channel: id.slice(0, 8) });
        return { head: state.head, chain: state.chain, created };
      },
      async subscribe({ channel, position, chain }) {
        const key = required(channel);
        const there = await store.chainAt(channel, position);
        if (!there || Buffer.compare(there, chain) !== 0) {
          throw new RelayError({ code: 'unknownCursor' });
        }
        if (!ended && open.has(key)) {
          subscribed.add(key);
          put(listeners, key, listener);
        }
        const state = await store.channel(channel);
        if (!state) throw new RelayError({ code: 'unknownChannel' });
        return { head: state.head, chain: state.chain };
      },
      async append({ channel, envelopes }) {
        const { positions, head, chain } = await keep(channel, envelopes, []);
        return { positions, head, chain };
      },
      compact: ({ channel, envelopes, supersedes }) => keep(channel, envelopes, supersedes),
      async read({ channel, after }) {
        required(channel);
        const { entries, end: to, endChain, head } = await store.read(channel, after, pageBytes);
        counts.delivered += entries.length;
        return { entries: [...entries], end: to, chain: endChain, head };
      },
      async fetch({ channel, ids }) {
        required(channel);
        return { envelopes: [...(await store.fetch(channel, ids, pageBytes))] };
      },
      async summarize({ channel, from, to }) {
        required(channel);
        const ids = await store.ids(channel, { from, to });
        const summary = summarize(
          ids,
          { from, to },
          { fewest: limits.summaryIds, parts: limits.summaryParts },
        );
        return { ranges: [...summary.ranges], ids: summary.ids && [...summary.ids] };
      },
      async ephemeral({ channel, frame }) {
        const key = required(channel);
        return { listeners: tell(key, 'ephemeral', { channel, frame }, listener) };
      },
      async getRegister({ channel, register }) {
        required(channel);
        return store.register(channel, register);
      },
      async setRegister({ channel, register, version, value }) {
        const key = required(channel);
        const { set, slot } = await store.setRegister(channel, register, version, value);
        if (set) tell(key, 'register', { channel, register, ...slot }, listener);
        return { set, ...slot };
      },
      async putBlob({ channel, blob, size, offset, bytes }) {
        required(channel);
        const { received } = await store.putBlob(channel, blob, size, offset, bytes);
        return { received };
      },
      async getBlob({ channel, blob, offset, length }) {
        required(channel);
        return store.getBlob(channel, blob, offset, length);
      },
      async dropBlob({ channel, blob }) {
        required(channel);
        await store.dropBlob(channel, blob);
        return {};
      },
      async rotate({ channel, key, next, signature, notice }) {
        required(channel);
        const proven = provesRotate(key, { relay: called(), channel, next, notice }, signature);
        if (!proven) throw new RelayError({ code: 'badProof' });
        if (!(await store.rotate(channel, key, { next, notice }))) {
          const successor = await store.successor(channel, key);
          throw new RelayError(
            successor ? { code: 'rotated', ...successor } : { code: 'badProof' },
          );
        }
        retire(channel, next, notice);
        return {};
      },
      async erase({ channel }) {
        required(channel);
        await store.erase(channel);
        forget(toHex(channel));
        return {};
      },
      async identify({ channel, nonce }) {
        required(channel);
        if (!identity) throw new RelayError({ code: 'noIdentity' });
        const statement = { relay: called(), challenge, channel, nonce };
        return { signature: signIdentity(identity, statement) };
      },
    };

    async function answer(request: RequestName, number: number, body: unknown): Promise<void> {
      const parsed = requestSchemas[request].safeParse(body);
      if (!parsed.success) throw new RelayError({ code: 'badFrame' });
      const handle = handlers[request] as Handler<RequestName>;
      const work = async () => {
        if (isPaged(request) && transport.buffered() > droppedAbove) throw new RelayError(busy);
        send('ok', number, await handle(parsed.data as never));
      };
      if (!isPaged(request)) return work();
      const done = paging.then(() => inTurn(work));
      paging = done.catch(() => undefined);
      return done;
    }

    function take(request: RequestName, number: number, body: unknown, bytes: number): void {
      counts.requests += 1;
      const wait = waitOf(bytes);
      if (wait) {
        refuse(number, new RelayError(wait));
        return;
      }
      inWork += 1;
      const work = answer(request, number, body)
        .catch((error: unknown) => refuse(number, error))
        .finally(() => {
          inWork -= 1;
          underWay.delete(work);
        });
      underWay.add(work);
    }

    /** Why a request is not taken now, or null. */
    function waitOf(bytes: number): ErrorBody | null {
      const retryAfter = Math.max(byRequests.take(1), byBytes.take(bytes));
      if (retryAfter > 0) return { code: 'rate', retryAfter };
      if (stopping) return { code: 'stopping', retryAfter: 1000 };
      return inWork >= atOnce || transport.buffered() > droppedAbove ? busy : null;
    }

    function refuse(number: number, error: unknown): void {
      counts.refused += 1;
      send('error', number, refusalOf(error, log));
    }

    send('hello', 0, {
      version: protocolVersion,
      name: called(),
      incarnation: store.incarnation,
      challenge,
    } satisfies Events['hello']);

    return {
      receive(frame) {
        if (ended) return;
        counts.bytesIn += frame.length;
        const most = open.size > 0 ? limits.frame : limits.frameBeforeOpen;
        const decoded = frame.length <= most ? decodeFrame(frame) : null;
        if (frame.length > most) end('tooLarge');
        else if (open.size === 0 && now() - started > limits.openWithin) end('notOpen');
        else if (!decoded || !isRequest(decoded.name)) end('badFrame');
        else take(decoded.name, decoded.number, decoded.body, frame.length);
      },
      drained() {
        slowSince = null;
        if (transport.buffered() > pausedAbove / 2) return;
        for (const { channel, head } of behind.values()) send('behind', 0, { channel, head });
        behind.clear();
      },
      closed() {
        if (ended) return;
        ended = true;
        counts.sessions -= 1;
        leave();
      },
    };
  }

  return {
    connect,
    counts,
    tell: (channel, event) => tell(toHex(channel), 'entries', event),
    hears: (channel) => listeners.has(toHex(channel)),
    retire,
    async stop() {
      stopping = true;
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
  };
}

const isRequest = (name: string): name is RequestName => Object.hasOwn(requestSchemas, name);

const isPaged = (name: RequestName): boolean =>
  name === 'read' || name === 'fetch' || name === 'getBlob';

/** What a client may know of a failure: a code, and nothing of how it came about. */
function refusalOf(error: unknown, log: NonNullable<RelayOptions['log']>): ErrorBody {
  if (error instanceof RelayError) return error.body;
  if (error instanceof RefusedError) return { code: error.refusal };
  log('failed', { error: error instanceof Error ? error.message : 'unknown' });
  return { code: 'internal', retryAfter: 1000 };
}

/** A client that was told of more than a frame holds would have to ask for it anyway. */
function* inFrames(entries: readonly StoredEntry[]): Generator<StoredEntry[]> {
  let frame: StoredEntry[] = [];
  let bytes = 0;
  for (const entry of entries) {
    if (frame.length > 0 && bytes + entry.envelope.length > pageBytes) {
      yield frame;
      frame = [];
      bytes = 0;
    }
    frame.push(entry);
    bytes += entry.envelope.length + 16;
  }
  if (frame.length > 0) yield frame;
}

function put<T>(sets: Map<string, Set<T>>, key: string, one: T): void {
  const set = sets.get(key) ?? new Set();
  set.add(one);
  sets.set(key, set);
}

function drop<T>(sets: Map<string, Set<T>>, key: string, one: T): void {
  const set = sets.get(key);
  set?.delete(one);
  if (set?.size === 0) sets.delete(key);
}
