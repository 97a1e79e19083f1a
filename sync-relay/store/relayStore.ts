/**
 * What a relay needs of an engine that keeps its data. Whatever an engine promises here is what
 * `conformance.ts` tries; a new engine is one that passes it.
 */
import type { IdRange } from '../protocol/proofs.ts';

export interface Head {
  /** How many envelopes were ever appended; the last one's position. */
  readonly head: number;
  /** 32 bytes, see `nextChain`. */
  readonly chain: Uint8Array;
}

export interface ChannelState extends Head {
  /** Ed25519, 32 bytes: who holds its other half may use the channel. */
  readonly key: Uint8Array;
  /** Bytes of all that is stored for it, hidden envelopes and blobs included. */
  readonly bytes: number;
}

export interface StoredEntry {
  readonly position: number;
  readonly envelope: Uint8Array;
}

export interface Appended extends Head {
  /** Of each envelope, in the order given; of one that was there already, the place it had. */
  readonly positions: readonly number[];
  /** Those that are new, with their places. */
  readonly added: readonly StoredEntry[];
  /** How many envelopes are hidden now that were not. */
  readonly hidden: number;
}

export interface ReadPage extends Head {
  readonly entries: readonly StoredEntry[];
  /** Where to read on after; everything up to there is in `entries`, hidden or purged. */
  readonly end: number;
  /** The chain at `end`. */
  readonly endChain: Uint8Array;
}

export interface Slot {
  /** 0 for one that was never written; one more at each write. */
  readonly version: number;
  readonly value: Uint8Array;
  /** Milliseconds since it was written, by the store's clock; 0 for one that never was. */
  readonly age: number;
}

export interface Successor {
  readonly next: Uint8Array;
  readonly notice: Uint8Array;
}

export interface BlobState {
  readonly size: number;
  /** Bytes that are there, from the first; equal to `size` when it is whole. */
  readonly received: number;
}

export interface StoreTotals {
  readonly channels: number;
  readonly envelopes: number;
  readonly bytes: number;
}

/** Why something was not stored; nothing of the request is then. */
export type Refusal = 'quota' | 'unknownChannel' | 'badOffset' | 'unknownBlob';

export class RefusedError extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal);
    this.refusal = refusal;
  }
}

export interface Quotas {
  /** Bytes of a channel's envelopes and blobs together. */
  readonly channelBytes: number;
  readonly channelRegisters: number;
  readonly channels: number;
}

/**
 * Every promise that settles well means that its effect survives the process and the machine. Calls are
 * taken in the order in which they are made.
 */
export interface RelayStore {
  /** 16 bytes; another after the data was put back from a backup, so that cursors are checked anew. */
  readonly incarnation: Uint8Array;
  channel(channel: Uint8Array): Promise<ChannelState | null>;
  /** @returns false when there is one already. @throws RefusedError `quota` */
  create(channel: Uint8Array, key: Uint8Array): Promise<boolean>;
  /** Puts `next` in the place of `key`. @returns false when `key` is not the channel's. */
  rotate(channel: Uint8Array, key: Uint8Array, successor: Successor): Promise<boolean>;
  /**
   * @returns the key that the channel has now and the newest notice, for a key that was the channel's
   *   once; null when it never was.
   */
  successor(channel: Uint8Array, key: Uint8Array): Promise<Successor | null>;
  /**
   * Appends what is not there yet, then hides what is named: idempotent by envelope id, positions without
   * gaps, all of it or nothing. Ids that are unknown, or of this very request, hide nothing.
   *
   * @throws RefusedError `quota` or `unknownChannel`
   */
  append(
    channel: Uint8Array,
    envelopes: readonly Uint8Array[],
    supersedes: readonly Uint8Array[],
  ): Promise<Appended>;
  /** Visible envelopes in order, up to about `bytes`, at least one if there is one. */
  read(channel: Uint8Array, after: number, bytes: number): Promise<ReadPage>;
  /** @returns the chain at a position, or null when the log is shorter. */
  chainAt(channel: Uint8Array, position: number): Promise<Uint8Array | null>;
  /** Visible envelopes by id, unknown ones left out, up to about `bytes`. */
  fetch(
    channel: Uint8Array,
    ids: readonly Uint8Array[],
    bytes: number,
  ): Promise<readonly Uint8Array[]>;
  /** Ids of visible envelopes in a range, ascending. */
  ids(channel: Uint8Array, range: IdRange): Promise<readonly Uint8Array[]>;
  register(channel: Uint8Array, register: Uint8Array): Promise<Slot>;
  /** Writes when the version is still `version`. @throws RefusedError `quota` */
  setRegister(
    channel: Uint8Array,
    register: Uint8Array,
    version: number,
    value: Uint8Array,
  ): Promise<{ readonly set: boolean; readonly slot: Slot }>;
  blob(channel: Uint8Array, blob: Uint8Array): Promise<BlobState | null>;
  /**
   * Writes a part at the end of what is there. A part that is there already is taken as written.
   *
   * @throws RefusedError `badOffset` or `quota`
   */
  putBlob(
    channel: Uint8Array,
    blob: Uint8Array,
    size: number,
    offset: number,
    bytes: Uint8Array,
  ): Promise<BlobState>;
  /** @throws RefusedError `unknownBlob` unless it is whole. */
  getBlob(
    channel: Uint8Array,
    blob: Uint8Array,
    offset: number,
    length: number,
  ): Promise<{ readonly size: number; readonly bytes: Uint8Array }>;
  dropBlob(channel: Uint8Array, blob: Uint8Array): Promise<void>;
  /** Forgets a channel with all that is in it. */
  erase(channel: Uint8Array): Promise<void>;
  /** Gives back the room of envelopes hidden, and of blobs unfinished, for 30 days. */
  purge(): Promise<{ readonly envelopes: number; readonly blobs: number }>;
  totals(): Promise<StoreTotals>;
  /** Waits for what was asked for, and lets go of the files. */
  close(): Promise<void>;
}

/** Milliseconds that hidden envelopes and unfinished blobs are kept: 30 days. */
export const keptHidden = 30 * 24 * 3_600_000;

export const defaultQuotas: Quotas = {
  channelBytes: 4 * 1024 ** 3,
  channelRegisters: 20_000,
  channels: 10_000,
};
