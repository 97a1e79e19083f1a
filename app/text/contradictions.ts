/** What is said of a contradiction, and of a profile that can not be aligned. */
import type { Contradiction } from '../../workspace/model/consistency/contradiction.ts';
import { type AlignmentOffer, exitIn } from '../../workspace/model/places/alignment.ts';
import { type Language, type TextValues, translate, translateOr } from './index.ts';

export function contradictionText(language: Language, { code, values }: Contradiction): string {
  return translate(language, `contradiction.${code}`, inWords(language, values));
}

/** Countries by their names, and parts of a page by theirs. */
function inWords(language: Language, values: TextValues): TextValues {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (name === 'country') return [name, countryName(language, String(value))];
      const isPart = name === 'where' || name === 'what';
      return [name, isPart ? translateOr(language, `contradiction.${name}.${value}`, '') : value];
    }),
  );
}

/** @param country two letters (ISO 3166). */
export const countryName = (language: Language, country: string): string =>
  new Intl.DisplayNames(language, { type: 'region' }).of(country) ?? country;

/** Why there is nothing to align with. @param name of the profile. */
export function refusalText(
  language: Language,
  offer: Exclude<AlignmentOffer, { readonly state: 'known' }>,
  name: string,
  timeZone = '',
): string {
  const exit = exitIn(offer);
  const countries = offer.state === 'mixed' ? offer.countries : [];
  return translate(language, `alignment.${offer.state}`, {
    name,
    exit: exit?.address ?? '',
    country: exit?.country ? countryName(language, exit.country) : '',
    countries: countries.map((one) => countryName(language, one)).join(', '),
    zone: timeZone,
  });
}
