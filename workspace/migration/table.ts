/** What a file is read as before anybody says what its columns mean. */
import { FailureError, type ImportRefusal } from '../model/failure.ts';

export interface TableRow {
  /** From 1, as a spreadsheet counts them; of a JSON list the place in it. */
  readonly row: number;
  /** May be fewer than there are columns. */
  readonly cells: readonly string[];
}

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
}

export const refuse = (path: string, reason: ImportRefusal): FailureError =>
  new FailureError({ code: 'importRefused', path, reason });
