/** Languages of countries and of browsers, from the tables of CLDR that every JavaScript engine has. */

/**
 * The language that most people of a country would have their browser in.
 *
 * @param country two letters (ISO 3166).
 * @returns BCP 47, such as `de-AT`.
 */
export function localeOf(country: string): string {
  const { language } = new Intl.Locale(`und-${country}`).maximize();
  return new Intl.Locale(language, { region: country }).toString();
}

/**
 * What Chromium says that a person reads whose own language this is: the language as it is spoken there,
 * the language at all, and English.
 *
 * @param locale BCP 47.
 */
export function languagesFor(locale: string): string[] {
  const { language } = new Intl.Locale(locale);
  return [...new Set([locale, ...(language === 'en' ? [] : [language]), 'en-US', 'en'])];
}

/**
 * The languages that pages are told: those that are set, else those that go with the language. Chromium
 * puts `de` behind the last of `de-AT, de-DE` when it writes `Accept-Language`, but not when a script asks;
 * with it in the list beforehand both are the same.
 */
export function languagesOf(settings: {
  readonly locale: string | null;
  readonly languages: readonly string[];
}): string[] {
  const { locale, languages } = settings;
  if (languages.length === 0) return locale === null ? [] : languagesFor(locale);
  const all = languages.flatMap((tag, place) => {
    const next = languages[place + 1];
    return next !== undefined && baseOf(next) === baseOf(tag) ? [tag] : [tag, baseOf(tag)];
  });
  return [...new Set(all)];
}

const baseOf = (tag: string): string => tag.split('-', 1)[0] ?? tag;
