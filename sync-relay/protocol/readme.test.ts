/** README.md beside this file is what others write clients from: it has to say what the code does. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { limits, protocolVersion } from './limits.ts';
import { answerSchemas, errorCodes, eventSchemas, requestSchemas } from './messages.ts';

const text = readFileSync(new URL('README.md', import.meta.url), 'utf8');

/** @returns the rows of the table under a heading, cell by cell. */
function table(heading: string): string[][] {
  const [, section = ''] = text.split(`\n## ${heading}\n`);
  return (section.split('\n## ')[0] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

const named = (cell = '') => cell.replaceAll('`', '');
const mentions = (cell: string, field: string) => new RegExp(`\\b${field}\\b`).test(cell);

test('it names every request with its fields and what it is answered', () => {
  const rows = table('Requests');
  expect(rows.map(([name]) => named(name)).sort()).toEqual(Object.keys(requestSchemas).sort());
  for (const [name = '', body = '', answer = ''] of rows) {
    const request = named(name) as keyof typeof requestSchemas;
    const fields = Object.keys(requestSchemas[request].shape);
    expect(fields.filter((field) => !mentions(body, field))).toEqual([]);
    const answered = Object.keys(answerSchemas[request].shape);
    expect(answered.filter((field) => !mentions(answer, field))).toEqual([]);
  }
});

test('it names every event with its fields', () => {
  const rows = table('Events');
  expect(rows.map(([name]) => named(name)).sort()).toEqual(Object.keys(eventSchemas).sort());
  for (const [name = '', body = ''] of rows) {
    const fields = Object.keys(eventSchemas[named(name) as keyof typeof eventSchemas].shape);
    expect(fields.filter((field) => !mentions(body, field))).toEqual([]);
  }
});

test('it names every error, every limit and the version', () => {
  expect(table('Errors').map(([code]) => named(code))).toEqual([...errorCodes]);
  const told = table('Limits').map(([name, value]) => [named(name), Number(value)]);
  expect(Object.fromEntries(told)).toEqual(limits);
  expect(text).toContain(`# The relay protocol, version ${protocolVersion}\n`);
});
