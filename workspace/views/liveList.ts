/**
 * A list that somebody looks at, kept current by patches: what left it, and which rows are new or
 * changed, with their places. The host knows the places of the rows that are shown and nothing more of
 * them; rows beyond the last one shown are not looked at.
 */
import { isAscending, type ListOrder } from '../model/record.ts';
import type { ListPage, ListQuery, Positioned } from '../records/records.ts';
import { encodeCursor } from './cursor.ts';

export interface ListPatch<Row> {
  /** Ids of rows that are shown no longer. */
  readonly removed: readonly string[];
  /** New and changed rows by rising place; each place counts with those before it put in. */
  readonly upserts: readonly { readonly row: Row; readonly index: number }[];
  readonly total: number;
}

export interface LiveList<Row> {
  /** The next rows, at most `limit`. */
  more(limit: number): ListPage<Row>;
  /** @param ids of rows that changed. @returns what changes in the list, or null for nothing. */
  update(ids: readonly string[]): ListPatch<Row> | null;
}

export interface ListSource<Row> {
  list(query: ListQuery): ListPage<Row>;
  rowsAmong(query: ListQuery, ids: readonly string[]): Positioned<Row>[];
}

type Position = readonly [string | number, string];

export function createLiveList<Row extends { readonly id: string }>(
  source: ListSource<Row>,
  query: Omit<ListQuery, 'after' | 'limit'>,
): LiveList<Row> {
  const compare = comparator(query.sort);
  let shown: Position[] = [];
  const places = new Map<string, Position>();
  let complete = false;
  let total = 0;

  const whole = (more: Partial<ListQuery>): ListQuery => ({ ...query, limit: 1, ...more });

  return {
    more(limit) {
      const last = shown.at(-1);
      const page = source.list(
        whole({ limit, ...(last ? { after: encodeCursor([...last]) } : {}) }),
      );
      const ids = page.rows.map((row) => row.id);
      const positions = source.rowsAmong(whole({}), ids).map(({ position }) => position);
      for (const position of positions) places.set(position[1], position);
      shown = [...shown, ...positions];
      complete = page.next === null;
      total = page.total;
      return page;
    },
    update(ids) {
      const wasShown = ids.filter((id) => places.has(id));
      const gone = new Set(wasShown);
      if (gone.size > 0) shown = shown.filter((position) => !gone.has(position[1]));
      for (const id of gone) places.delete(id);

      const upserts: { row: Row; index: number }[] = [];
      for (const { row, position } of source.rowsAmong(whole({}), ids)) {
        const index = lowerBound(shown, position, compare);
        // Beyond the end of what is shown: it comes when somebody scrolls there.
        if (index === shown.length && !complete) continue;
        shown.splice(index, 0, position);
        places.set(row.id, position);
        gone.delete(row.id);
        upserts.push({ row, index });
      }
      const before = total;
      total = source.list(whole({})).total;
      if (gone.size === 0 && upserts.length === 0 && total === before) return null;
      return { removed: [...gone], upserts, total };
    },
  };
}

/** As SQLite compares: bytes of UTF-8 for text. */
function comparator(sort: ListOrder): (a: Position, b: Position) => number {
  const direction = isAscending(sort) ? 1 : -1;
  const byValue = (a: string | number, b: string | number) =>
    typeof a === 'number' && typeof b === 'number'
      ? a - b
      : Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));
  return (a, b) => direction * byValue(a[0], b[0]) || (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0);
}

function lowerBound(
  list: readonly Position[],
  wanted: Position,
  compare: (a: Position, b: Position) => number,
): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(list[middle] as Position, wanted) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
