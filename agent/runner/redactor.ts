/** Keeps what was typed out of everything that is told about a run. */

/** Shorter texts are words of every page; taking them out would say nothing and hide much. */
const shortest = 4;
const mostKept = 1_000;

export interface Redactor {
  add(text: string): void;
  /** @returns the text without what was typed and without terminal colours, at most `length` long */
  clean(text: string, length: number): string;
}

export function createRedactor(): Redactor {
  let typed: string[] = [];
  return {
    add(text) {
      if (text.length < shortest || typed.includes(text)) return;
      // The longest first, so that a part of it does not break it up.
      typed = [...typed, text].toSorted((a, b) => b.length - a.length).slice(0, mostKept);
    },
    clean(text, length) {
      const plain = text.replace(ansiCodes, '');
      const redacted = typed.reduce((rest, secret) => hide(rest, secret), plain);
      return redacted.length > length ? `${redacted.slice(0, length - 1)}…` : redacted;
    },
  };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what starts a colour.
const ansiCodes = /\u001b\[[0-9;]*[A-Za-z]/g;

/** Also as it looks inside of an address or a quoted string. */
function hide(text: string, secret: string): string {
  const quoted = JSON.stringify(secret).slice(1, -1);
  return [secret, quoted, encodeURIComponent(secret.toWellFormed())].reduce(
    (rest, form) => rest.replaceAll(form, '•••'),
    text,
  );
}
