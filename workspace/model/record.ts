/** What holds of every kind of record: its history and its stay in the trash. */

/** Kinds of records that have history and a trash. */
export const recordKinds = ['profile', 'proxy', 'template', 'workflow'] as const;
export type RecordKindName = (typeof recordKinds)[number];

export const isRecordKind = (kind: string): kind is RecordKindName =>
  (recordKinds as readonly string[]).includes(kind);

/** What a list can be ordered by. */
export const listOrders = ['name', 'number', 'used', 'recent', 'created', 'updated'] as const;
export type ListOrder = (typeof listOrders)[number];
/** The others begin with the newest. */
export const isAscending = (order: ListOrder): boolean => order === 'name' || order === 'number';

/** A value that records have, and how many have it. */
export interface Facet {
  readonly value: string;
  readonly count: number;
}

/** One change of a record, newest first in its history. */
export interface HistoryEntry {
  /** Names the state after this change: 64 hexadecimal digits. */
  readonly version: string;
  /** 1 for the first version. */
  readonly number: number;
  readonly at: number;
  readonly deviceId: string | null;
  readonly deviceName: string | null;
  /** `add`, `import`, `edit`, `trash`, `untrash`, `restoreVersion`. */
  readonly action: string;
  /** Names of the fields that it changed; `trashed` for the way into the trash and out of it. */
  readonly changed: readonly string[];
}

export interface TrashedRow {
  readonly kind: string;
  readonly id: string;
  readonly name: string;
  readonly trashedAt: number;
}

/** An entry of the activity log. */
export interface ActivityRow {
  readonly position: number;
  readonly at: number;
  /** `add`, `edit`, `addMany`, `backup`, … */
  readonly type: string;
  /** The kind of record, or empty. */
  readonly kind: string;
  readonly recordId: string;
  /** The record's name then, or how many there were. */
  readonly name: string;
  readonly deviceName: string | null;
}

/** What lies in a vault. */
export interface VaultStats {
  readonly records: Readonly<Record<string, number>>;
  readonly trashed: number;
  readonly documents: number;
  readonly documentBytes: number;
  readonly journalEntries: Readonly<Record<string, number>>;
  readonly blobs: number;
  /** Bytes of blobs before sealing. */
  readonly blobBytes: number;
  readonly outboxEnvelopes: number;
  readonly outboxBytes: number;
  /** Bytes of the database file. */
  readonly databaseBytes: number;
}
