/**
 * Entries of journals. They follow one another; one whose forerunner is missing waits, and keeps nothing
 * else of its envelope from being taken.
 */
import { envelopeId } from '../../../crypto/envelope.ts';
import { toHex } from '../../../crypto/hex.ts';
import type { Contents } from '../../contents.ts';
import {
  decodeCompacted,
  decodeEntries,
  decodeMixed,
  envelopeKind,
  type SharedEntry,
} from '../../outbox/bodies.ts';
import type { Body, Opening } from './opening.ts';
import type { Parked } from './parked.ts';
import type { TroubleNotes } from './trouble.ts';

export interface Entries {
  /** @param author of the envelope that they came in. */
  take(entries: readonly SharedEntry[], author: string, envelope: Uint8Array): void;
  /** Keeps an envelope that was taken, if any of its entries has to wait. */
  keepWaiting(id: Uint8Array, envelope: Uint8Array): void;
  /** Forgets those of an envelope that was not taken. */
  settle(isTaken: boolean): void;
  /** @returns whether any entry that waited was taken. */
  retry(): boolean;
}

export function createEntries(
  { vault, journal, activity }: Contents,
  { keyOf, reopen }: Opening,
  parked: Parked,
  { note }: TroubleNotes,
): Entries {
  const { store } = vault;
  /** The envelope that is being taken, where entries of it have to wait. */
  const awaiting = new Set<string>();

  function take(entries: readonly SharedEntry[], author: string, envelope: Uint8Array): void {
    for (const { journal: name, ...entry } of entries) {
      const member = keyOf(entry.deviceId);
      // Of a device of another vault, whose journal was imported here or there: nobody can vouch for it.
      if (!member) continue;
      const target = name === 'run' ? journal : activity;
      const last = target.journal.last(entry.subject);
      if (entry.sequence <= last) continue;
      if (entry.sequence > last + 1) {
        awaiting.add(toHex(envelope));
        continue;
      }
      const adopted = target.journal.adopt(entry, entry.deviceId === author ? null : member);
      if (!adopted) {
        // Of a vault that was put back from a backup, say: it told two stories.
        note(envelope, 'badEntry', entry.deviceId);
        continue;
      }
      if (name === 'run') journal.adopt([adopted]);
      else {
        activity.show([adopted]);
        store.touch('activity', entry.subject);
      }
    }
  }

  return {
    take,
    keepWaiting(id, envelope) {
      if (awaiting.delete(toHex(id))) parked.keepForEntries(id, envelope);
    },
    settle(isTaken) {
      if (!isTaken) awaiting.clear();
    },
    retry() {
      let progress = false;
      for (const envelope of parked.forEntries()) {
        const id = envelopeId(envelope);
        const opened = reopen(envelope);
        const parts = opened ? entriesOf({ kind: opened.header.kind, body: opened.body }) : [];
        take(parts, opened?.attestation.device ?? '', id);
        if (awaiting.delete(toHex(id))) continue;
        parked.letGo(id);
        progress = true;
      }
      return progress;
    },
  };
}

function entriesOf({ kind, body }: Body): SharedEntry[] {
  if (kind === envelopeKind.entries) return decodeEntries(body) ?? [];
  if (kind === envelopeKind.mixed) return (decodeMixed(body) ?? []).flatMap(entriesOf);
  return (decodeCompacted(body)?.bodies ?? []).flatMap(entriesOf);
}
