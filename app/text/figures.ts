/** Figures, dates and units, written the way a locale writes them. */

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Units by their international symbols, which are the same in every language; figures by the locale. */
const measured = (locale: string, value: number, digits: number, symbol: string): string =>
  `${new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value)}\u00a0${symbol}`;

/** Milliseconds as the two units that matter: `340 ms`, `3.4 s`, `2 min 5 s`. */
export function formatDuration(locale: string, milliseconds: number): string {
  if (milliseconds < second) return measured(locale, Math.round(milliseconds), 0, 'ms');
  if (milliseconds < 10 * second) return measured(locale, milliseconds / second, 1, 's');
  if (milliseconds < minute) return measured(locale, Math.round(milliseconds / second), 0, 's');
  if (milliseconds < hour) return pair(locale, milliseconds, minute, 'min', second, 's');
  return pair(locale, milliseconds, hour, 'h', minute, 'min');
}

function pair(
  locale: string,
  value: number,
  large: number,
  largeSymbol: string,
  small: number,
  smallSymbol: string,
): string {
  const rest = Math.floor((value % large) / small);
  const head = measured(locale, Math.floor(value / large), 0, largeSymbol);
  return rest === 0 ? head : `${head} ${measured(locale, rest, 0, smallSymbol)}`;
}

export function formatNumber(locale: string, value: number): string {
  return new Intl.NumberFormat(locale).format(value);
}

/** Day and time of day; the year only when it is not this one. */
export function formatDateTime(locale: string, at: number, now: number): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(at);
}

/** Time of day to the millisecond, for timelines. */
export function formatClock(locale: string, at: number): string {
  return new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
  }).format(at);
}

/** "3 minutes ago", up to a week; a date after that. */
export function formatAgo(locale: string, at: number, now: number): string {
  const past = now - at;
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  if (past < minute) return relative.format(0, 'second');
  if (past < hour) return relative.format(-Math.floor(past / minute), 'minute');
  if (past < day) return relative.format(-Math.floor(past / hour), 'hour');
  if (past < 7 * day) return relative.format(-Math.floor(past / day), 'day');
  return formatDateTime(locale, at, now);
}

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** Bytes in the largest unit (of 1,000) that leaves at least one of it. */
export function formatBytes(locale: string, bytes: number): string {
  const step = bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3);
  const unit = byteUnits[Math.min(step, byteUnits.length - 1)] ?? 'byte';
  const value = bytes / 1_000 ** byteUnits.indexOf(unit);
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: unit === 'byte' ? 'long' : 'short',
    maximumFractionDigits: value < 10 && unit !== 'byte' ? 1 : 0,
  }).format(value);
}
