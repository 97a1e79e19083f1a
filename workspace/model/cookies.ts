/**
 * Cookies as people carry them between programs: Netscape `cookies.txt`, the JSON list of browser
 * extensions, and Playwright's storageState. Read into Playwright's form, written from it.
 *
 * Sources: the cookies.txt that curl and wget write (seven fields with tabs, `#HttpOnly_` before the
 * domain); Chrome's `cookies` extension API for the JSON list.
 */
import { z } from 'zod';

export interface Cookie {
  readonly name: string;
  readonly value: string;
  /** With a leading dot where subdomains get it too. */
  readonly domain: string;
  readonly path: string;
  /** Seconds since 1970; -1 for one that ends with the browser. */
  readonly expires: number;
  readonly httpOnly: boolean;
  readonly secure: boolean;
  readonly sameSite: 'Strict' | 'Lax' | 'None';
}

/** Storage of one origin, as Playwright captures it. */
export type OriginState = { readonly origin: string } & Readonly<Record<string, unknown>>;

export type CookieFormat = 'netscape' | 'json' | 'storageState';

export type CookieProblem =
  | 'fields'
  | 'domain'
  | 'name'
  | 'expires'
  | 'shape'
  | 'tooLong'
  | 'origin';

export interface ReadCookies {
  readonly format: CookieFormat;
  readonly cookies: readonly Cookie[];
  readonly origins: readonly OriginState[];
  /** What is not taken: its line, or its place in the list of cookies or of origins, from 1. */
  readonly refused: readonly { readonly place: number; readonly problem: CookieProblem }[];
}

/** Cookies that are read; a file with more is a mistake. */
export const mostCookies = 1_000_000;
/** Bytes that browsers keep of a name and its value together. */
const longest = 4_096;
/** The end of the year 9999: beyond it no browser can keep a cookie. */
const latest = 253_402_300_799;

const hostPattern = /^\.?[a-z0-9_-]+(\.[a-z0-9_-]+)*$/i;
const addressPattern = /^\[[0-9a-f:.]+\]$/i;

/** @param text untrusted; null when it is nothing of the kind. */
export function readCookies(text: string): ReadCookies | null {
  const content = text.replace(/^\uFEFF/, '');
  const first = content.trimStart()[0];
  if (first === '{' || first === '[') return readJson(content);
  return readNetscape(content);
}

function readNetscape(text: string): ReadCookies | null {
  const cookies: Cookie[] = [];
  const refused: { place: number; problem: CookieProblem }[] = [];
  let place = 0;
  for (const raw of text.split(/\r\n|\r|\n/)) {
    place += 1;
    if (cookies.length >= mostCookies) break;
    const httpOnly = raw.startsWith('#HttpOnly_');
    if (raw.trim() === '' || (raw.startsWith('#') && !httpOnly)) continue;
    const read = netscapeLine(httpOnly ? raw.slice('#HttpOnly_'.length) : raw, httpOnly);
    if (typeof read === 'string') refused.push({ place, problem: read });
    else cookies.push(read);
  }
  const isNothing = cookies.length === 0 && !/netscape http cookie file/i.test(text);
  return isNothing ? null : { format: 'netscape', cookies, origins: [], refused };
}

function netscapeLine(line: string, httpOnly: boolean): Cookie | CookieProblem {
  const fields = line.split('\t');
  const [host = '', subdomains = '', path = '', secure = '', expires = '', name = ''] = fields;
  if (fields.length < 6 || fields.length > 7) return 'fields';
  const end = Number(expires);
  if (expires.trim() === '' || !Number.isFinite(end)) return 'expires';
  const bare = host.replace(/^\./, '');
  return checked({
    name,
    value: fields[6] ?? '',
    domain: subdomains.toUpperCase() === 'TRUE' ? `.${bare}` : bare,
    path: path || '/',
    expires: end <= 0 ? -1 : end,
    httpOnly,
    secure: secure.toUpperCase() === 'TRUE',
    sameSite: 'Lax',
  });
}

const jsonCookie = z.looseObject({
  name: z.string(),
  value: z.union([z.string(), z.number()]).transform(String),
  domain: z.string(),
  path: z.string().default('/'),
  expirationDate: z.number().nullish(),
  expires: z.union([z.number(), z.string()]).nullish(),
  hostOnly: z.boolean().nullish(),
  httpOnly: z.boolean().nullish(),
  secure: z.boolean().nullish(),
  session: z.boolean().nullish(),
  sameSite: z.string().nullish(),
});

const state = z.looseObject({
  cookies: z.array(z.unknown()),
  origins: z.array(z.looseObject({ origin: z.string() })).default([]),
});

function readJson(text: string): ReadCookies | null {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return null;
  }
  const whole = state.safeParse(content);
  const list = whole.success ? whole.data.cookies : content;
  if (!Array.isArray(list)) return null;
  const cookies: Cookie[] = [];
  const refused: { place: number; problem: CookieProblem }[] = [];
  for (const [index, item] of list.slice(0, mostCookies).entries()) {
    const read = jsonItem(item);
    if (typeof read === 'string') refused.push({ place: index + 1, problem: read });
    else cookies.push(read);
  }
  const origins: OriginState[] = [];
  for (const [index, item] of (whole.success ? whole.data.origins : []).entries()) {
    if (isOrigin(item.origin)) origins.push(item);
    else refused.push({ place: index + 1, problem: 'origin' });
  }
  return { format: whole.success ? 'storageState' : 'json', cookies, origins, refused };
}

/** Whether a site can have storage under it: what a browser itself would call the origin of a page. */
function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

function jsonItem(item: unknown): Cookie | CookieProblem {
  const parsed = jsonCookie.safeParse(item);
  if (!parsed.success) return 'shape';
  const { name, value, domain, path, hostOnly, httpOnly, secure, session } = parsed.data;
  const bare = domain.replace(/^\./, '');
  const dotted = hostOnly === false || (hostOnly !== true && domain.startsWith('.'));
  const expires = session === true ? -1 : expiryOf(parsed.data);
  if (expires === null) return 'expires';
  return checked({
    name,
    value,
    domain: dotted ? `.${bare}` : bare,
    path: path || '/',
    expires,
    httpOnly: httpOnly ?? false,
    secure: secure ?? false,
    sameSite: sameSiteOf(parsed.data.sameSite),
  });
}

/** Seconds; some write milliseconds, some a date in words. */
function expiryOf({ expirationDate, expires }: z.output<typeof jsonCookie>): number | null {
  const given = expirationDate ?? expires;
  if (given === null || given === undefined || given === '') return -1;
  const number = typeof given === 'number' || /^-?[\d.]+$/.test(given) ? Number(given) : null;
  const seconds = number ?? Date.parse(String(given)) / 1000;
  if (!Number.isFinite(seconds)) return null;
  if (seconds <= 0) return -1;
  return seconds > latest ? seconds / 1000 : seconds;
}

function sameSiteOf(text: string | null | undefined): Cookie['sameSite'] {
  const word = (text ?? '').toLowerCase();
  if (word === 'strict') return 'Strict';
  return word === 'none' || word === 'no_restriction' ? 'None' : 'Lax';
}

function checked(cookie: Cookie): Cookie | CookieProblem {
  const { name, value, domain, path, expires } = cookie;
  if (!hostPattern.test(domain) && !addressPattern.test(domain)) return 'domain';
  // A cookie without a name is met and kept by browsers; one without either is none.
  if ((name === '' && value === '') || isBroken(name) || /[=\t]/.test(name)) return 'name';
  if (isBroken(value) || isBroken(path) || !path.startsWith('/')) return 'fields';
  if (name.length + value.length > longest) return 'tooLong';
  if (expires > latest) return 'expires';
  // Browsers drop what is for other sites and may go over plain connections.
  const sameSite = cookie.sameSite === 'None' && !cookie.secure ? 'Lax' : cookie.sameSite;
  return { ...cookie, domain: domain.toLowerCase(), sameSite };
}

/** Whether no header could carry it: control characters, or what ends a cookie's field. */
function isBroken(text: string): boolean {
  // By index: files have a million of them, and taking each apart into letters took most of the time.
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === semicolon || code === del || (code < space && code !== tab)) return true;
  }
  return false;
}

const [tab, space, semicolon, del] = [0x09, 0x20, 0x3b, 0x7f];

/** @returns the text of a file that other programs read. */
export function writeCookies(
  format: CookieFormat,
  cookies: readonly Cookie[],
  origins: readonly OriginState[],
): string {
  switch (format) {
    case 'netscape':
      return `# Netscape HTTP Cookie File\n\n${cookies.map(netscapeOf).join('\n')}\n`;
    case 'json':
      return `${JSON.stringify(cookies.map(jsonOf), null, 2)}\n`;
    case 'storageState':
      return `${JSON.stringify({ cookies, origins }, null, 2)}\n`;
  }
}

const netscapeOf = ({ name, value, domain, path, expires, httpOnly, secure }: Cookie): string =>
  [
    `${httpOnly ? '#HttpOnly_' : ''}${domain}`,
    domain.startsWith('.') ? 'TRUE' : 'FALSE',
    path,
    secure ? 'TRUE' : 'FALSE',
    String(expires < 0 ? 0 : Math.floor(expires)),
    name,
    value,
  ].join('\t');

const jsonOf = ({ name, value, domain, path, expires, httpOnly, secure, sameSite }: Cookie) => ({
  domain,
  ...(expires < 0 ? {} : { expirationDate: expires }),
  hostOnly: !domain.startsWith('.'),
  httpOnly,
  name,
  path,
  sameSite: { Strict: 'strict', Lax: 'lax', None: 'no_restriction' }[sameSite],
  secure,
  session: expires < 0,
  storeId: null,
  value,
});

const keyOf = ({ name, domain, path }: Cookie): string => JSON.stringify([name, domain, path]);

/** @returns both, the later ones in the place of those of the same name, domain and path. */
export function mergeCookies(before: readonly Cookie[], more: readonly Cookie[]): Cookie[] {
  return [...new Map([...before, ...more].map((cookie) => [keyOf(cookie), cookie])).values()];
}

/** @returns the site that a cookie or an origin belongs to, as a person would name it: its host. */
export const siteOf = (domainOrOrigin: string): string =>
  domainOrOrigin.includes('://')
    ? new URL(domainOrOrigin).hostname
    : domainOrOrigin.replace(/^\./, '');
