/** What an import counts while it goes. */
import { ZodError } from 'zod';
import { BlobDamagedError } from '../../crypto/sealedBlob.ts';
import { FailureError } from '../model/failure.ts';
import type { ImportDuplicate, ImportReport, OnDuplicate } from '../model/transfer.ts';
import type { ValidateInput } from './takeRecord.ts';

export interface ImportOptions {
  readonly onDuplicate: OnDuplicate;
  /** Only tells what would happen: nothing is stored. */
  readonly preview: boolean;
  readonly validate: ValidateInput;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

export interface OpenReport {
  records: number;
  entries: number;
  blobs: number;
  sessions: number;
  readonly duplicates: ImportDuplicate[];
  readonly refused: { readonly name: string; readonly reason: string }[];
}

/** Longer lists tell nobody more; the counts stay right. */
const listed = 1_000;

export const newReport = (): OpenReport => ({
  records: 0,
  entries: 0,
  blobs: 0,
  sessions: 0,
  duplicates: [],
  refused: [],
});

export function closeReport(report: OpenReport): ImportReport {
  return {
    ...report,
    duplicates: report.duplicates.slice(0, listed),
    refused: report.refused.slice(0, listed),
  };
}

/** Ends the transaction of a preview without storing anything. */
export class PreviewDone extends Error {
  readonly report: ImportReport;
  constructor(report: OpenReport) {
    super('a preview stores nothing');
    this.report = closeReport(report);
  }
}

/** What our decoders, tar and the database throw on content that is not what it says it is. */
export function isMalformed(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof FailureError) return false;
  const code = 'code' in error ? String(error.code) : '';
  return (
    error instanceof ZodError ||
    error instanceof RangeError ||
    error instanceof TypeError ||
    error instanceof BlobDamagedError ||
    code.startsWith('SQLITE_CONSTRAINT') ||
    (code === '' && /tar|header|unexpected end/i.test(error.message))
  );
}
