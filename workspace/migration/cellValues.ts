/** What cells mean that every program and every country writes in its own way. Pure. */

export const isOn = (cell: string): boolean => /^(1|true|yes|on)$/i.test(cell);

/** What programs write where the browser, or the proxy's place, is to decide. */
export const isAutomatic = (cell: string): boolean =>
  /^(|auto|automatic|default|ip|real|system|none|off|based on ip|basedonip)$/i.test(cell);

const languageNames = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/** @returns the first of a list such as `en_GB,en;q=0.9` as a tag; null for what nobody speaks. */
export function localeIn(cell: string): string | null {
  const [first = ''] = cell.split(/[\n,;]/, 1);
  const tag = first.trim().replaceAll('_', '-');
  const [language = ''] = tag.split('-', 1);
  try {
    // Any word of five letters has the form of a language.
    return languageNames.of(language) === undefined ? null : tag;
  } catch {
    return null;
  }
}

/** A comma parts words, but not where each stands on a line of its own. */
export const wordsIn = (cell: string): string[] =>
  cell
    .split(cell.includes('\n') ? '\n' : /[,;|]/)
    .map((word) => word.trim())
    .filter(Boolean);

/** A site's name alone is its address. */
export const addressesIn = (cell: string): string[] =>
  cell
    .split(/\s+|[,;|](?=\s*https?:\/\/)/)
    .filter(Boolean)
    .map((address) =>
      /^[\w-]+(\.[\w-]+)+([/:?].*)?$/.test(address) ? `https://${address}` : address,
    );

/** Null for an empty cell; spreadsheets of many countries write a decimal comma. */
export const decimalIn = (cell: string): number | null =>
  cell === '' ? null : Number(cell.replace(',', '.'));
