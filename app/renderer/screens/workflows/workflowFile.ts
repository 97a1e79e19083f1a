/** Workflows as files. */
import { fail, ok, type Result } from '../../../../workspace/model/failure.ts';

export const fileNameOf = (name: string): string => `${plainName(name)}.warren.json`;

/** How a file for another program is called, and what it is. */
export const foreignFile = (name: string, format: 'recording' | 'playwright') =>
  format === 'recording'
    ? { fileName: `${plainName(name)}.recording.json`, mediaType: 'application/json' }
    : { fileName: `${plainName(name)}.spec.ts`, mediaType: 'text/plain' };

/** @returns the content, or `invalid` with the file's name as the place. */
export function readJson(text: string, fileName: string): Result<unknown> {
  try {
    return ok(JSON.parse(text));
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    return fail({ code: 'invalid', issues: [{ path: fileName, message }] });
  }
}

/** What every system takes as a file's name. */
function plainName(name: string): string {
  const plain = name
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase()
    .slice(0, 60);
  return plain || 'workflow';
}
