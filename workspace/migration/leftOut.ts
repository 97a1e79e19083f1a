/** Gathers what is not taken of all rows: each field and problem once, with how many rows it is about. */
import type { ImportNote, ImportProblem, LeftOut } from '../model/migration.ts';

export interface LeftOutList {
  add(row: number, note: ImportNote): void;
  /** Those about whole rows first, then the most frequent. */
  list(): LeftOut[];
}

/** Rows that are told with their problem; the others are only counted. */
const rowsTold = 50;

const wholeRow: ReadonlySet<ImportProblem> = new Set([
  'noName',
  'nameTooLong',
  'notAProfile',
  'badProxy',
  'ambiguousProxy',
  'duplicate',
]);

export function createLeftOut(): LeftOutList {
  const found = new Map<string, ImportNote & { count: number; readonly rows: number[] }>();
  const rank = ({ problem }: ImportNote) => (wholeRow.has(problem) ? 0 : 1);
  return {
    add(row, { field, problem }) {
      const key = `${field} ${problem}`;
      const known = found.get(key) ?? { field, problem, count: 0, rows: [] };
      found.set(key, known);
      known.count += 1;
      if (known.rows.length < rowsTold) known.rows.push(row);
    },
    list: () => [...found.values()].sort((a, b) => rank(a) - rank(b) || b.count - a.count),
  };
}
