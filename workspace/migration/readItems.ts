/** Makes a table of a list of JSON objects: a column for each way to a value, such as `proxy.host`. */
import { mostColumns, mostRows } from '../model/migration.ts';
import { refuse, type Table, type TableRow } from './table.ts';

/** Objects in objects that are taken apart; what is deeper stays JSON. */
const deepest = 3;

/**
 * Objects with very many values, such as whole fingerprints, are taken apart less deeply.
 *
 * @param items untrusted; one that is no object becomes a row without cells.
 * @throws FailureError `importRefused`: `tooManyRows` or `tooManyColumns`.
 */
export function tableOf(items: readonly unknown[], name: string): Table {
  if (items.length > mostRows) throw refuse(name, 'tooManyRows');
  for (let depth = deepest; depth > 0; depth--) {
    const table = takeApart(items, depth);
    if (table) return table;
  }
  throw refuse(name, 'tooManyColumns');
}

/** @returns null where that gives too many columns. */
function takeApart(items: readonly unknown[], depth: number): Table | null {
  const places = new Map<string, number>();
  const rows: TableRow[] = [];
  for (const [index, item] of items.entries()) {
    const cells: string[] = [];
    for (const [way, value] of valuesOf(item, '', depth)) {
      const place = places.get(way) ?? places.size;
      if (place >= mostColumns) return null;
      places.set(way, place);
      cells[place] = value;
    }
    rows.push({ row: index + 1, cells: Array.from(cells, (cell) => cell ?? '') });
  }
  return { columns: [...places.keys()], rows };
}

function* valuesOf(value: unknown, way: string, depth: number): Generator<[string, string]> {
  if (!isObject(value)) {
    if (way !== '') yield [way, cellOf(value)];
    return;
  }
  // Cookies with their storage are one value, however many objects they are.
  if (way !== '' && (depth === 0 || Array.isArray(value.cookies))) {
    yield [way, JSON.stringify(value)];
    return;
  }
  for (const [field, inner] of Object.entries(value)) {
    yield* valuesOf(inner, way === '' ? field : `${way}.${field}`, depth - 1);
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Words of a list stand on lines of their own; a list of anything else stays JSON. */
function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (!Array.isArray(value)) return String(value);
  const isWords = value.every((item) => typeof item === 'string' || typeof item === 'number');
  return isWords ? value.join('\n') : JSON.stringify(value);
}
