/** What a browser is set to whose traffic comes out in a country. */
import { languagesFor, localeOf } from './languages.ts';
import { zonesOf } from './zones.ts';

export interface Alignment {
  readonly locale: string;
  readonly languages: string[];
  readonly timeZone: string;
  readonly geolocation: {
    readonly latitude: number;
    readonly longitude: number;
    readonly accuracy: number;
  };
}

/**
 * Metres. The place is a zone's principal city, which says where a country's people are, not where an
 * address is: so it claims to be no nearer than that.
 */
const accuracy = 50_000;

/**
 * @param country two letters (ISO 3166).
 * @param timeZone one of the country's, where it has several; its main one when left out.
 * @returns null for a country or a zone that nobody knows.
 */
export function alignmentTo(country: string, timeZone?: string): Alignment | null {
  const zones = zonesOf(country);
  const zone = timeZone === undefined ? zones[0] : zones.find(({ name }) => name === timeZone);
  if (!zone) return null;
  const { name, latitude, longitude } = zone;
  const locale = localeOf(country);
  return {
    locale,
    languages: languagesFor(locale),
    timeZone: name,
    geolocation: { latitude, longitude, accuracy },
  };
}

/** Where a proxy comes out, as the newest check that got through found it. */
export interface Exit {
  readonly address: string;
  /** Two letters (ISO 3166); null where the table has none for the address. */
  readonly country: string | null;
  /** When that was. */
  readonly at: number;
}

/** What a profile would be set to, or why that can not be said. */
export type AlignmentOffer =
  | { readonly state: 'noProxy' | 'unchecked' }
  /** The proxies of its pool come out in several countries. */
  | { readonly state: 'mixed'; readonly countries: readonly string[] }
  | { readonly state: 'noCountry' | 'noZone'; readonly exit: Exit }
  | {
      readonly state: 'known';
      readonly exit: Exit;
      readonly alignment: Alignment;
      /** All time zones of the country, the main one first. */
      readonly zones: readonly string[];
    };

/**
 * @param exits of the profile's proxy, or of those of its pool; undefined without either.
 * @param timeZone as of {@link alignmentTo}.
 */
export function offerAlignment(
  exits: readonly Exit[] | undefined,
  timeZone?: string,
): AlignmentOffer {
  if (exits === undefined) return { state: 'noProxy' };
  const [exit] = exits.toSorted((a, b) => b.at - a.at);
  if (!exit) return { state: 'unchecked' };
  const countries = [...new Set(exits.flatMap(({ country }) => country ?? []))].sort();
  if (countries.length > 1) return { state: 'mixed', countries };
  const [country] = countries;
  if (country === undefined || zonesOf(country).length === 0) return { state: 'noCountry', exit };
  const alignment = alignmentTo(country, timeZone);
  if (!alignment) return { state: 'noZone', exit };
  return { state: 'known', exit, alignment, zones: zonesOf(country).map(({ name }) => name) };
}

/** @returns where the proxy comes out, as far as the offer knows; of a pool one of its exits. */
export const exitIn = (offer: AlignmentOffer): Exit | null => ('exit' in offer ? offer.exit : null);
