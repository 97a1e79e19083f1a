/** Opening envelopes of this vault's workspace, with the keys that are known here. */
import {
  type EpochKeyFor,
  type OpenedEnvelope,
  openEnvelope,
  type ReopenedEnvelope,
  reopenEnvelope,
  type VerifyKeyFor,
} from '../../../crypto/envelope.ts';
import type { Contents } from '../../contents.ts';

export interface Opening {
  readonly keyOf: VerifyKeyFor;
  /** @param envelope untrusted. */
  open(envelope: Uint8Array): OpenedEnvelope;
  /** Opens what was verified here before, and kept. @returns null when its key is gone. */
  reopen(envelope: Uint8Array): ReopenedEnvelope | null;
}

export type Opened = Extract<OpenedEnvelope, { ok: true }>;

/** A part of what an envelope says. */
export interface Body {
  readonly kind: number;
  readonly body: Uint8Array;
}

export function createOpening({ vault, epochs, membership }: Contents): Opening {
  const keyOf: VerifyKeyFor = (device) => membership.author(device)?.signing ?? null;
  const epochKey: EpochKeyFor = ({ epochTag }) => epochs.keyFor(epochTag);
  const place = { channel: vault.keys.channel };
  return {
    keyOf,
    open: (envelope) => openEnvelope(envelope, epochKey, keyOf, place),
    reopen: (envelope) => reopenEnvelope(envelope, epochKey, place),
  };
}
