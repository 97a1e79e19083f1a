/**
 * How far an envelope is believed: whether its author may say it, by the membership log, and where it
 * stands in what that author ever said.
 */
import { decodeAttestation } from '../../../crypto/attestation.ts';
import { compareBytes } from '../../../crypto/bytes.ts';
import {
  type Attestation,
  type SignedAttestation,
  type VerifyKeyFor,
  verifySignedAttestation,
} from '../../../crypto/envelope.ts';
import type { Contents } from '../../contents.ts';
import type { Coverage } from '../../outbox/bodies.ts';
import { UnbelievableError, WaitingError } from './notTaken.ts';
import type { TroubleNotes } from './trouble.ts';

export interface Believing {
  /**
   * @param id of the attestation.
   * @throws UnbelievableError, or WaitingError when its author is not known.
   */
  believe(attestation: Attestation, id: Uint8Array, envelope: Uint8Array): void;
  /** Takes a run of an author's envelopes as said. @throws like `believe`. */
  cover(coverage: Coverage): void;
}

const none = new Uint8Array(32);

export function createBelieving(
  { vault, membership, log }: Contents,
  keyOf: VerifyKeyFor,
  takeBack: (sequence: number) => void,
  { note }: TroubleNotes,
): Believing {
  const { store, keys, database } = vault;
  const attest = database.prepare('insert or ignore into attestation values (?, ?, ?)');
  const attested = database
    .prepare<[string, number], Buffer>(
      'select id from attestation where device_id = ? and device_sequence = ?',
    )
    .pluck();
  const noteNonce = database.prepare('insert or ignore into actor_nonce values (?, ?, ?)');
  const putCovered = database.prepare('insert or ignore into covered values (?, ?, ?)');

  return {
    believe(attestation, id, envelope) {
      const { device, deviceSequence: sequence, previous } = attestation;
      if (sequence < 1) throw new UnbelievableError('badSequence');
      const member = membership.author(device);
      if (!member) throw new WaitingError('unknownDevice');
      if (member.removed && sequence > member.removed.pin) throw new UnbelievableError('removed');
      if (device === keys.device.id) takeBack(sequence);
      const there = attested.get(device, sequence);
      const before = sequence === 1 ? none : attested.get(device, sequence - 1);
      const isFork =
        (there && compareBytes(there, id) !== 0) ||
        (before && compareBytes(before, previous) !== 0);
      // What it says is kept, since it merges; that a device speaks with two tongues is shown.
      if (isFork) note(envelope, 'fork', device);
      attest.run(device, sequence, id);
      noteNonce.run(attestation.actorNonce, device, store.clock.tick());
    },
    cover(coverage) {
      const { device, from, to, nonces } = coverage;
      const key = keyOf(device);
      if (!key) throw new WaitingError('unknownDevice');
      const signed: SignedAttestation = coverage;
      const last = decodeAttestation(coverage.attestation);
      const sound =
        last?.device === device &&
        last.deviceSequence === to &&
        from <= to &&
        verifySignedAttestation(key, signed);
      if (!sound || !last) throw new UnbelievableError('badCoverage');
      putCovered.run(device, from, to);
      // What it stands for need not be kept here either.
      log.hideRange(device, from, to);
      for (const nonce of nonces) noteNonce.run(nonce, device, store.clock.tick());
    },
  };
}
