/** Decides what becomes of each row: a new profile, a change of one that is there, or nothing, and why. */
import type { ImportNote, NameClash } from '../model/migration.ts';
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

export interface Planner {
  /** Takes the rows in their order. */
  plan(row: ReadRow): PlannedRow;
  /** How many of them have a name that was taken. */
  duplicates(): number;
}

/** @param isTaken whether the vault has a profile of exactly that name. */
export function createPlanner(isTaken: (name: string) => boolean, onDuplicate: NameClash): Planner {
  const seen = new Set<string>();
  const freeName = createFreeNames((name) => seen.has(name) || isTaken(name));
  let duplicates = 0;
  return {
    duplicates: () => duplicates,
    plan(from) {
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
    },
  };
}

export const rowOf = (planned: PlannedRow): number =>
  'from' in planned ? planned.from.row : planned.row;

/** What of it is not taken. */
export const notesOf = (planned: PlannedRow): readonly ImportNote[] =>
  'from' in planned ? planned.from.notes : [planned.why];
