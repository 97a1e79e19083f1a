/** Figures, dates and units, written the way a locale writes them. */

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const unit = (locale: string, name: string, value: number, digits: number): string =>
  new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: name,
    unitDisplay: 'narrow',
    maximumFractionDigits: digits,
  }).format(value);

/** Milliseconds as the two units that matter: `340ms`, `3.4s`, `2m 5s`. */
export function formatDuration(locale: string, milliseconds: number): string {
  if (milliseconds < second) return unit(locale, 'millisecond', Math.round(milliseconds), 0);
  if (milliseconds < 10 * second) return unit(locale, 'second', milliseconds / second, 1);
  if (milliseconds < minute) return unit(locale, 'second', Math.round(milliseconds / second), 0);
  if (milliseconds < hour) return pair(locale, milliseconds, minute, 'minute', second, 'second');
  return pair(locale, milliseconds, hour, 'hour', minute, 'minute');
}

function pair(
  locale: string,
  value: number,
  large: number,
  largeName: string,
  small: number,
  smallName: string,
): string {
  const whole = Math.floor(value / large);
  const rest = Math.floor((value % large) / small);
  const head = unit(locale, largeName, whole, 0);
  return rest === 0 ? head : `${head} ${unit(locale, smallName, rest, 0)}`;
}

export function formatNumber(locale: string, value: number): string {
  return new Intl.NumberFormat(locale).format(value);
}

/** Bytes with a decimal prefix. */
export function formatBytes(locale: string, bytes: number): string {
  if (bytes < 1_000) return unit(locale, 'byte', bytes, 0);
  if (bytes < 1_000_000) return unit(locale, 'kilobyte', bytes / 1_000, 0);
  return unit(locale, 'megabyte', bytes / 1_000_000, 1);
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
