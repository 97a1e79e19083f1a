/**
 * What this device took from another in good faith, before it heard that it was removed, others refuse
 * from now on. It is said again, in this device's name, so that everybody has the same.
 */
import type { Contents } from '../../contents.ts';
import { uuidBytes, uuidOf } from '../../documents/documentId.ts';
import { decodeEntry } from '../../membership/entry.ts';
import {
  decodeBatch,
  decodeCompacted,
  decodeDocuments,
  decodeMixed,
  envelopeKind,
} from '../../outbox/bodies.ts';
import type { Body, Opening } from './opening.ts';

export interface Vouching {
  /** Forgets for whom to vouch; to be called at the beginning of each transaction. */
  begin(): void;
  /** Forgets what an envelope that was not taken said. */
  settle(isTaken: boolean): void;
  /**
   * Lets the membership log take something, and notes whom it removes.
   *
   * @param take whether any of it was new.
   */
  takeMembership(take: () => boolean): void;
  /** To be called after all is merged: what has just come is told as it is then. */
  vouchForAll(): void;
}

export function createVouching(contents: Contents, reopen: Opening['reopen']): Vouching {
  const { vault, membership, log, outbox, documents } = contents;
  const { keys } = vault;
  /** Devices to vouch for in this transaction, each after which of its sequences. */
  const vouching = new Map<string, number>();
  /** The same, as the envelope that is being taken says. */
  const ofEnvelope = new Map<string, number>();

  function vouchFor(device: string, pin: number): void {
    if (membership.removal()) return;
    // What it said of the membership counts or not, whoever passes it on; epochs of others follow from it.
    for (const entry of membership.entries()) {
      if (decodeEntry(entry)?.statement.author === device) outbox.seal('membership', entry);
    }
    const known = new Set<string>();
    const buried = new Set<string>();
    for (const { envelope } of log.of(device, pin)) {
      const opened = reopen(envelope);
      if (opened) collectDocuments({ kind: opened.header.kind, body: opened.body }, known, buried);
    }
    documents.announce([...known].filter((id) => documents.has(id)));
    outbox.add(
      'tombstone',
      [...buried].map((id) => ({ document: uuidBytes(id), bytes: new Uint8Array() })),
    );
  }

  return {
    begin() {
      vouching.clear();
      ofEnvelope.clear();
    },
    settle(isTaken) {
      if (isTaken) for (const [id, pin] of ofEnvelope) vouching.set(id, pin);
      ofEnvelope.clear();
    },
    takeMembership(take) {
      const before = membership.current().devices;
      if (!take()) return;
      for (const { id, removed } of membership.current().devices.values()) {
        const pin = before.get(id)?.removed?.pin ?? Number.MAX_SAFE_INTEGER;
        if (removed && removed.pin < pin && id !== keys.device.id) ofEnvelope.set(id, removed.pin);
      }
      // Whom a removed device had let in meanwhile never belonged.
      for (const id of before.keys()) if (!membership.device(id)) ofEnvelope.set(id, 0);
    },
    vouchForAll() {
      const devices = [...vouching];
      vouching.clear();
      for (const [device, pin] of devices) vouchFor(device, pin);
    },
  };
}

function collectDocuments({ kind, body }: Body, known: Set<string>, buried: Set<string>): void {
  if (kind === envelopeKind.mixed) {
    for (const part of decodeMixed(body) ?? []) collectDocuments(part, known, buried);
  } else if (kind === envelopeKind.compacted) {
    for (const part of decodeCompacted(body)?.bodies ?? []) collectDocuments(part, known, buried);
  } else if (kind === envelopeKind.snapshot) {
    for (const { document } of decodeDocuments(body) ?? []) known.add(uuidOf(document));
  } else if (kind === envelopeKind.content || kind === envelopeKind.tombstone) {
    const ids = kind === envelopeKind.content ? known : buried;
    for (const { document } of decodeBatch(body) ?? []) ids.add(uuidOf(document));
  }
}
