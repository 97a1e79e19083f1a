/** Files of 24 words: read, and written for their owner alone. */
import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { UsageError } from './context.ts';
import { printNote, text } from './output.ts';

/** @throws UsageError when it can not be read. */
export function readWordsFile(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(text('cli.fileUnreadable', { path, reason: error.code ?? '' }));
  });
}

/** @throws UsageError when the file is there already or can not be written. */
export function keepWords(path: string, words: readonly string[]): void {
  try {
    writeFileSync(path, `${words.join(' ')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new UsageError(text('cli.fileUnwritable', { path, reason: code }));
  }
  printNote(text('cli.wordsWritten', { path }));
}
