/**
 * What this device has to tell other devices: every change of a document, sealed and signed as it is
 * stored, in the same transaction. Each envelope's attestation names the one before it, so that a
 * receiver notices a gap, a fork or a step back.
 */
import { deflateRawSync } from 'node:zlib';
import { concat, encodeParts } from '../../crypto/bytes.ts';
import { hash } from '../../crypto/digest.ts';
import { attestationId, envelopeId, envelopeKinds, sealEnvelope } from '../../crypto/envelope.ts';
import { blindedTag, epochTag } from '../../crypto/epoch.ts';
import type { RandomBytes } from '../../crypto/random.ts';
import type { Actors } from '../documents/actor.ts';
import type { VaultKeys } from '../keys/vaultKeys.ts';
import type { Store } from '../store/store.ts';

/** A change of one document, or its removal (no bytes). */
export interface OutgoingChange {
  /** 16 bytes. */
  readonly document: Uint8Array;
  readonly bytes: Uint8Array;
}

export interface Outbox {
  /**
   * Takes changes to be sealed with what else the transaction holds, in envelopes of up to some 64 KiB.
   * To be called inside a transaction.
   */
  add(kind: 'content' | 'snapshot' | 'tombstone', changes: readonly OutgoingChange[]): void;
  /** How much waits, and how many bytes it takes. */
  size(): { readonly envelopes: number; readonly bytes: number };
}

/** Small enough for a relay's frame when sealed, large enough that the seal costs little. */
const batchBytes = 64 * 1024;
const none = new Uint8Array(32);
const batchTag = new Uint8Array(16);

export function createOutbox(
  store: Store,
  keys: VaultKeys,
  actors: Actors,
  random: RandomBytes,
): Outbox {
  const { database } = store;
  const insert = database.prepare('insert into outbox (envelope_id, envelope) values (?, ?)');
  const attest = database.prepare('insert into attestation values (?, ?, ?)');
  const newest = database.prepare<[string], { device_sequence: number; id: Buffer }>(
    `select device_sequence, id from attestation where device_id = ?
     order by device_sequence desc limit 1`,
  );
  /** What the open transaction has to tell, by kind, until there is enough for an envelope. */
  const waiting = new Map<keyof typeof envelopeKinds, { batch: OutgoingChange[]; bytes: number }>();
  let chain: { sequence: number; previous: Uint8Array } | null = null;
  store.onAbort(() => {
    chain = null;
    waiting.clear();
  });

  function current(): { sequence: number; previous: Uint8Array } {
    const last = newest.get(keys.device.id);
    return last
      ? { sequence: last.device_sequence, previous: new Uint8Array(last.id) }
      : { sequence: 0, previous: none };
  }

  function seal(kind: number, batch: readonly OutgoingChange[]): void {
    chain ??= current();
    const body = encodeBatch(batch);
    const attestation = {
      device: keys.device.id,
      deviceSequence: chain.sequence + 1,
      previous: chain.previous,
      membershipHeads: [],
      actorNonce: actors.nonce,
      // Changes of several documents have no common sequence: they are counted.
      sequenceFrom: 1,
      sequenceTo: batch.length,
      // Of all changes, so that the chain of attestations commits to each.
      lastChange: hash(body),
      seenDigest: none,
    };
    const [only, another] = batch;
    const envelope = sealEnvelope({
      kind,
      channel: keys.channel,
      documentTag: only && !another ? blindedTag(keys.epoch.key, only.document) : batchTag,
      epochTag: epochTag(keys.epoch.id),
      epochKey: keys.epoch.key,
      attestation,
      body,
      signer: keys.device.signer,
      random,
    });
    const id = attestationId(attestation);
    insert.run(envelopeId(envelope), envelope);
    attest.run(keys.device.id, attestation.deviceSequence, id);
    chain = { sequence: attestation.deviceSequence, previous: id };
  }

  function gather(kind: keyof typeof envelopeKinds, change: OutgoingChange): void {
    const group = waiting.get(kind) ?? { batch: [], bytes: 0 };
    waiting.set(kind, group);
    group.batch.push(change);
    group.bytes += change.bytes.length;
    // All kinds together, so that they stay in their order.
    if (group.bytes >= batchBytes) flush();
  }

  function flush(): void {
    for (const [kind, { batch }] of waiting) seal(envelopeKinds[kind], batch);
    waiting.clear();
  }

  store.onFinishing(flush);

  return {
    add(kind, changes) {
      store.afterwards(() => {
        for (const change of changes) gather(kind, change);
      });
    },
    size() {
      const row = database
        .prepare<[], { envelopes: number; bytes: number | null }>(
          'select count(*) as envelopes, sum(length(envelope)) as bytes from outbox',
        )
        .get();
      return { envelopes: row?.envelopes ?? 0, bytes: row?.bytes ?? 0 };
    },
  };
}

/** What is smaller than this grows when it is deflated. */
const worthDeflating = 400;

/** 0 (plain) or 1 (raw deflate) || (document (16) and change), each length-prefixed. */
export function encodeBatch(batch: readonly OutgoingChange[]): Uint8Array {
  const parts = encodeParts(...batch.flatMap(({ document, bytes }) => [document, bytes]));
  return parts.length < worthDeflating
    ? concat(Uint8Array.of(0), parts)
    : concat(Uint8Array.of(1), new Uint8Array(deflateRawSync(parts)));
}
