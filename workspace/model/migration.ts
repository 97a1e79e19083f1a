/**
 * Profiles that come from another program's file: what is asked of an import, and what it tells. The file
 * is read and planned in `workspace/migration`; windows and commands know these words only.
 */

/** Rows of one file; more than that is a mistake. */
export const mostRows = 100_000;
export const mostColumns = 200;
/** Characters of a file, and bytes of it before it is read. */
export const longestText = 50_000_000;

/** What a column can be taken as. */
export const importFields = [
  'ignore',
  'name',
  'number',
  'group',
  'tags',
  'color',
  'notes',
  'startPage',
  'proxy',
  'proxyType',
  'proxyHost',
  'proxyPort',
  'proxyUser',
  'proxyPassword',
  'proxyChangeUrl',
  'cookies',
  'locale',
  'timeZone',
  'automaticTimeZone',
  'latitude',
  'longitude',
  'accuracy',
  'automaticLocation',
  'userAgent',
  'siteLogin',
] as const;
export type ImportField = (typeof importFields)[number];

/** Fields that several columns of a file can give. */
export const sharedFields: ReadonlySet<ImportField> = new Set([
  'ignore',
  'tags',
  'notes',
  'startPage',
  'siteLogin',
]);

/** @returns the mapping with that column taken as that; another column that was, is left out then. */
export const withField = (
  mapping: readonly ImportField[],
  column: number,
  field: ImportField,
): ImportField[] =>
  mapping.map((one, index) => {
    if (index === column) return field;
    return one === field && !sharedFields.has(field) ? 'ignore' : one;
  });

/** Their cells are not shown to anybody who looks at the screen. */
export const secretFields: ReadonlySet<ImportField> = new Set([
  'proxy',
  'proxyPassword',
  'cookies',
  'siteLogin',
]);

/** `warren`: a list of profiles as Warren itself writes it, which needs no mapping. */
export type ImportFormat = 'csv' | 'json' | 'list' | 'warren' | 'chromium';

export const importFormats = ['auto', 'csv', 'json', 'list'] as const;
export const nameClashes = ['skip', 'number', 'update'] as const;
/** What becomes of a row whose name a profile, or a row before it, has already. */
export type NameClash = (typeof nameClashes)[number];

/** Why a row, or one value of it, is not taken; a key of the catalogues. */
export type ImportProblem =
  /** These leave the whole row out. */
  | 'noName'
  | 'nameTooLong'
  | 'notAProfile'
  | 'badProxy'
  | 'ambiguousProxy'
  | 'duplicate'
  /** These leave out what they are about. */
  | 'invalid'
  | 'notCookies'
  | 'someCookies'
  | 'siteLogin'
  | 'userAgent'
  | 'proxyElsewhere'
  | 'encrypted'
  | 'bookmarks'
  | 'busy'
  | 'cancelled';

export interface ImportNote {
  readonly field: ImportField;
  readonly problem: ImportProblem;
}

/** What is not taken, of all rows together. */
export interface LeftOut extends ImportNote {
  readonly count: number;
  /** The first of the rows, counted as a spreadsheet does. */
  readonly rows: readonly number[];
}

export interface ImportColumn {
  /** Its heading; of JSON the way to the value, such as `proxy.host`. */
  readonly name: string;
  readonly field: ImportField;
  /** The first value, cut; null where it may be a secret. */
  readonly sample: string | null;
}

/** What would become of one row. */
export interface ImportRow {
  readonly row: number;
  readonly outcome: 'add' | 'update' | 'skip' | 'refuse';
  readonly name: string;
  readonly group: string | null;
  readonly tags: readonly string[];
  /** Without a login. */
  readonly proxy: string | null;
  readonly cookies: number;
  readonly notes: readonly ImportNote[];
}

/** How many of what, found beforehand or done. */
export interface ImportCounts {
  readonly add: number;
  readonly update: number;
  readonly skip: number;
  readonly refuse: number;
  /** Proxies that are not there yet. */
  readonly proxies: number;
  /** Rows whose proxy is there already, or is that of a row before. */
  readonly knownProxies: number;
  readonly cookies: number;
}

export interface ImportPreview {
  readonly format: ImportFormat;
  /** Empty for formats that need no mapping. */
  readonly columns: readonly ImportColumn[];
  readonly total: number;
  readonly counts: ImportCounts;
  /** Rows with a name that is taken, whatever becomes of them. */
  readonly duplicates: number;
  readonly leftOut: readonly LeftOut[];
  /** The first of them. */
  readonly rows: readonly ImportRow[];
}

export interface MigrationReport {
  readonly counts: ImportCounts;
  readonly leftOut: readonly LeftOut[];
  /** Whether it was ended before all cookies were in. */
  readonly cancelled: boolean;
}
