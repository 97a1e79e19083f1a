/** The time zones of a country, with where their principal places are. */
import { zoneTable } from './zoneTable.ts';

export interface Place {
  /** Degrees, north and east of zero. */
  readonly latitude: number;
  readonly longitude: number;
}

export interface Zone extends Place {
  /** IANA name. */
  readonly name: string;
}

/** Where most people of a country live, if that is not in the zone that the table has first. */
const mainZones: Readonly<Record<string, string>> = {
  AU: 'Australia/Sydney',
  BR: 'America/Sao_Paulo',
  CA: 'America/Toronto',
  FM: 'Pacific/Pohnpei',
  RU: 'Europe/Moscow',
  UA: 'Europe/Kyiv',
  UZ: 'Asia/Tashkent',
};

const byCountry: Map<string, Zone[]> = new Map();
for (const line of zoneTable.trim().split('\n')) {
  const [country = '', location = '', name = ''] = line.split(' ');
  const zones = byCountry.get(country) ?? [];
  if (name === mainZones[country]) zones.unshift({ name, ...placeAt(location) });
  else zones.push({ name, ...placeAt(location) });
  byCountry.set(country, zones);
}

/**
 * @param country two letters (ISO 3166).
 * @returns the one that most people live in first; none for letters that are no country's.
 */
export const zonesOf = (country: string): readonly Zone[] => byCountry.get(country) ?? [];

/** @param name an IANA name, an older one too. */
export const isZoneOf = (country: string, name: string): boolean =>
  zonesOf(country).some((zone) => sameZone(zone.name, name));

/** Zones have had other names: `Europe/Kyiv` is `Europe/Kiev`. */
export const sameZone = (a: string, b: string): boolean => a === b || known(a) === known(b);

const known = (name: string): string =>
  new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;

/** `+5230+01322` or `-690022+0393524`. */
function placeAt(location: string): Place {
  const [, latitude = '', longitude = ''] = /^([+-]\d+)([+-]\d+)$/.exec(location) ?? [];
  return { latitude: degrees(latitude, 2), longitude: degrees(longitude, 3) };
}

function degrees(text: string, digits: number): number {
  const [whole, minutes, seconds] = [
    text.slice(1, 1 + digits),
    text.slice(1 + digits, 3 + digits),
    text.slice(3 + digits),
  ];
  const size = Number(whole) + Number(minutes) / 60 + Number(seconds) / 3600;
  const rounded = Math.round(size * 10_000) / 10_000;
  return text.startsWith('-') ? -rounded : rounded;
}
