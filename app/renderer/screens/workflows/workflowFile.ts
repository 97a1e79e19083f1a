/** Workflows as files. */
import { fail, ok, type Result } from '../../../../workspace/model/failure.ts';

export const fileNameOf = (name: string): string => `${plainName(name)}.warren.json`;

/** Chrome's Recorder offers files with this ending. */
export const recordingNameOf = (name: string): string => `${plainName(name)}.recording.json`;

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
