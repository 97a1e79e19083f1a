/**
 * Reads proxies from text in the formats that providers hand out, one a line:
 * `host:port`, `host:port:user:pass`, `user:pass:host:port`, `user:pass@host:port`, `host:port@user:pass`,
 * `scheme://…` before any of them, and `[address that changes the exit]` after any of them. Fields may be
 * parted by colons, tabs, commas, semicolons, pipes or blanks. A JSON array of objects is read too.
 */
import { z } from 'zod';
import { isHost, isIpAddress, isPort, type ProxyInput, proxyInputSchema } from './proxy.ts';
import type { ProxyType } from './proxyAddress.ts';

export type ProxyAddress = Pick<ProxyInput, 'type' | 'host' | 'port' | 'username' | 'password'> & {
  readonly changeIpUrl: string | null;
  readonly name: string | null;
};

export type LineProblem =
  | 'noPort'
  | 'badHost'
  | 'badPort'
  | 'badScheme'
  | 'badAddress'
  | 'tooManyFields';

export type ProxyLine = {
  /** From 1; of a JSON array the place in it. */
  readonly line: number;
  /** What was read, as it stood there. */
  readonly text: string;
} & (
  | { readonly state: 'read'; readonly proxy: ProxyAddress }
  /** Both ways make sense: who pasted it has to say which. */
  | {
      readonly state: 'ambiguous';
      readonly hostFirst: ProxyAddress;
      readonly userFirst: ProxyAddress;
    }
  | { readonly state: 'refused'; readonly problem: LineProblem }
);

export interface ProxyLinesOptions {
  /** For lines without a scheme. */
  readonly type: ProxyType;
  /** For lines that can be read both ways; null asks. */
  readonly order: 'hostFirst' | 'userFirst' | null;
}

/** Lines of a paste that are read; more than that is a mistake. */
export const mostLines = 100_000;
const longestLine = 4_000;

const schemes: Readonly<Record<string, ProxyType>> = {
  http: 'http',
  https: 'https',
  socks4: 'socks4',
  socks4a: 'socks4',
  socks: 'socks5',
  socks5: 'socks5',
  socks5h: 'socks5',
};

export function readProxyLines(text: string, options: ProxyLinesOptions): ProxyLine[] {
  const trimmed = text.trim();
  const list = trimmed.startsWith('[') && !trimmed.startsWith('[[') ? jsonList(trimmed) : null;
  if (list) return list.map((item, n) => readItem(item, n + 1, options));
  const lines: ProxyLine[] = [];
  let number = 0;
  for (const raw of text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)) {
    number += 1;
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line.startsWith('//')) continue;
    lines.push(readLine(line, number, options));
    if (lines.length >= mostLines) break;
  }
  return lines;
}

interface Parts {
  readonly host: string;
  readonly port: string;
  readonly username: string;
  readonly password: string;
}

/** What stands around the fields, the same for all readings of a line. */
interface Frame {
  readonly type: ProxyType;
  readonly changeIpUrl: string | null;
}

function readLine(line: string, number: number, { type, order }: ProxyLinesOptions): ProxyLine {
  const place = { line: number, text: line };
  const refused = (problem: LineProblem): ProxyLine => ({ ...place, state: 'refused', problem });
  if (line.length > longestLine) return refused('tooManyFields');
  const { rest, changeIpUrl } = withoutChangeAddress(line);
  if (changeIpUrl === undefined) return refused('badAddress');
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(rest);
  const named = scheme?.[1]?.toLowerCase() ?? null;
  if (named !== null && !Object.hasOwn(schemes, named)) return refused('badScheme');
  const frame: Frame = { type: named === null ? type : (schemes[named] as ProxyType), changeIpUrl };
  const readings = readingsOf(rest.slice(scheme?.[0].length ?? 0), named !== null);
  const [first, second] = readings.filter((parts) => problemOf(parts) === null);
  if (!first) return refused(readings[0] ? (problemOf(readings[0]) ?? 'badHost') : 'noPort');
  if (!second) return { ...place, state: 'read', proxy: addressOf(first, frame) };
  const hostFirst = addressOf(first, frame);
  const userFirst = addressOf(second, frame);
  if (order === null) return { ...place, state: 'ambiguous', hostFirst, userFirst };
  return { ...place, state: 'read', proxy: order === 'hostFirst' ? hostFirst : userFirst };
}

/** @returns `changeIpUrl` undefined where there is one that is no address. */
function withoutChangeAddress(line: string): {
  rest: string;
  changeIpUrl: string | null | undefined;
} {
  const found = /^(.*\S)\s*\[\s*(.*?)\s*\]$/.exec(line);
  // `[::1]:1080` ends in no bracket; what does is what comes after the port.
  const [, rest, address] = found ?? [];
  if (rest === undefined || address === undefined) return { rest: line, changeIpUrl: null };
  const isAddress = proxyInputSchema.shape.changeIpUrl.safeParse(address).success;
  return { rest, changeIpUrl: isAddress ? address : undefined };
}

/** Host first where the fields alone do not say which way round they are. */
function readingsOf(text: string, isUrl: boolean): Parts[] {
  const body = isUrl ? text.replace(/\/+$/, '') : text;
  const at = body.lastIndexOf('@');
  if (at >= 0) return aroundAt(body.slice(0, at), body.slice(at + 1), isUrl);
  const fields = fieldsOf(body);
  const [host = '', port = '', third = '', ...more] = fields;
  if (fields.length < 2) return [];
  if (fields.length === 2) return [{ host, port, username: '', password: '' }];
  if (fields.length === 3) return [{ host, port, username: third, password: '' }];
  // A colon in a password is met; in a host or a port it is not.
  const hostFirst = { host, port, username: third, password: more.join(':') };
  const userFirst = {
    host: fields.at(-2) ?? '',
    port: fields.at(-1) ?? '',
    username: host,
    password: fields.slice(1, -2).join(':'),
  };
  const both = [hostFirst, userFirst].filter((parts) => problemOf(parts) === null);
  // A name without a dot is more often a user than a host.
  const likely = both.filter(({ host: name }) => isIpAddress(name) || name.includes('.'));
  return likely.length === 1 ? likely : both.length > 0 ? both : [hostFirst];
}

/** `user:pass@host:port`, or the other way round, which some providers write. */
function aroundAt(before: string, after: string, isUrl: boolean): Parts[] {
  const parts = (place: string, login: string): Parts => {
    const [host = '', port = ''] = fieldsOf(place);
    const colon = login.indexOf(':');
    const username = colon < 0 ? login : login.slice(0, colon);
    const password = colon < 0 ? '' : login.slice(colon + 1);
    return {
      host,
      port,
      username: isUrl ? decoded(username) : username,
      password: isUrl ? decoded(password) : password,
    };
  };
  const usual = parts(after, before);
  if (problemOf(usual) === null || fieldsOf(before).length !== 2) return [usual];
  return [parts(before, after)];
}

/** Splits at whatever parts them; an IPv6 address in brackets stays whole. */
function fieldsOf(text: string): string[] {
  const bracketed = /^\[([0-9a-f:.]+)\](.*)$/i.exec(text);
  const divider = /\t/.test(text)
    ? /\t+/
    : /[|;]/.test(text)
      ? /\s*[|;]\s*/
      : /,/.test(text)
        ? /\s*,\s*/
        : /\s/.test(text) && !text.includes(':')
          ? /\s+/
          : /:|\s+/;
  if (bracketed) {
    const rest = (bracketed[2] ?? '').replace(/^[\s:|;,]+/, '');
    return [bracketed[1] ?? '', ...(rest === '' ? [] : rest.split(divider))];
  }
  return text.split(divider).map((field) => field.trim());
}

function problemOf({ host, port, username, password }: Parts): LineProblem | null {
  if (port === '') return 'noPort';
  if (!/^\d{1,5}$/.test(port) || !isPort(Number(port))) return 'badPort';
  if (!isHost(host)) return 'badHost';
  return username.length > 255 || password.length > 255 ? 'tooManyFields' : null;
}

const addressOf = ({ host, port, username, password }: Parts, frame: Frame): ProxyAddress => ({
  ...frame,
  host: host.toLowerCase(),
  port: Number(port),
  username,
  password,
  name: null,
});

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const item = z.looseObject({
  name: z.string().max(200).nullish(),
  type: z.string().optional(),
  protocol: z.string().optional(),
  host: z.string(),
  port: z.union([z.number(), z.string()]),
  username: z.string().nullish(),
  password: z.string().nullish(),
});

function jsonList(text: string): unknown[] | null {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.slice(0, mostLines) : null;
  } catch {
    return null;
  }
}

function readItem(value: unknown, line: number, options: ProxyLinesOptions): ProxyLine {
  const place = { line, text: typeof value === 'string' ? value : JSON.stringify(value) };
  if (typeof value === 'string') return { ...readLine(value.trim(), line, options), ...place };
  const read = item.safeParse(value);
  if (!read.success) return { ...place, state: 'refused', problem: 'badHost' };
  const { name, type, protocol, host, port, username, password } = read.data;
  const scheme = (type ?? protocol ?? options.type).toLowerCase();
  if (!Object.hasOwn(schemes, scheme)) return { ...place, state: 'refused', problem: 'badScheme' };
  const parts = { host, port: String(port), username: username ?? '', password: password ?? '' };
  const problem = problemOf(parts);
  if (problem) return { ...place, state: 'refused', problem };
  const proxy = addressOf(parts, { type: schemes[scheme] as ProxyType, changeIpUrl: null });
  return { ...place, state: 'read', proxy: { ...proxy, name: name?.trim() || null } };
}
