/** The text of a file that says nothing about its encoding but what its bytes look like. Pure. */

/** Bytes looked at for what UTF-16 looks like. */
const looked = 4_096;

/**
 * Spreadsheets write UTF-16 ("Unicode text"), UTF-8 with and without a mark, and the Windows code page.
 *
 * @returns the text without a byte order mark; what is in no Unicode encoding is read as Windows-1252.
 */
export function decodeText(bytes: Uint8Array): string {
  const encoding = markedEncoding(bytes) ?? looksLike(bytes);
  if (encoding !== null) return new TextDecoder(encoding).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function markedEncoding([first, second, third]: Uint8Array): string | null {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xef && second === 0xbb && third === 0xbf ? 'utf-8' : null;
}

/**
 * Western text in UTF-16 has a zero in nearly every other byte; no other text has any, and what is no text
 * has them anywhere.
 */
function looksLike(bytes: Uint8Array): string | null {
  const start = bytes.subarray(0, looked);
  const zeros = [0, 0];
  for (const [index, byte] of start.entries()) {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  }
  const [even = 0, odd = 0] = zeros;
  const most = Math.max(even, odd);
  if (most === 0 || most < start.length / 8 || Math.min(even, odd) > most / 8) return null;
  return odd > even ? 'utf-16le' : 'utf-16be';
}
