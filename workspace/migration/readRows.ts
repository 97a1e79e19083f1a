/** Reads the whole of what is to be imported: what there is, and what each row gives under a mapping. */
import { FailureError } from '../model/failure.ts';
import {
  type ImportColumn,
  type ImportField,
  type ImportFormat,
  secretFields,
  sharedFields,
} from '../model/migration.ts';
import type { ImportRequest } from '../model/migrationRequest.ts';
import { eachSlice } from '../views/slices.ts';
import { readChromiumFolder } from './chromiumFolder.ts';
import { guessMapping } from './guessMapping.ts';
import { readOwn } from './readOwn.ts';
import { type ReadRow, readRow } from './readRow.ts';
import { readSource } from './readSource.ts';
import type { Table } from './table.ts';

export interface ReadImport {
  readonly format: ImportFormat;
  readonly columns: readonly ImportColumn[];
  readonly rows: readonly ReadRow[];
}

/** Rows read between two looks at the clock. */
const atOnce = 20;

/**
 * @param hasProxy whether a proxy of that id is in this vault.
 * @throws FailureError `importRefused` for what can not be read; `invalid` for a mapping that is not one
 *   of these columns.
 */
export async function readRows(
  request: ImportRequest,
  hasProxy: (proxyId: string) => boolean,
): Promise<ReadImport> {
  const { source } = request;
  if (source.kind === 'chromium') {
    return { format: 'chromium', columns: [], rows: await readChromiumFolder(source.path) };
  }
  const read = await readSource(source);
  const rows: ReadRow[] = [];
  if (read.format === 'warren') {
    await eachSlice(read.items, atOnce, (slice, from) => {
      rows.push(...slice.map((item, index) => readOwn(item, from + index + 1, hasProxy)));
    });
    return { format: 'warren', columns: [], rows };
  }
  const { format, table } = read;
  const mapping = request.mapping ?? guessMapping(table);
  refuseOther(mapping, table);
  await eachSlice(table.rows, atOnce, (slice) => {
    rows.push(...slice.map((row) => readRow(row, mapping, request)));
  });
  return { format, columns: columnsOf(table, mapping), rows };
}

/** @throws FailureError `invalid`. */
function refuseOther(mapping: readonly ImportField[], { columns }: Table): void {
  const message =
    mapping.length === columns.length
      ? twiceIn(mapping)
      : `has ${mapping.length} fields for ${columns.length} columns`;
  if (message) throw new FailureError({ code: 'invalid', issues: [{ path: 'mapping', message }] });
}

function twiceIn(mapping: readonly ImportField[]): string | null {
  const twice = mapping.find(
    (field, index) => !sharedFields.has(field) && mapping.indexOf(field) !== index,
  );
  return twice === undefined ? null : `has more than one column for "${twice}"`;
}

/** Characters of a value that a person is shown. */
const sampled = 60;
/** Rows that a value to show is looked for in. */
const looked = 100;

/** Control characters mean something to a terminal. */
const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ');

function columnsOf(table: Table, mapping: readonly ImportField[]): ImportColumn[] {
  return table.columns.map((name, index) => {
    const field = mapping[index] ?? 'ignore';
    const cells = table.rows.slice(0, looked).map(({ cells }) => cells[index]?.trim() ?? '');
    const sample = oneLine(cells.find((cell) => cell !== '') ?? '');
    return {
      name: oneLine(name).slice(0, 200),
      field,
      sample: secretFields.has(field) ? null : sample.slice(0, sampled),
    };
  });
}
