/** Reads a table from text: cells parted by commas, semicolons, tabs or bars, as spreadsheets save them. */
import { Readable } from 'node:stream';
import { type CsvError, parse } from 'csv-parse';
import { mostColumns, mostRows } from '../model/migration.ts';
import { pause } from '../views/slices.ts';
import { refuse, type Table, type TableRow } from './table.ts';

const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

/** Characters of one row: cookies of a profile can be many. */
const longestRow = 10_000_000;
/** Characters read between two pauses. */
const piece = 64 * 1024;

/**
 * @param name of the file, for refusals.
 * @param header whether the first row names the columns; they are numbered otherwise.
 * @throws FailureError `importRefused`: `brokenTable`, `tooManyRows` or `tooManyColumns`.
 */
export async function readTable(text: string, name: string, header: boolean): Promise<Table> {
  const { delimiter, body, skipped } = layoutOf(text);
  const rows: TableRow[] = [];
  let row = skipped;
  let width = 0;
  const parser = Readable.from(piecesOf(body)).pipe(
    parse({
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: longestRow,
    }),
  );
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      row += 1;
      if (cells.every((cell) => cell.trim() === '')) continue;
      if (cells.length > mostColumns) throw refuse(name, 'tooManyColumns');
      if (rows.length > mostRows) throw refuse(name, 'tooManyRows');
      width = Math.max(width, cells.length);
      rows.push({ row, cells });
    }
  } catch (error) {
    if (isCsvError(error)) throw refuse(name, 'brokenTable');
    throw error;
  }
  const first = header ? rows.shift() : undefined;
  const columns = Array.from(
    { length: width },
    (_, index) => first?.cells[index]?.trim() || String(index + 1),
  );
  return { columns, rows };
}

const isCsvError = (error: unknown): error is CsvError =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_');

async function* piecesOf(text: string): AsyncGenerator<string> {
  for (let from = 0; from < text.length; ) {
    const end = from + piece;
    // A letter of two units must not be parted: each piece is made bytes by itself.
    const to = isHighSurrogate(text.charCodeAt(end - 1)) ? end + 1 : end;
    yield text.slice(from, to);
    from = to;
    await pause();
  }
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;

interface Layout {
  readonly delimiter: Delimiter;
  readonly body: string;
  /** Rows before the body. */
  readonly skipped: number;
}

function layoutOf(text: string): Layout {
  // Excel says which delimiter it means in a row of its own.
  const said = /^sep=([,;\t|])\r?\n/i.exec(text);
  if (said) {
    return { delimiter: said[1] as Delimiter, body: text.slice(said[0].length), skipped: 1 };
  }
  return { delimiter: delimiterOf(text), body: text, skipped: 0 };
}

/** The one that the first row has the most of, outside of quotes; a comma where it has none. */
export function delimiterOf(text: string): Delimiter {
  const counts = new Map<string, number>();
  let quoted = false;
  for (const letter of firstRow(text)) {
    if (letter === '"') quoted = !quoted;
    else if (!quoted) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  }
  const count = (delimiter: Delimiter) => counts.get(delimiter) ?? 0;
  return delimiters.reduce((best, next) => (count(next) > count(best) ? next : best));
}

/** Characters of a row that a delimiter is looked for in. */
const looked = 20_000;

const firstRow = (text: string): string =>
  text
    .trimStart()
    .slice(0, looked)
    .split(/\r\n|\r|\n/, 1)[0] ?? '';
