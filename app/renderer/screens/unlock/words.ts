/** Recovery words as a person types or pastes them: numbers, commas and line breaks do not matter. */
export function splitWords(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter(Boolean);
}

/** The file a person keeps: numbered, one word a line, with what it is for. */
export function recoveryFile(title: string, text: string, words: readonly string[]): string {
  const lines = words.map((word, index) => `${String(index + 1).padStart(2)}. ${word}`);
  return `${title}\n\n${text}\n\n${lines.join('\n')}\n`;
}
