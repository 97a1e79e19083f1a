/** Names of many made at once: `Shop {n}` is "Shop 1", "Shop 2", …, `Shop {nnn}` is "Shop 001". */

const place = /\{(n+)\}/g;

/** @returns one name a number; a pattern without a place gets the number at its end, unless it is the only one. */
export function namesOf(pattern: string, count: number, first = 1): string[] {
  const whole = place.test(pattern) || count === 1 ? pattern : `${pattern} {n}`;
  place.lastIndex = 0;
  return Array.from({ length: count }, (_, n) =>
    whole.replace(place, (_found, letters: string) =>
      String(first + n).padStart(letters.length, '0'),
    ),
  );
}
