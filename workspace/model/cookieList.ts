/**
 * Cookies of several profiles in one file: a JSON list whose items name the profile,
 * `{"name": "Alice", "cookies": [...], "origins": [...]}`. What an item has as its cookies may be any of
 * the formats that one profile's may have, a text too.
 */
import { z } from 'zod';
import { type CookieFormat, type ReadCookies, readCookies, writeCookies } from './cookies.ts';

/** A list of lines holds one profile's cookies only. */
export type CookieListFormat = Exclude<CookieFormat, 'netscape'>;

export interface NamedCookies extends Pick<ReadCookies, 'cookies' | 'origins'> {
  /** Of the profile. */
  readonly name: string;
}

export interface ReadNamedCookies extends NamedCookies {
  /** How many entries are none. */
  readonly refusedCount: number;
}

/** Profiles that a list is read for. */
export const mostListed = 100_000;

const itemSchema = z.object({
  name: z.string().min(1).max(200),
  cookies: z.union([z.string(), z.array(z.unknown())]),
  origins: z.array(z.unknown()).optional(),
});

export function writeCookieList(format: CookieListFormat, all: readonly NamedCookies[]): string {
  const items = all.map(({ name, cookies, origins }) => {
    const content: unknown = JSON.parse(writeCookies(format, cookies, origins));
    return Array.isArray(content) ? { name, cookies: content } : { name, ...(content as object) };
  });
  return `${JSON.stringify(items, null, 2)}\n`;
}

/** @param content parsed JSON, untrusted; null when an item is nothing of the kind. */
export function readCookieList(content: unknown): ReadNamedCookies[] | null {
  const items = z.array(itemSchema).min(1).max(mostListed).safeParse(content);
  if (!items.success) return null;
  const all = items.data.map(({ name, cookies, origins }) => {
    const text =
      typeof cookies === 'string'
        ? cookies
        : JSON.stringify(origins ? { cookies, origins } : cookies);
    const read = readCookies(text);
    if (!read) return null;
    return {
      name,
      cookies: read.cookies,
      origins: read.origins,
      refusedCount: read.refused.length,
    };
  });
  return all.every((one) => one !== null) ? all : null;
}

/** What a file of a profile's cookies is called before its ending. */
export const cookieFileStem = (name: string): string => name.replace(/[^\p{L}\p{N}_-]+/gu, '-');
