/** Finds out what a text is (a table, JSON, a list of names) and reads it as that. */
import { parseBoundedJson } from '../model/boundedJson.ts';
import { type ImportFormat, longestText, mostRows } from '../model/migration.ts';
import type { ImportSource } from '../model/migrationRequest.ts';
import { areOwn, itemsIn } from '../model/ownProfiles.ts';
import { fieldOfHeading } from './guessMapping.ts';
import { tableOf } from './readItems.ts';
import { delimiterOf, readTable } from './readTable.ts';
import { refuse, type Table } from './table.ts';

export type TextSource = Extract<ImportSource, { kind: 'text' }>;

export type ReadSource =
  | { readonly format: 'csv' | 'json' | 'list'; readonly table: Table }
  /** Profiles as Warren itself writes them; not checked yet. */
  | { readonly format: 'warren'; readonly items: readonly unknown[] };

/** Bytes of one letter at most, and how deep files of other programs nest. */
const jsonBounds = { bytes: longestText * 3, depth: 40 };

/** How files of Excel begin, old and new. */
const workbooks = ['PK\u0003\u0004', '\u00d0\u00cf\u0011\u00e0'];

/** @throws FailureError `importRefused`, naming the source. */
export async function readSource(source: TextSource): Promise<ReadSource> {
  const { name, header } = source;
  const text = source.text.replace(/^\uFEFF/, '');
  if (workbooks.some((start) => text.startsWith(start))) throw refuse(name, 'workbook');
  switch (source.format === 'auto' ? formatOf(text, header) : source.format) {
    case 'json':
      return readJson(text, name);
    case 'list':
      return { format: 'list', table: readList(text, name) };
    default:
      return { format: 'csv', table: await readTable(text, name, header) };
  }
}

function formatOf(text: string, header: boolean): Exclude<ImportFormat, 'warren' | 'chromium'> {
  const start = text.trimStart();
  if (start[0] === '{' || start[0] === '[') return 'json';
  const [heading = ''] = start.split(/\r\n|\r|\n/, 1);
  if (heading.includes(delimiterOf(heading))) return 'csv';
  // A table of one column is one if its heading says so.
  return header && fieldOfHeading(heading.replaceAll('"', '')) !== 'ignore' ? 'csv' : 'list';
}

function readJson(text: string, name: string): ReadSource {
  const content = parseBoundedJson(Buffer.from(text), name, jsonBounds);
  const items = itemsIn(content) ?? listIn(content);
  if (!items) throw refuse(name, 'notProfiles');
  if (items.length > mostRows) throw refuse(name, 'tooManyRows');
  return areOwn(items)
    ? { format: 'warren', items }
    : { format: 'json', table: tableOf(items, name) };
}

/** Answers of programs wrap their list: `{"data": {"list": […]}}`. */
function listIn(content: unknown): readonly unknown[] | null {
  if (typeof content !== 'object' || content === null) return null;
  const inside = Object.values(content);
  const list = inside.find(Array.isArray);
  if (list) return list;
  const wrapped = inside.filter((value) => typeof value === 'object' && value !== null);
  return wrapped.length === 1 ? listIn(wrapped[0]) : null;
}

/** A name on each line. */
function readList(text: string, name: string): Table {
  const rows = text
    .split(/\r\n|\r|\n/)
    .map((line, index) => ({ row: index + 1, cells: [line.trim()] }))
    .filter(({ cells: [cell] }) => cell !== '');
  if (rows.length > mostRows) throw refuse(name, 'tooManyRows');
  return { columns: ['name'], rows };
}
