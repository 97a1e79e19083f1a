/** Settings that do not go with where a profile's traffic comes out. */
import type { Exit } from '../places/alignment.ts';
import { localeOf } from '../places/languages.ts';
import { isZoneOf, type Place, type Zone, zonesOf } from '../places/zones.ts';
import { zoneTable } from '../places/zoneTable.ts';
import type { ProfileInput } from '../profile.ts';
import type { Contradiction } from './contradiction.ts';
import type { Measured } from './measured.ts';

/**
 * Kilometres to the nearest principal place of the country. The table has few of them, so that what is
 * near another country's is doubted first, and only what is far from any is refused.
 */
const distances = { doubted: 700, refused: 2_000 } as const;

const countries = [
  ...new Set(
    zoneTable
      .trim()
      .split('\n')
      .map((line) => line.slice(0, 2)),
  ),
];

/** @param at milliseconds since 1970: what time it is in two zones depends on the season. */
export function contradictionsWithExit(
  settings: ProfileInput,
  measured: Measured | null,
  { country }: Exit,
  at: number,
): Contradiction[] {
  if (country === null || zonesOf(country).length === 0) return [];
  return [
    ...ofLocale(settings.locale ?? measured?.page.locale ?? null, country),
    ...ofTimeZone(settings.timeZone ?? measured?.page.timeZone ?? null, country, at),
    ...ofPlace(settings.geolocation, country),
  ];
}

function ofLocale(locale: string | null, country: string): Contradiction[] {
  if (locale === null) return [];
  const { language, region } = new Intl.Locale(locale);
  const isThere =
    region === undefined
      ? language === new Intl.Locale(localeOf(country)).language
      : region === country;
  if (isThere) return [];
  const values = { locale, country };
  return [{ severity: 'odd', field: 'locale', code: 'localeElsewhere', values, fix: 'align' }];
}

function ofTimeZone(timeZone: string | null, country: string, at: number): Contradiction[] {
  if (timeZone === null || isZoneOf(country, timeZone)) return [];
  const clock = clockIn(timeZone, at);
  const isSameTime = zonesOf(country).some(({ name }) => clockIn(name, at) === clock);
  const about = { field: 'timeZone', values: { timeZone, country }, fix: 'align' } as const;
  return isSameTime
    ? [{ ...about, severity: 'odd', code: 'timeZoneForeign' }]
    : [{ ...about, severity: 'severe', code: 'timeZoneElsewhere' }];
}

function ofPlace(place: Place | null, country: string): Contradiction[] {
  if (place === null) return [];
  const own = nearest(place, zonesOf(country));
  const isNearerElsewhere = () =>
    countries.some((one) => one !== country && nearest(place, zonesOf(one)) < own);
  const distance = Math.round(own);
  const about = { field: 'geolocation', values: { distance, country }, fix: 'align' } as const;
  if (distance > distances.refused)
    return [{ ...about, severity: 'severe', code: 'placeElsewhere' }];
  if (distance > distances.doubted && isNearerElsewhere()) {
    return [{ ...about, severity: 'odd', code: 'placeForeign' }];
  }
  return [];
}

const nearest = (place: Place, zones: readonly Zone[]): number =>
  Math.min(...zones.map((zone) => distanceBetween(place, zone)));

/** Kilometres along the earth's surface, taken as a sphere (haversine formula). */
export function distanceBetween(a: Place, b: Place): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const half = (from: number, to: number) => Math.sin(radians(to - from) / 2) ** 2;
  const chord =
    half(a.latitude, b.latitude) +
    Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * half(a.longitude, b.longitude);
  return 2 * 6_371 * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/** `GMT+2`, as it is at that moment. */
const clockIn = (timeZone: string, at: number): string =>
  new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value ?? '';
