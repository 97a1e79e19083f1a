/** What backups, exports and imports tell. */

export interface BackupRow {
  /** The backup's folder name, which is also when it was made. */
  readonly name: string;
  readonly path: string;
  readonly createdAt: number;
  /** Bytes on disk that this backup refers to; parts that backups share count in each. */
  readonly bytes: number;
  readonly blobs: number;
  /** False for one that was cut off while it was being made. */
  readonly complete: boolean;
}

export interface ExportReport {
  readonly path: string;
  readonly bytes: number;
  readonly records: number;
  readonly entries: number;
  readonly blobs: number;
  /** What could not be read because it is damaged; everything else is in the export. */
  readonly damaged: readonly string[];
  /** The 24 words that open this file, when some were asked for. */
  readonly words: readonly string[] | null;
}

/** How an import treats a record whose id or name is there already. */
export type OnDuplicate = 'skip' | 'merge' | 'copy';

export interface ImportDuplicate {
  readonly kind: string;
  readonly name: string;
  /** `id`: the same record; `name`: another one of that name. */
  readonly by: 'id' | 'name';
  readonly outcome: 'skipped' | 'merged' | 'same' | 'copied';
}

export interface ImportReport {
  readonly records: number;
  readonly entries: number;
  readonly blobs: number;
  readonly sessions: number;
  readonly duplicates: readonly ImportDuplicate[];
  /** What was refused, and why. */
  readonly refused: readonly { readonly name: string; readonly reason: string }[];
}
