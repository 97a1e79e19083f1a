/** Keys by which lists are sorted and searched, blind to case, accents and how long a number is. */

/** Vietnamese đ has no decomposition; people still type d for it. */
const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd');

/** Sorts "Profile 2" before "Profile 10": every run of digits is padded to 12. */
export function sortKey(text: string): string {
  return fold(text).replace(/\d+/g, (digits) => digits.padStart(12, '0'));
}

/** What a search looks in; built from all the fields that it should find. */
export function searchText(...fields: readonly string[]): string {
  return fold(fields.join('\n'));
}

/** @returns the words that a row's {@link searchText} has to contain, all of them. */
export function searchWords(query: string): string[] {
  return fold(query).split(/\s+/).filter(Boolean);
}
