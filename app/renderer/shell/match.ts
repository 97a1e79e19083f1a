/** Finds by typed words: each has to begin a word of the text, in any order, without regard to accents. */
export function matchesWords(text: string, typed: string): boolean {
  const words = plainWords(text);
  return plainWords(typed).every((wanted) => words.some((word) => word.startsWith(wanted)));
}

function plainWords(text: string): string[] {
  return (
    text
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      // The Vietnamese đ is a letter of its own and has no accent to take off.
      .replace(/đ/gi, 'd')
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter(Boolean)
  );
}
