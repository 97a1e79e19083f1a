/**
 * What other devices of the workspace read from this one: its own log, as a relay would show it, the
 * sessions that it holds, and the registers that it keeps. Nothing is written into the log from outside:
 * each device reads from the others what it lacks.
 */
import { compareBytes, uint } from '../../crypto/bytes.ts';
import { digest, hashBytes } from '../../crypto/digest.ts';
import { toHex } from '../../crypto/hex.ts';
import type { Events } from '../../sync-relay/protocol/messages.ts';
import { emptyChain, within } from '../../sync-relay/protocol/proofs.ts';
import {
  type Head,
  RefusedError,
  type RelayStore,
  type StoredEntry,
  type Successor,
} from '../../sync-relay/store/relayStore.ts';
import { readWhole } from '../blobs/blobStore.ts';
import type { Contents } from '../contents.ts';
import { accessSigner } from '../keys/epochs.ts';

export interface DeviceStore extends RelayStore {
  /** What came into the log since it was asked last, to be told to whoever listens. */
  fresh(): Promise<Events['entries'][]>;
  /** Lets what came go by untold: whoever comes to listen later reads it first. */
  skip(): void;
  /** Notes that an event was told to somebody. */
  heard(event: Events['entries']): void;
  /** Whether somebody has read all of it. */
  isRead(): boolean;
  /** Access keys of before lead to this one; null when it is the one that was told last. */
  successorOfAll(): Successor | null;
}

/** Own sequences that count as given away at once, so that not each edit is noted. */
const givenAhead = 256;
/** Rows of the log read at a time. */
const rowsAtOnce = 500;
/** Milliseconds that a reader gets to take in what it was given last. */
const takingIn = 2_000;
const toldBytes = 512 * 1024;

/**
 * @param others keeps what is not the workspace's log: registers, and the channels where new devices are
 *   let in.
 */
export function createDeviceStore(contents: Contents, others: RelayStore): DeviceStore {
  const { vault, log, epochs, membership, outbox, blobs } = contents;
  const { keys, store, database, random } = vault;
  const own = toHex(keys.channel);
  const incarnation = random(16);
  const newest = database.prepare<[], number>('select coalesce(max(position), 0) from log').pluck();
  const session = database
    .prepare<[string], string>('select blob_id from session_travel where relay_blob = ?')
    .pluck();
  /** Ids in the order in which they are shown; a position is one more than the place in here. */
  const shown: Uint8Array[] = [];
  let seen = 0;
  let told = 0;
  let readUntil = -1;
  let servedAt = 0;
  let toldEpoch = '';

  const isOwn = (channel: Uint8Array) => toHex(channel) === own;
  const keyOf = (epoch: ReturnType<typeof epochs.current>) =>
    accessSigner(epoch, keys.channel).publicKey;

  function look(): void {
    if ((newest.get() ?? 0) === seen) return;
    for (;;) {
      const rows = log.visibleIds(seen, rowsAtOnce);
      for (const { id, position } of rows) {
        shown.push(id);
        seen = position;
      }
      if (rows.length < rowsAtOnce) break;
    }
    seen = Math.max(seen, newest.get() ?? 0);
  }

  /**
   * What is shown is only ever added to while this device serves, and an incarnation is one serving: a
   * place says as much as all ids before it.
   */
  const chainOf = (position: number): Uint8Array =>
    position === 0
      ? emptyChain
      : digest(hashBytes, 'warren/lan-chain/v1', incarnation, uint('position', position, 8));

  const head = (): Head => ({ head: shown.length, chain: chainOf(shown.length) });

  /** Whatever is given away must not be sealed differently later. */
  async function give(): Promise<void> {
    const { sequence } = outbox.last();
    if (sequence > log.leftUntil()) await store.commit(() => log.left(sequence + givenAhead));
  }

  function entriesAfter(after: number, bytes: number): { entries: StoredEntry[]; end: number } {
    const entries: StoredEntry[] = [];
    let size = 0;
    let end = after;
    while (end < shown.length) {
      const envelope = log.get(shown[end] as Uint8Array)?.envelope;
      if (envelope && entries.length > 0 && size + envelope.length > bytes) break;
      end += 1;
      if (!envelope) continue;
      size += envelope.length;
      entries.push({ position: end, envelope });
    }
    return { entries, end };
  }

  const refused = () => Promise.reject(new RefusedError('quota'));

  return {
    ...others,
    incarnation,
    async channel(channel) {
      if (!isOwn(channel)) return others.channel(channel);
      if (!outbox.isShared() || membership.removal()) return null;
      look();
      return { ...head(), key: keyOf(epochs.current()), bytes: 0 };
    },
    create: async (channel, key) => !isOwn(channel) && others.create(channel, key),
    rotate: async (channel, key, successor) =>
      !isOwn(channel) && others.rotate(channel, key, successor),
    async successor(channel, key) {
      if (!isOwn(channel)) return others.successor(channel, key);
      const isKnown = epochs.all().some((epoch) => compareBytes(keyOf(epoch), key) === 0);
      return isKnown ? { next: keyOf(epochs.current()), notice: membership.notice() } : null;
    },
    append: (channel, envelopes, supersedes) =>
      isOwn(channel) ? refused() : others.append(channel, envelopes, supersedes),
    async read(channel, after, bytes) {
      if (!isOwn(channel)) return others.read(channel, after, bytes);
      await give();
      look();
      const { entries, end } = entriesAfter(Math.min(after, shown.length), bytes);
      if (end >= readUntil) readUntil = end;
      servedAt = performance.now();
      return { entries, end, endChain: chainOf(end), ...head() };
    },
    async chainAt(channel, position) {
      if (!isOwn(channel)) return others.chainAt(channel, position);
      look();
      return position <= shown.length ? chainOf(position) : null;
    },
    async fetch(channel, ids, bytes) {
      if (!isOwn(channel)) return others.fetch(channel, ids, bytes);
      await give();
      const envelopes: Uint8Array[] = [];
      let size = 0;
      for (const id of ids) {
        const envelope = log.get(id)?.envelope;
        size += envelope?.length ?? 0;
        if (envelopes.length > 0 && size > bytes) break;
        if (envelope) envelopes.push(envelope);
      }
      return envelopes;
    },
    ids: async (channel, range) =>
      isOwn(channel) ? within(log.ids(), range) : others.ids(channel, range),
    putBlob: (channel, blob, size, offset, bytes) =>
      isOwn(channel) ? refused() : others.putBlob(channel, blob, size, offset, bytes),
    async getBlob(channel, blob, offset, length) {
      const id = isOwn(channel) ? session.get(toHex(blob)) : undefined;
      const size = id === undefined ? undefined : blobs.info(id)?.size;
      if (id === undefined || size === undefined) throw new RefusedError('unknownBlob');
      const bytes = await readWhole(blobs.readRange(id, offset, Math.min(size, offset + length)));
      return { size, bytes: new Uint8Array(bytes) };
    },
    async erase(channel) {
      if (!isOwn(channel)) await others.erase(channel);
    },
    async fresh() {
      await give();
      look();
      const events: Events['entries'][] = [];
      while (told < shown.length) {
        const { entries, end } = entriesAfter(told, toldBytes);
        told = end;
        events.push({ channel: keys.channel, entries, head: end, chain: chainOf(end) });
      }
      return events;
    },
    skip() {
      look();
      told = shown.length;
    },
    heard({ entries, head }) {
      const follows = readUntil >= (entries[0]?.position ?? head) - 1;
      if (follows) readUntil = Math.max(readUntil, head);
      servedAt = performance.now();
    },
    isRead() {
      look();
      return readUntil >= shown.length && performance.now() - servedAt > takingIn;
    },
    successorOfAll() {
      const epoch = epochs.current();
      if (toldEpoch === epoch.id) return null;
      toldEpoch = epoch.id;
      return { next: keyOf(epoch), notice: membership.notice() };
    },
  };
}
