/** A profile's place and headers, while they are typed. */
import type { ProfileInput } from '../../../../../workspace/model/profile.ts';

type Place = NonNullable<ProfileInput['geolocation']>;
type Headers = ProfileInput['extraHeaders'];

/** Metres, where nobody says how exact a place is. */
const usualAccuracy = 20;

/**
 * @returns the place with what was typed; null when neither degree is left. One without the other is kept,
 *   to be refused in words when it is saved.
 */
export function placeWith(
  before: Place | null,
  patch: { readonly [Field in keyof Place]?: number | null },
): Place | null {
  const typed = (field: keyof Place): number | null =>
    field in patch ? (patch[field] ?? null) : (before?.[field] ?? null);
  const [latitude, longitude] = [typed('latitude'), typed('longitude')];
  if (isNothing(latitude) && isNothing(longitude)) return null;
  return {
    latitude: latitude ?? Number.NaN,
    longitude: longitude ?? Number.NaN,
    accuracy: typed('accuracy') ?? usualAccuracy,
  };
}

const isNothing = (degree: number | null): boolean => degree === null || Number.isNaN(degree);

export const headerLines = (headers: Headers): string[] =>
  headers.map(({ name, value }) => `${name}: ${value}`);

/** A line without a colon is a name without a value, which is refused in words when it is saved. */
export const headersOf = (lines: readonly string[]): Headers =>
  lines.map((line) => {
    const colon = line.indexOf(':');
    if (colon < 0) return { name: line, value: '' };
    return { name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() };
  });
