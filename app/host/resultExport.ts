/** A run's extracted data as a file's text. */
import { stringify } from 'csv-stringify/sync';
import type { ResultTable, RunDetail } from '../../workspace/model/run.ts';
import type { JsonValue } from '../../workspace/model/workflow.ts';
import type { Answers } from '../ipc/contract.ts';

export function exportResults(
  run: RunDetail,
  table: ResultTable,
  format: 'csv' | 'json',
): Answers['runs.export'] {
  const name = `${fileName(run.workflowName)}-${run.id.slice(0, 8)}`;
  if (format === 'json') {
    const rows = table.rows.map(({ profile, cells }) => ({ profile, ...cells }));
    return {
      fileName: `${name}.json`,
      mediaType: 'application/json',
      text: `${JSON.stringify(rows, null, 2)}\n`,
    };
  }
  const lines = table.rows.map(({ profile, cells }) => [
    safeCell(profile),
    ...table.columns.map((column) => safeCell(textOf(cells[column]))),
  ]);
  return {
    fileName: `${name}.csv`,
    mediaType: 'text/csv',
    // Marked as UTF-8, because spreadsheets otherwise guess.
    text: `\uFEFF${stringify([['profile', ...table.columns], ...lines])}`,
  };
}

function textOf(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * What a page says must not run as a formula in a spreadsheet (OWASP, "CSV Injection"); a number stays
 * one.
 */
function safeCell(text: string): string {
  return /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
}

const fileName = (name: string): string =>
  name
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 60) || 'results';
