/** What several areas of the contract share. */
import { z } from 'zod';
import { recordKinds } from '../../../workspace/model/record.ts';

/** Passphrases are Unicode, normalized (NFKC) before use; the bound only stops absurd input. */
export const passphrase = z.string().min(1).max(1_024);
export const nothing = z.strictObject({});
export const reference = z.string().min(1).max(200);
export const recordKind = z.enum(recordKinds);
export const page = {
  /** Where the previous page ended; opaque. */
  after: z.string().max(2_000).optional(),
  limit: z.int().min(1).max(500).default(100),
};

export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Give it back as `after`; null on the last page. */
  readonly next: string | null;
  /** Lists of runs and activity count to 10,000; 10,001 says that there are more. */
  readonly total: number;
}
