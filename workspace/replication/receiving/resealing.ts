/**
 * Sealing again what this device sealed and never sent: because there is much of it, or because others
 * have something in its place.
 */
import type { ReopenedEnvelope } from '../../../crypto/envelope.ts';
import type { Contents } from '../../contents.ts';
import type { LogEnvelope } from '../../outbox/log.ts';
import type { SealedBody } from '../../outbox/outbox.ts';
import type { Opening } from './opening.ts';

export interface Resealing {
  /** Forgets what was taken back in a transaction that failed. */
  begin(): void;
  /** Forgets what an envelope took back that was not taken itself. */
  settle(isTaken: boolean): void;
  /**
   * To be called for an envelope of this very device that it does not know: the vault was put back from a
   * backup, or copied. What was sealed since and never left is sealed again, after what others have.
   */
  takeBack(sequence: number): void;
  /** Seals what was taken back. */
  sealTakenBack(): void;
  /**
   * Makes fewer envelopes of many that were sealed one by one and never left, so that a month offline
   * is told in one go.
   */
  regroup(pause: () => Promise<void>): Promise<void>;
}

/** Fewer envelopes than that are sent as they are. */
const worthRegrouping = 64;
const regroupedAtOnce = 100;

export function createResealing(contents: Contents, { open, reopen }: Opening): Resealing {
  const { vault, log, outbox } = contents;
  const { store, keys, database } = vault;
  const forgetAttested = database.prepare(
    'delete from attestation where device_id = ? and device_sequence >= ?',
  );
  let takenBack: ReopenedEnvelope[] = [];
  /** For the envelope that is being taken. */
  let forEnvelope: ReopenedEnvelope[] = [];

  return {
    begin() {
      takenBack = [];
      forEnvelope = [];
    },
    settle(isTaken) {
      if (isTaken) takenBack.push(...forEnvelope);
      forEnvelope = [];
    },
    takeBack(sequence) {
      const { sequence: last } = outbox.last();
      // Nothing was sealed in its place.
      if (sequence > last) return;
      const again = log.neverSent(keys.device.id, 0, Number.MAX_SAFE_INTEGER).flatMap((one) => {
        const opened = open(one.envelope);
        if (!opened.ok || opened.attestation.deviceSequence < sequence) return [];
        log.drop([one.position]);
        return [opened];
      });
      if (again.length === 0) return;
      forgetAttested.run(keys.device.id, sequence);
      forEnvelope.push(...again);
    },
    sealTakenBack() {
      const again = takenBack;
      takenBack = [];
      const last = outbox.last().sequence;
      if (again.length > 0) outbox.sealAgain(last + 1, again.map(bodyOf));
    },
    async regroup(pause) {
      const me = keys.device.id;
      const opened: ReopenedEnvelope[] = [];
      const positions: number[] = [];
      const openAll = (page: readonly LogEnvelope[]) => {
        for (const { position, envelope } of page) {
          const one = reopen(envelope);
          if (one) opened.push(one);
          positions.push(position);
        }
      };
      for (;;) {
        const page = log.neverSent(me, positions.at(-1) ?? 0, regroupedAtOnce);
        openAll(page);
        if (page.length < regroupedAtOnce) break;
        await pause();
      }
      if (opened.length < worthRegrouping) return;
      // With nobody else's changes: those would be sealed in the middle of it.
      await store.alone(() => {
        // What was sealed meanwhile follows the rest, or the chain would have a hole.
        openAll(log.neverSent(me, positions.at(-1) ?? 0, Number.MAX_SAFE_INTEGER));
        const from = opened[0]?.attestation.deviceSequence ?? 0;
        const all = outbox.last().sequence - from + 1 === opened.length;
        if (!all || positions.length !== opened.length) return;
        log.drop(positions);
        outbox.sealAgain(from, opened.map(bodyOf));
      });
    },
  };
}

const bodyOf = ({ header, attestation, body }: ReopenedEnvelope): SealedBody => ({
  kind: header.kind,
  body,
  actorNonce: attestation.actorNonce,
});
