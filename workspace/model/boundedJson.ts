/** Reading JSON that somebody else wrote: its size and how deep it nests are bounded before it is parsed. */
import { FailureError, type ImportRefusal } from './failure.ts';

export interface JsonBounds {
  readonly bytes: number;
  readonly depth: number;
}

/** Generous for what people keep; far below what would exhaust memory. */
export const jsonBounds: JsonBounds = { bytes: 256 * 1024 * 1024, depth: 100 };

/** @throws FailureError `importRefused` naming `path`: `tooLarge`, `tooDeep` or `notJson`. */
export function parseBoundedJson(
  text: Uint8Array,
  path: string,
  bounds: JsonBounds = jsonBounds,
): unknown {
  requireBounded(text, path, bounds);
  try {
    return JSON.parse(Buffer.from(text.buffer, text.byteOffset, text.length).toString(), dropProto);
  } catch {
    throw refusal(path, 'notJson');
  }
}

/** @throws FailureError `importRefused` naming `path`: `tooLarge` or `tooDeep`. */
export function requireBounded(
  text: Uint8Array,
  path: string,
  bounds: JsonBounds = jsonBounds,
): void {
  if (text.length > bounds.bytes) throw refusal(path, 'tooLarge');
  if (nestsDeeper(text, bounds.depth)) throw refusal(path, 'tooDeep');
}

const refusal = (path: string, reason: ImportRefusal): FailureError =>
  new FailureError({ code: 'importRefused', path, reason });

/** A field of this name would become a prototype when it is copied. */
function dropProto(this: unknown, name: string, value: unknown): unknown {
  return name === '__proto__' ? undefined : value;
}

const codes = {
  quote: 0x22,
  backslash: 0x5c,
  openList: 0x5b,
  openMap: 0x7b,
  closeList: 0x5d,
  closeMap: 0x7d,
};

/** Counts brackets outside of strings; the text need not be JSON. */
function nestsDeeper(text: Uint8Array, most: number): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const code = text[at];
    if (quoted) {
      if (code === codes.backslash) at++;
      else if (code === codes.quote) quoted = false;
    } else if (code === codes.quote) quoted = true;
    else if (code === codes.openList || code === codes.openMap) {
      if (++depth > most) return true;
    } else if (code === codes.closeList || code === codes.closeMap) depth--;
  }
  return false;
}
