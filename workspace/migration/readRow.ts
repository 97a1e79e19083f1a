/** Makes of a row's cells what a profile is given, and notes what of them is not taken. */
import { readCookies } from '../model/cookies.ts';
import type { ImportField, ImportNote, ImportProblem } from '../model/migration.ts';
import type { ImportRequest } from '../model/migrationRequest.ts';
import { type ProfilePatch, profilePatchSchema } from '../model/profile.ts';
import type { ProxyAddress } from '../model/proxyLines.ts';
import { addressesIn, decimalIn, isAutomatic, isOn, localeIn, wordsIn } from './cellValues.ts';
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
  const given = givenBy(cellsOf, note);
  if (proxy?.changeIpUrl === null && cell('proxyChangeUrl') !== '') {
    note('proxyChangeUrl', 'invalid');
  }
  const userAgent = cell('userAgent');
  if (userAgent !== '' && options.keepUserAgents) given.take('userAgent', { userAgent });
  else if (userAgent !== '') note('userAgent', 'userAgent');
  if (cell('siteLogin') !== '') note('siteLogin', 'siteLogin');
  const cookies = cookiesIn(cell('cookies'), note);
  return { row, name, given: given.patch, proxy, cookies, notes };
}

type Note = (field: ImportField, problem: ImportProblem) => void;

/** Everything of a profile's settings that is taken as it stands, if a profile can have it. */
function givenBy(cellsOf: (field: ImportField) => string[], note: Note) {
  const cell = (field: ImportField): string => cellsOf(field)[0] ?? '';
  const patch: ProfilePatch = {};
  const take = (field: ImportField, more: ProfilePatch) => {
    if (profilePatchSchema.safeParse(more).success) Object.assign(patch, more);
    else note(field, 'invalid');
  };

  const [group, number, color, text] = [
    cell('group'),
    cell('number'),
    cell('color').toLowerCase(),
    cellsOf('notes').join('\n'),
  ];
  // AdsPower's number for "in no group".
  if (group !== '' && group !== '0') take('group', { group });
  if (number !== '') take('number', { number: Number(number) });
  if (color !== '') take('color', { color: color as NonNullable<ProfilePatch['color']> });
  if (text !== '') take('notes', { notes: text });
  const tags = cellsOf('tags').flatMap(wordsIn);
  if (tags.length > 0) take('tags', { tags: [...new Set(tags)] });
  const startPages = cellsOf('startPage').flatMap(addressesIn);
  if (startPages.length > 0) take('startPage', { startPages });

  const [language, timeZone] = [cell('locale'), cell('timeZone')];
  const locale = localeIn(language);
  if (locale !== null) take('locale', { locale });
  else if (!isAutomatic(language)) note('locale', 'invalid');
  if (!isAutomatic(timeZone) && !isOn(cell('automaticTimeZone'))) take('timeZone', { timeZone });

  const [latitude, longitude] = [decimalIn(cell('latitude')), decimalIn(cell('longitude'))];
  if (latitude === null || longitude === null) {
    if (latitude !== longitude) note('latitude', 'invalid');
  } else if (!isOn(cell('automaticLocation'))) {
    const accuracy = decimalIn(cell('accuracy')) ?? usualAccuracy;
    take('latitude', { geolocation: { latitude, longitude, accuracy } });
  }
  return { patch, take };
}

/** Metres, as in a new profile. */
const usualAccuracy = 20;

function cookiesIn(written: string, note: Note): GivenRow['cookies'] {
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
