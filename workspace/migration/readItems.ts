/** Makes a table of a list of JSON objects: a column for each way to a value, such as `proxy.host`. */
import { mostColumns, mostRows } from '../model/migration.ts';
import { refuse, type Table, type TableRow } from './table.ts';

/** Objects in objects that are taken apart; what is deeper stays JSON. */
const deepest = 3;

/**
 * @param items untrusted; one that is no object becomes a row without cells.
 * @throws FailureError `importRefused`: `tooManyRows` or `tooManyColumns`.
 */
export function tableOf(items: readonly unknown[], name: string): Table {
  if (items.length > mostRows) throw refuse(name, 'tooManyRows');
  const places = new Map<string, number>();
  const rows: TableRow[] = items.map((item, index) => {
    const cells: string[] = [];
    for (const [way, value] of valuesOf(item, '', 0)) {
      const place = places.get(way) ?? places.size;
      places.set(way, place);
      if (places.size > mostColumns) throw refuse(name, 'tooManyColumns');
      cells[place] = value;
    }
    return { row: index + 1, cells: Array.from(cells, (cell) => cell ?? '') };
  });
  return { columns: [...places.keys()], rows };
}

function* valuesOf(value: unknown, way: string, depth: number): Generator<[string, string]> {
  if (!isObject(value)) {
    if (way !== '') yield [way, cellOf(value)];
    return;
  }
  // Cookies with their storage are one value, however many objects they are.
  if (depth >= deepest || Array.isArray(value.cookies)) {
    if (depth > 0) return yield [way, JSON.stringify(value)];
  }
  for (const [field, inner] of Object.entries(value)) {
    yield* valuesOf(inner, way === '' ? field : `${way}.${field}`, depth + 1);
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
