/** What a command prints: plain text for people, JSON for programs; results on stdout, the rest on stderr. */
import { writeFileSync } from 'node:fs';
import type { Failure } from '../../workspace/model/failure.ts';
import { formatBytes } from '../text/figures.ts';
import {
  failureText,
  type Language,
  resolveLanguage,
  type TextKey,
  type TextValues,
  translate,
} from '../text/index.ts';

/** From the environment, as other command line programs do. */
const environmentLanguage = process.env.LC_ALL ?? process.env.LC_MESSAGES ?? process.env.LANG ?? '';
export const language: Language = resolveLanguage('system', [
  environmentLanguage.replace('_', '-'),
]);

export const text = (key: TextKey, values: TextValues = {}): string =>
  translate(language, key, values);

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

export function printLine(line: string): void {
  process.stdout.write(`${printable(line)}\n`);
}

export function printNote(line: string): void {
  process.stderr.write(`${printable(line)}\n`);
}

/**
 * Names from other devices and texts of pages are among what is printed: what a terminal would obey, or
 * what turns the order of the letters around, shows as a mark instead.
 */
export const printable = (text: string): string =>
  text.replace(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');

/** Columns as wide as their widest cell; the last one as long as it is. */
export function printTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  for (const row of [headings, ...rows]) {
    printLine(
      row
        .map((cell, column) =>
          column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0),
        )
        .join('  '),
    );
  }
}

/** Prints one object's fields, `name: value`, without those that are empty. */
export function printFields(fields: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(fields)) {
    if (value === null || value === undefined || value === '') continue;
    printLine(`${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  }
}

export function describeFailure(failure: Failure): string {
  const { title, advice, details } = failureText(language, failure);
  return [title, ...details.map((detail) => `  ${detail}`), advice].filter(Boolean).join('\n');
}

/** @param path `-` or undefined for standard output. */
export function writeResult(path: string | undefined, content: string): void {
  if (path === undefined || path === '-') process.stdout.write(content);
  // Exports hold what the vault protects: their file is its owner's alone.
  else writeFileSync(path, content, { mode: 0o600 });
}

/** One line of local time, sortable. */
export const printableTime = (at: number | null): string =>
  at === null ? '' : new Date(at).toISOString().replace('T', ' ').slice(0, 19);

export const bytesText = (bytes: number): string => formatBytes(language, bytes);
