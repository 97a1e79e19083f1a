/** Values of a step's field as they are typed into one line of text. */

export function textOfValue(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A whole number where the text is one; else the text, which may be a template. */
export function valueOfNumberText(text: string): unknown {
  if (text.trim() === '') return undefined;
  return /^\s*-?\d+\s*$/.test(text) ? Number(text) : text;
}

/** A list, an object, a number, true or false where the text is one; else the text itself. */
export function valueOfText(text: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'string' || parsed === null ? text : parsed;
  } catch {
    return text;
  }
}
