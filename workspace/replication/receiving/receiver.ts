/**
 * Taking in what other devices sealed: opened, verified, believed only as far as the membership log says,
 * and applied with its views in one transaction. The order in which envelopes come does not matter.
 */
import { type Attestation, envelopeId } from '../../../crypto/envelope.ts';
import type { Contents } from '../../contents.ts';
import { decodeEntry } from '../../membership/entry.ts';
import {
  decodeBatch,
  decodeCompacted,
  decodeCoverage,
  decodeDocuments,
  decodeEntries,
  decodeMixed,
  decodeSession,
  envelopeKind,
} from '../../outbox/bodies.ts';
import { createBelieving } from './believing.ts';
import { createEntries } from './entries.ts';
import { createMerging } from './merging.ts';
import { isUnreadable, readable, UnbelievableError, WaitingError } from './notTaken.ts';
import { type Body, createOpening, type Opened } from './opening.ts';
import { createParked } from './parked.ts';
import { createResealing } from './resealing.ts';
import { createSessionsElsewhere } from './sessionsElsewhere.ts';
import { createTroubleNotes, type Trouble } from './trouble.ts';
import { createVouching } from './vouching.ts';

/** What came of one envelope. */
export type Outcome =
  /** It was there already. */
  | 'known'
  | 'taken'
  /** It waits for an epoch, a device or entries that are not here yet. */
  | 'parked'
  | 'refused';

export interface Receiver {
  /**
   * Takes envelopes in. To be called inside a transaction; none of them can fail it.
   *
   * @param from the relay that they came from; null for one that is not a relay of this vault.
   */
  take(envelopes: readonly Uint8Array[], from: string | null): Outcome[];
  /** Takes what whoever rotated a relay's key left there. To be called inside a transaction. */
  takeNotice(notice: Uint8Array): void;
  trouble(): Trouble;
  /** Opens a few documents that were taken whole. @returns whether any are left. */
  openSome(): Promise<boolean>;
  /**
   * Makes fewer envelopes of many that were sealed one by one and never left, so that a month offline
   * is told in one go.
   */
  regroup(pause: () => Promise<void>): Promise<void>;
}

export function createReceiver(contents: Contents): Receiver {
  const { vault, membership, log } = contents;
  const { store } = vault;
  const opening = createOpening(contents);
  const parked = createParked(contents);
  const notes = createTroubleNotes(contents, parked.count);
  const resealing = createResealing(contents, opening);
  const believing = createBelieving(contents, opening.keyOf, resealing.takeBack, notes);
  const merging = createMerging(contents, notes);
  const vouching = createVouching(contents, opening.reopen);
  const entries = createEntries(contents, opening, parked, notes);
  const sessions = createSessionsElsewhere(contents);

  function takeOne(envelope: Uint8Array, from: string | null): Outcome {
    const id = envelopeId(envelope);
    if (log.has(id)) {
      if (from !== null) log.known(from, id);
      return 'known';
    }
    const opened = opening.open(envelope);
    if (!opened.ok) {
      if (opened.reason === 'unknownEpoch' || opened.reason === 'unknownDevice') {
        return wait(id, envelope, opened.reason);
      }
      return reject(id, opened.reason, null);
    }
    try {
      store.write(() => takeOpened(opened, id, envelope, from));
      settle(true);
      return 'taken';
    } catch (error) {
      settle(false);
      if (error instanceof WaitingError) return wait(id, envelope, error.wants);
      const { device } = opened.attestation;
      if (error instanceof UnbelievableError) return reject(id, error.reason, device);
      // What a member's device signed may still be nothing that anybody can read.
      if (isUnreadable(error)) return reject(id, 'malformed', device);
      throw error;
    }
  }

  /** What an envelope said counts as a whole, or not at all. */
  function settle(isTaken: boolean): void {
    for (const part of [merging, entries, vouching, resealing]) part.settle(isTaken);
  }

  function takeOpened(
    { header: { kind }, attestation, attestationId, body }: Opened,
    id: Uint8Array,
    envelope: Uint8Array,
    from: string | null,
  ): void {
    believing.believe(attestation, attestationId, id);
    apply({ kind, body }, attestation, id);
    const { device: deviceId, deviceSequence: sequence } = attestation;
    const level = kind === envelopeKind.compacted ? (decodeCompacted(body)?.level ?? 0) : 0;
    log.add({ id, envelope, kind, deviceId, sequence, level }, from);
    parked.letGo(id);
    entries.keepWaiting(id, envelope);
  }

  function wait(id: Uint8Array, envelope: Uint8Array, wants: string): Outcome {
    parked.keep(id, envelope, wants);
    return 'parked';
  }

  function reject(id: Uint8Array, reason: string, device: string | null): Outcome {
    parked.letGo(id);
    notes.noteRefused(id, reason, device);
    return 'refused';
  }

  function apply({ kind, body }: Body, attestation: Attestation, id: Uint8Array): void {
    switch (kind) {
      case envelopeKind.content:
        merging.takeBatch(readable(decodeBatch(body)), attestation, id);
        break;
      case envelopeKind.snapshot:
        merging.takeDocuments(readable(decodeDocuments(body)), id);
        break;
      case envelopeKind.compacted:
        for (const part of readable(decodeCompacted(body)).bodies) apply(part, attestation, id);
        break;
      case envelopeKind.mixed:
        for (const part of readable(decodeMixed(body))) apply(part, attestation, id);
        break;
      case envelopeKind.tombstone:
        merging.takeTombstones(readable(decodeBatch(body)), attestation.device);
        break;
      case envelopeKind.membership:
        readable(decodeEntry(body));
        vouching.takeMembership(() => membership.take([body]));
        break;
      case envelopeKind.entries:
        entries.take(readable(decodeEntries(body)), attestation.device, id);
        break;
      case envelopeKind.session:
        sessions.take(readable(decodeSession(body)), attestation.device);
        break;
      case envelopeKind.coverage:
        for (const one of readable(decodeCoverage(body))) believing.cover(one);
        break;
      // Of a later version: kept and passed on.
      default:
        break;
    }
  }

  /** What waited may be understood now. */
  function retryParked(from: string | null): void {
    for (let progress = true; progress; ) {
      progress = entries.retry();
      for (const envelope of parked.notTaken()) {
        const outcome = takeOne(envelope, from);
        if (outcome === 'taken') progress = true;
        if (outcome === 'known') parked.letGo(envelopeId(envelope));
      }
      merging.mergeAll();
    }
  }

  function together<T>(work: () => T): T {
    return store.write(() => {
      merging.begin();
      resealing.begin();
      vouching.begin();
      parked.measureRoom();
      const outcome = work();
      vouching.vouchForAll();
      resealing.sealTakenBack();
      return outcome;
    });
  }

  return {
    take: (envelopes, from) =>
      together(() => {
        const outcomes = envelopes.map((envelope) => takeOne(envelope, from));
        merging.mergeAll();
        if (parked.count() > 0 && outcomes.includes('taken')) retryParked(from);
        return outcomes;
      }),
    takeNotice: (notice) =>
      together(() => {
        vouching.takeMembership(() => membership.takeNotice(notice));
        vouching.settle(true);
        if (parked.count() > 0) retryParked(null);
      }),
    trouble: notes.trouble,
    openSome: merging.openSome,
    regroup: resealing.regroup,
  };
}
