/**
 * The table of what a run extracted. Values extracted in one pass of a loop make one row; what was
 * extracted outside of the loop stands in each of its rows.
 */
import type { RecordedRunEvent, ResultTable } from '../model/run.ts';
import type { JsonValue } from '../model/workflow.ts';

interface Row {
  readonly iterations: readonly number[];
  readonly cells: Record<string, JsonValue>;
}

export function resultTable(events: readonly RecordedRunEvent[]): ResultTable {
  const profiles = new Map<string, string>();
  const rowsOfTask = new Map<string, Map<string, Row>>();
  const columns = new Set<string>();
  for (const event of events) {
    if (event.type === 'run.started') {
      for (const { taskId, name } of event.profiles) profiles.set(taskId, name);
    }
    if (event.type !== 'data.extracted') continue;
    columns.add(event.name);
    const rows = rowsOfTask.get(event.taskId) ?? new Map<string, Row>();
    rowsOfTask.set(event.taskId, rows);
    const key = event.iterations.join('.');
    const row = rows.get(key) ?? { iterations: event.iterations, cells: Object.create(null) };
    row.cells[event.name] = event.value;
    rows.set(key, row);
  }
  return {
    columns: [...columns],
    rows: [...profiles].flatMap(([taskId, profile]) =>
      completeRows([...(rowsOfTask.get(taskId)?.values() ?? [])]).map((cells) => ({
        taskId,
        profile,
        cells,
      })),
    ),
  };
}

/** Rows that no other row continues, each with the cells of the rows around it. */
function completeRows(rows: readonly Row[]): Record<string, JsonValue>[] {
  const contains = (outer: Row, inner: Row) =>
    outer !== inner &&
    outer.iterations.length < inner.iterations.length &&
    outer.iterations.every((number, depth) => inner.iterations[depth] === number);
  const byKey = new Map(rows.map((row) => [row.iterations.join('.'), row]));
  const continued = new Set(
    rows.flatMap((row) =>
      row.iterations
        .map((_, depth) => byKey.get(row.iterations.slice(0, depth).join('.')))
        .filter((outer): outer is Row => outer !== undefined && contains(outer, row)),
    ),
  );
  return rows
    .filter((row) => !continued.has(row))
    .map((row) => ({
      ...Object.assign(
        {},
        ...row.iterations.map(
          (_, depth) => byKey.get(row.iterations.slice(0, depth).join('.'))?.cells,
        ),
      ),
      ...row.cells,
    }));
}
