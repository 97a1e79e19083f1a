/**
 * What this device has to tell other devices, sealed and signed as it is stored, in the same transaction.
 * Each envelope's attestation names the one before it, so that a receiver notices a gap, a fork or a step
 * back. A vault that is shared with nobody seals nothing: once it is, all that is in it is told.
 */
import { compareBytes } from '../../crypto/bytes.ts';
import { type DevicePublicKeys, deviceId } from '../../crypto/deviceKeyset.ts';
import { hash } from '../../crypto/digest.ts';
import { attestationId, envelopeId, sealEnvelope } from '../../crypto/envelope.ts';
import { blindedTag, epochTag } from '../../crypto/epoch.ts';
import { fromHex } from '../../crypto/hex.ts';
import type { RandomBytes } from '../../crypto/random.ts';
import type { Signer } from '../../crypto/signing.ts';
import type { Actors } from '../documents/actor.ts';
import type { Epochs } from '../keys/epochs.ts';
import type { VaultKeys } from '../keys/vaultKeys.ts';
import type { Store } from '../store/store.ts';
import {
  decodeBatch,
  decodeDocuments,
  decodeEntries,
  decodeMixed,
  type EnvelopeKind,
  encodeBatch,
  encodeDocuments,
  encodeEntries,
  encodeMixed,
  envelopeKind,
  kindName,
  type OutgoingChange,
  type OutgoingDocument,
  type SharedEntry,
} from './bodies.ts';
import type { EnvelopeLog } from './log.ts';

export type { OutgoingChange } from './bodies.ts';

/** What an attestation says about the state of mind of its author. */
export interface Standpoint {
  /** Ids of the newest membership entries that it knew. */
  readonly membershipHeads: () => readonly string[];
}

export interface Outbox {
  /** Whether anybody is told at all. */
  isShared(): boolean;
  /** From now on, what changes is told. To be called inside a transaction. */
  share(): void;
  /**
   * Takes changes to be sealed with what else the transaction holds, in envelopes of up to some 64 KiB.
   * To be called inside a transaction.
   */
  add(kind: 'content' | 'tombstone', changes: readonly OutgoingChange[]): void;
  /** Like `add`, for whole documents. */
  addDocuments(documents: readonly OutgoingDocument[]): void;
  /** Like `add`, for entries of journals. */
  addEntries(entries: readonly SharedEntry[]): void;
  /** Seals one body as one envelope, at once. To be called inside a transaction. */
  seal(kind: EnvelopeKind, body: Uint8Array, options?: SealOptions): Uint8Array;
  /**
   * Seals again, in fewer envelopes, what was sealed and never left: after the last one that did leave.
   * To be called inside a transaction of its own that took the envelopes out of the log.
   *
   * @param from the first sequence that is given out again.
   */
  sealAgain(from: number, bodies: readonly SealedBody[]): void;
  /** The last sequence that this device gave out, and its attestation's id. */
  last(): { readonly sequence: number; readonly id: Uint8Array };
  /** The last sequence that is here of what a device sent. */
  reached(device: string): number;
  /** How much is kept to be told, and how many bytes it takes. */
  size(): { readonly envelopes: number; readonly bytes: number };
  /** Called after a commit that left something to be sent. */
  onGrown(listener: () => void): () => void;
}

/** What an envelope held. */
export interface SealedBody {
  readonly kind: number;
  readonly body: Uint8Array;
  /** Under which the changes in it were written. */
  readonly actorNonce: Uint8Array;
}

export interface SealOptions {
  /** The documents that it is about; their number is attested. */
  readonly documents?: readonly Uint8Array[];
  /** Under which the changes in it were written; absent: this start's. */
  readonly actorNonce?: Uint8Array;
  /** Of a compaction; absent: 0. */
  readonly level?: number;
  /** Who says it; absent: this device. */
  readonly author?: { readonly publicKeys: DevicePublicKeys; readonly signer: Signer };
}

/** Small enough for a relay's frame when sealed, large enough that the seal costs little. */
const batchBytes = 64 * 1024;
const none = new Uint8Array(32);
const batchTag = new Uint8Array(16);

export function createOutbox(
  store: Store,
  keys: VaultKeys,
  epochs: Epochs,
  log: EnvelopeLog,
  actors: Actors,
  random: RandomBytes,
  standpoint: Standpoint,
): Outbox {
  const { database } = store;
  const attest = database.prepare('insert into attestation values (?, ?, ?)');
  const forgetAttested = database.prepare(
    'delete from attestation where device_id = ? and device_sequence >= ?',
  );
  const newest = database.prepare<[string], { device_sequence: number; id: Buffer }>(
    `select device_sequence, id from attestation where device_id = ?
     order by device_sequence desc limit 1`,
  );
  const fact = database.prepare<[string], string>('select value from meta where name = ?').pluck();
  const setFact = database.prepare('insert or replace into meta values (?, ?)');
  /** What the open transaction has to tell, by kind, until there is enough for an envelope. */
  const waiting = new Map<EnvelopeKind, OutgoingChange[]>();
  let whole: OutgoingDocument[] = [];
  let entries: SharedEntry[] = [];
  let gathered = 0;
  let chain: { sequence: number; id: Uint8Array } | null = null;
  let shared = fact.get('shared') === 'yes';
  let grown = false;
  const listeners = new Set<() => void>();
  store.onAbort(() => {
    chain = null;
    forgetGathered();
    grown = false;
    shared = fact.get('shared') === 'yes';
  });

  function current(device = keys.device.id): { sequence: number; id: Uint8Array } {
    const last = newest.get(device);
    return last
      ? { sequence: last.device_sequence, id: new Uint8Array(last.id) }
      : { sequence: 0, id: none };
  }

  function seal(kind: EnvelopeKind, body: Uint8Array, options: SealOptions = {}): Uint8Array {
    const { documents = [], actorNonce = actors.nonce, author } = options;
    const device = author ? deviceId(author.publicKeys) : keys.device.id;
    const before = (author ? null : chain) ?? current(device);
    const attestation = {
      device,
      deviceSequence: before.sequence + 1,
      previous: before.id,
      membershipHeads: standpoint.membershipHeads().map((id) => fromHex('head', id, 32)),
      actorNonce,
      // Changes of several documents have no common sequence: they are counted.
      sequenceFrom: 1,
      sequenceTo: Math.max(1, documents.length),
      // Of all that is in it, so that the chain of attestations commits to each.
      lastChange: hash(body),
      seenDigest: none,
    };
    const [only, another] = documents;
    const epoch = epochs.current();
    const envelope = sealEnvelope({
      kind: envelopeKind[kind],
      channel: keys.channel,
      documentTag: only && !another ? blindedTag(epoch.key, only) : batchTag,
      epochTag: epochTag(epoch.id),
      epochKey: epoch.key,
      attestation,
      body,
      signer: author?.signer ?? keys.device.signer,
      random,
    });
    const id = attestationId(attestation);
    const entry = {
      id: envelopeId(envelope),
      envelope,
      kind: envelopeKind[kind],
      deviceId: device,
      sequence: attestation.deviceSequence,
      level: options.level ?? 0,
    };
    log.add(entry, null);
    attest.run(device, attestation.deviceSequence, id);
    if (!author) chain = { sequence: attestation.deviceSequence, id };
    grown = true;
    return entry.id;
  }

  function gather(kind: EnvelopeKind, change: OutgoingChange): void {
    const batch = waiting.get(kind) ?? [];
    waiting.set(kind, batch);
    batch.push(change);
    grow(change.bytes.length);
  }

  /** All kinds together, so that they stay in their order. */
  function grow(bytes: number, actorNonce = actors.nonce): void {
    gathered += bytes;
    if (gathered >= batchBytes) flush(actorNonce);
  }

  /** Adds what a sealed body held to what is gathered. @returns whether it is of a kind that can be. */
  function regather({ kind, body }: Omit<SealedBody, 'actorNonce'>): boolean {
    switch (kind) {
      case envelopeKind.content:
      case envelopeKind.tombstone: {
        const name = kind === envelopeKind.content ? 'content' : 'tombstone';
        waiting.set(name, [...(waiting.get(name) ?? []), ...(decodeBatch(body) ?? [])]);
        return true;
      }
      case envelopeKind.snapshot:
        whole.push(...(decodeDocuments(body) ?? []));
        return true;
      case envelopeKind.entries:
        entries.push(...(decodeEntries(body) ?? []));
        return true;
      case envelopeKind.mixed:
        return (decodeMixed(body) ?? []).every(regather);
      default:
        return false;
    }
  }

  /** One envelope, whatever it holds: sealing and signing is what costs. */
  function flush(actorNonce = actors.nonce): void {
    const documents = [...waiting.values()].flat().map(({ document }) => document);
    const bodies = [...waiting].map(([kind, batch]) => ({
      kind: envelopeKind[kind],
      body: encodeBatch(batch),
    }));
    if (whole.length > 0) {
      documents.push(...whole.map(({ document }) => document));
      bodies.push({ kind: envelopeKind.snapshot, body: encodeDocuments(whole) });
    }
    if (entries.length > 0) {
      bodies.push({ kind: envelopeKind.entries, body: encodeEntries(entries) });
    }
    forgetGathered();
    const [only, another] = bodies;
    if (only && !another)
      seal(kindName(only.kind) ?? 'mixed', only.body, { documents, actorNonce });
    else if (only) seal('mixed', encodeMixed(bodies), { documents, actorNonce });
  }

  function forgetGathered(): void {
    waiting.clear();
    whole = [];
    entries = [];
    gathered = 0;
  }

  store.onFinishing(() => {
    flush();
    // Between transactions, envelopes of this very device may come back from a relay.
    chain = null;
  });
  store.onFinished(() => {
    if (!grown) return;
    grown = false;
    for (const listener of listeners) listener();
  });

  return {
    isShared: () => shared,
    share() {
      setFact.run('shared', 'yes');
      shared = true;
    },
    add(kind, changes) {
      if (!shared) return;
      store.afterwards(() => {
        for (const change of changes) gather(kind, change);
      });
    },
    addDocuments(documents) {
      if (!shared) return;
      store.afterwards(() => {
        for (const document of documents) {
          whole.push(document);
          grow(document.bytes.length);
        }
      });
    },
    addEntries(added) {
      if (!shared) return;
      store.afterwards(() => {
        for (const entry of added) {
          entries.push(entry);
          grow(entry.body.length);
        }
      });
    },
    seal,
    sealAgain(from, bodies) {
      // It would be sealed under a sequence that is about to be given out again.
      if (gathered > 0) throw new Error('changes of this transaction wait to be sealed');
      forgetAttested.run(keys.device.id, from);
      chain = null;
      let nonce = actors.nonce;
      for (const { kind, body, actorNonce } of bodies) {
        if (compareBytes(actorNonce, nonce) !== 0) flush(nonce);
        nonce = actorNonce;
        if (regather({ kind, body })) grow(body.length, nonce);
        else {
          flush(nonce);
          const name = kindName(kind);
          if (name) seal(name, body, { actorNonce });
        }
      }
      flush(nonce);
    },
    last: () => current(),
    reached: (device) => current(device).sequence,
    size: () => log.size(),
    onGrown(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
