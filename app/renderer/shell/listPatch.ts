/** Putting the host's patches of an open list into the rows that are shown. */

export interface ListPatch<Row> {
  readonly removed: readonly string[];
  /** By rising place; each place counts with those before it put in. */
  readonly upserts: readonly { readonly row: Row; readonly index: number }[];
}

export function patched<Row extends { readonly id: string }>(
  rows: readonly Row[],
  patch: ListPatch<Row>,
): readonly Row[] {
  const moved = new Set([...patch.removed, ...patch.upserts.map(({ row }) => row.id)]);
  const next = rows.filter((row) => !moved.has(row.id));
  for (const { row, index } of patch.upserts) next.splice(index, 0, row);
  return next;
}
