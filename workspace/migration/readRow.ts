/** Makes of a row's cells what a profile is given, and notes what of them is not taken. */
import { readCookies } from '../model/cookies.ts';
import type { ImportField, ImportNote, ImportProblem } from '../model/migration.ts';
import type { ImportRequest } from '../model/migrationRequest.ts';
import { type ProfilePatch, profilePatchSchema } from '../model/profile.ts';
import type { ProxyAddress } from '../model/proxyLines.ts';
import { readRowProxy } from './rowProxy.ts';
import type { TableRow } from './table.ts';

/** What a row gives; what it says nothing about is absent. */
export interface GivenRow {
  readonly row: number;
  readonly name: string;
  readonly given: ProfilePatch;
  /** Null for none. */
  readonly proxy: ProxyAddress | null;
  /** As they stood there, to be read once they are needed: all of them at once would fill the memory. */
  readonly cookies: { readonly text: string; readonly count: number } | null;
  readonly notes: readonly ImportNote[];
}

export interface RefusedRow {
  readonly row: number;
  readonly name: string;
  readonly refused: ImportNote;
}

export type ReadRow = GivenRow | RefusedRow;

export type RowOptions = Pick<ImportRequest, 'proxyType' | 'proxyOrder' | 'keepUserAgents'>;

const longestName = 200;

/** @param mapping a field for each column; cells beyond it are left out. */
export function readRow(
  { row, cells }: TableRow,
  mapping: readonly ImportField[],
  options: RowOptions,
): ReadRow {
  const cellsOf = (field: ImportField): string[] =>
    mapping.flatMap((one, index) => {
      const cell = one === field ? cells[index]?.trim() : undefined;
      return cell ? [cell] : [];
    });
  const cell = (field: ImportField): string => cellsOf(field)[0] ?? '';

  const name = cell('name')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  const refuse = (field: ImportField, problem: ImportProblem): RefusedRow => ({
    row,
    name: name.slice(0, longestName),
    refused: { field, problem },
  });
  if (name === '') return refuse('name', 'noName');
  if (name.length > longestName) return refuse('name', 'nameTooLong');
  // Without the proxy that it is meant to have, a profile would go out under this device's own address.
  const proxy = readRowProxy(cell, options);
  if (typeof proxy === 'string') return refuse('proxy', proxy);

  const notes: ImportNote[] = [];
  const note = (field: ImportField, problem: ImportProblem) => notes.push({ field, problem });
  const given: ProfilePatch = {};
  /** Takes the value over where a profile can have it. */
  const take = (field: ImportField, patch: ProfilePatch) => {
    if (profilePatchSchema.safeParse(patch).success) Object.assign(given, patch);
    else note(field, 'invalid');
  };

  const [group, number, color] = [cell('group'), cell('number'), cell('color')];
  // AdsPower's number for "in no group".
  if (group !== '' && group !== '0') take('group', { group });
  if (number !== '') take('number', { number: Number(number) });
  if (color !== '') take('color', { color: color.toLowerCase() as ProfilePatch['color'] & string });
  const tags = cellsOf('tags').flatMap(wordsOf);
  if (tags.length > 0) take('tags', { tags: [...new Set(tags)] });
  const text = cellsOf('notes').join('\n');
  if (text !== '') take('notes', { notes: text });
  const startPages = cellsOf('startPage').flatMap(addressesIn);
  if (startPages.length > 0) take('startPage', { startPages });
  takeLocale(cell('locale'));
  if (!isAutomatic(cell('timeZone')) && !isOn(cell('automaticTimeZone'))) {
    take('timeZone', { timeZone: cell('timeZone') });
  }
  if (!isOn(cell('automaticLocation'))) takePlace();
  if (cell('userAgent') !== '') {
    if (options.keepUserAgents) take('userAgent', { userAgent: cell('userAgent') });
    else note('userAgent', 'userAgent');
  }
  if (cell('siteLogin') !== '') note('siteLogin', 'siteLogin');
  return { row, name, given, proxy, cookies: cookiesIn(cell('cookies')), notes };

  function takeLocale(written: string): void {
    const [first = ''] = written.split(/[\n,;]/, 1);
    const locale = first.trim().replaceAll('_', '-');
    if (isAutomatic(locale)) return;
    if (isLanguage(locale)) take('locale', { locale });
    else note('locale', 'invalid');
  }

  function takePlace(): void {
    const latitude = degrees(cell('latitude'));
    const longitude = degrees(cell('longitude'));
    if (latitude === null && longitude === null) return;
    if (latitude === null || longitude === null) return void note('latitude', 'invalid');
    const accuracy = degrees(cell('accuracy')) ?? 20;
    take('latitude', { geolocation: { latitude, longitude, accuracy } });
  }

  function cookiesIn(written: string): GivenRow['cookies'] {
    if (written === '' || written === '[]') return null;
    const read = readCookies(written);
    if (!read) {
      note('cookies', 'notCookies');
      return null;
    }
    if (read.refused.length > 0) note('cookies', 'someCookies');
    const count = read.cookies.length;
    return count + read.origins.length > 0 ? { text: written, count } : null;
  }
}

const isOn = (cell: string): boolean => /^(1|true|yes|on)$/i.test(cell);

/** What programs write where the browser, or the proxy's place, is to decide. */
const isAutomatic = (cell: string): boolean =>
  /^(|auto|automatic|default|ip|real|system|none|off|based on ip|basedonip)$/i.test(cell);

const languageNames = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/** Whether anybody speaks it: any word of five letters has the form of a language tag. */
function isLanguage(tag: string): boolean {
  try {
    const [language = ''] = tag.split('-', 1);
    return languageNames.of(language) !== undefined && languageNames.of(tag) !== '';
  } catch {
    return false;
  }
}

/** A comma stands in many words, but not where each stands on a line of its own. */
const wordsOf = (cell: string): string[] =>
  cell
    .split(cell.includes('\n') ? '\n' : /[,;|]/)
    .map((word) => word.trim())
    .filter(Boolean);

/** A site's name alone is its address. */
const addressesIn = (cell: string): string[] =>
  cell
    .split(/\s+|[,;|](?=\s*https?:\/\/)/)
    .filter(Boolean)
    .map((address) =>
      /^[\w-]+(\.[\w-]+)+([/:?].*)?$/.test(address) ? `https://${address}` : address,
    );

/** Null for an empty cell; spreadsheets of many countries write a decimal comma. */
const degrees = (cell: string): number | null =>
  cell === '' ? null : Number(cell.replace(',', '.'));
