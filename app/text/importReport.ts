/** What came of an import of profiles, or would, in words: the same in a window and on a terminal. */
import type { ImportColumn, ImportCounts, LeftOut } from '../../workspace/model/migration.ts';
import { type Language, translate } from './index.ts';

const outcomes = ['add', 'update', 'skip', 'refuse', 'proxies', 'knownProxies', 'cookies'] as const;

/** @returns the figures that are not nothing, the new ones always. */
export const countsText = (language: Language, counts: ImportCounts): string[] =>
  outcomes
    .filter((what) => what === 'add' || counts[what] > 0)
    .map((what) => translate(language, `import.count.${what}`, { count: counts[what] }));

/** @returns one line for each field and problem, then one for the columns that nothing is taken of. */
export function leftOutText(
  language: Language,
  leftOut: readonly LeftOut[],
  columns: readonly ImportColumn[],
): string[] {
  const lines = leftOut.map(({ field, problem, count, rows }) =>
    translate(language, 'import.leftOut.line', {
      field: translate(language, `import.field.${field}`),
      problem: translate(language, `import.problem.${problem}`),
      count,
      rows: rowsText(language, rows, count),
    }),
  );
  const ignored = columns.filter(({ field }) => field === 'ignore').map(({ name }) => name);
  if (ignored.length === 0) return lines;
  return [...lines, translate(language, 'import.columnsLeftOut', { columns: ignored.join(', ') })];
}

/** Rows that are named. */
const named = 10;

function rowsText(language: Language, rows: readonly number[], count: number): string {
  const shown = rows.slice(0, named).join(', ');
  const list = translate(language, 'import.rowList', { rows: shown, count });
  return count > named ? translate(language, 'import.leftOut.more', { rows: list }) : list;
}
