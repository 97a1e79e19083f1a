/** Decides what becomes of each row: a new profile, a change of one that is there, or nothing, and why. */
import type { ImportNote, ImportProblem, NameClash } from '../model/migration.ts';
import { createFreeNames } from './freeNames.ts';
import type { GivenRow, ReadRow } from './readRow.ts';

export type PlannedRow =
  | { readonly outcome: 'add'; readonly name: string; readonly from: GivenRow }
  /** Of the profile of that name, or of what a row before it adds. */
  | { readonly outcome: 'update'; readonly name: string; readonly from: GivenRow }
  | {
      readonly outcome: 'skip' | 'refuse';
      readonly name: string;
      readonly row: number;
      readonly why: ImportNote;
    };

export interface Plan {
  readonly rows: readonly PlannedRow[];
  /** Rows whose name was taken. */
  readonly duplicates: number;
}

/** @param isTaken whether the vault has a profile of exactly that name. */
export function planRows(
  rows: readonly ReadRow[],
  isTaken: (name: string) => boolean,
  onDuplicate: NameClash,
): Plan {
  const seen = new Set<string>();
  const freeName = createFreeNames((name) => seen.has(name) || isTaken(name));
  let duplicates = 0;
  const planned = rows.map((from): PlannedRow => {
    const { row, name } = from;
    if ('refused' in from) return { outcome: 'refuse', name, row, why: from.refused };
    const isDuplicate = seen.has(name) || isTaken(name);
    if (isDuplicate) duplicates += 1;
    if (isDuplicate && onDuplicate === 'skip') {
      return { outcome: 'skip', name, row, why: { field: 'name', problem: 'duplicate' } };
    }
    if (isDuplicate && onDuplicate === 'update') return { outcome: 'update', name, from };
    const free = freeName(name);
    seen.add(free);
    return { outcome: 'add', name: free, from };
  });
  return { rows: planned, duplicates };
}

export const rowOf = (planned: PlannedRow): number =>
  'from' in planned ? planned.from.row : planned.row;

/** What of it is not taken. */
export const notesOf = (planned: PlannedRow): readonly ImportNote[] =>
  'from' in planned ? planned.from.notes : [planned.why];

/** Problems that are told with the rows they are about; more rows than that are only counted. */
const rowsTold = 50;

/** Gathers what is not taken, each field and problem once. */
export function createLeftOut() {
  const found = new Map<string, ImportNote & { count: number; rows: number[] }>();
  return {
    add(row: number, { field, problem }: ImportNote): void {
      const key = `${field} ${problem}`;
      const known = found.get(key) ?? { field, problem, count: 0, rows: [] };
      found.set(key, known);
      known.count += 1;
      if (known.rows.length < rowsTold) known.rows.push(row);
    },
    /** Those about whole rows first, then the most frequent. */
    list: () =>
      [...found.values()].sort(
        (a, b) => Number(isWhole(b.problem)) - Number(isWhole(a.problem)) || b.count - a.count,
      ),
  };
}

const wholeRow: ReadonlySet<ImportProblem> = new Set([
  'noName',
  'nameTooLong',
  'notAProfile',
  'badProxy',
  'ambiguousProxy',
  'duplicate',
]);
const isWhole = (problem: ImportProblem): boolean => wholeRow.has(problem);
