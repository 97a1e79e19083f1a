/** The proxy that a row means: as a line in one cell, or as parts in several. */
import type { ImportField, ImportProblem } from '../model/migration.ts';
import { proxyInputSchema } from '../model/proxy.ts';
import { proxyTypes } from '../model/proxyAddress.ts';
import { type ProxyAddress, readProxyLines } from '../model/proxyLines.ts';
import type { RowOptions } from './readRow.ts';

type Cell = (field: ImportField) => string;
type ProxyProblem = Extract<ImportProblem, 'badProxy' | 'ambiguousProxy'>;

/** What programs write where there is none. */
const isNone = (text: string): boolean =>
  /^(|none|no|noproxy|no_proxy|no proxy|direct|without|without proxy|local|null|0|-)$/i.test(text);

/** @returns null for none; a problem where there is to be one that can not be read. */
export function readRowProxy(cell: Cell, options: RowOptions): ProxyAddress | null | ProxyProblem {
  const line = cell('proxy');
  if (isNone(line)) return fromParts(cell, options);
  const written = cell('proxyType');
  if (isNone(written) && written !== '') return null;
  const type = written === '' ? options.proxyType : typeNamed(written);
  // What is neither said in the line nor understood is not to be guessed.
  if (type === null && !line.includes('://')) return 'badProxy';
  return readOne(
    line.startsWith('{') ? `[${line}]` : line,
    type ?? options.proxyType,
    cell,
    options,
  );
}

function fromParts(cell: Cell, options: RowOptions): ProxyAddress | null | ProxyProblem {
  const [host, written] = [cell('proxyHost'), cell('proxyType')];
  if (isNone(written) && written !== '') return null;
  const type = written === '' ? options.proxyType : typeNamed(written);
  if (host === '') return type === null ? 'badProxy' : null;
  const port = cell('proxyPort');
  // Some write both into the host's column, and the login with them.
  if (port === '') return readOne(host, type ?? options.proxyType, cell, options);
  const parts = {
    host,
    port,
    type: written || type,
    username: cell('proxyUser'),
    password: cell('proxyPassword'),
  };
  return readOne(JSON.stringify([parts]), options.proxyType, cell, options);
}

function readOne(
  text: string,
  type: ProxyAddress['type'],
  cell: Cell,
  { proxyOrder }: RowOptions,
): ProxyAddress | ProxyProblem {
  const [read, another] = readProxyLines(text, { type, order: proxyOrder });
  if (read?.state === 'ambiguous') return 'ambiguousProxy';
  if (read?.state !== 'read' || another) return 'badProxy';
  const username = read.proxy.username || cell('proxyUser');
  const password = read.proxy.password || (username && cell('proxyPassword'));
  const changeIpUrl = read.proxy.changeIpUrl ?? changeAddress(cell('proxyChangeUrl'));
  const whole = { ...read.proxy, username, password, changeIpUrl };
  const isWhole = proxyInputSchema.safeParse({ ...whole, name: whole.name ?? whole.host }).success;
  return isWhole ? whole : 'badProxy';
}

function typeNamed(text: string): ProxyAddress['type'] | null {
  const plain = text
    .toLowerCase()
    .replace(/^socks(5h)?$/, 'socks5')
    .replace(/^socks4a$/, 'socks4');
  return proxyTypes.find((type) => type === plain) ?? null;
}

const changeAddress = (text: string): string | null =>
  text !== '' && proxyInputSchema.shape.changeIpUrl.safeParse(text).success ? text : null;
