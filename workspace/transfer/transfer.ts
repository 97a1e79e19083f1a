/** Everything out of a vault and into one: as one sealed file, or as a plain folder. */
import { stat } from 'node:fs/promises';
import type { Contents } from '../contents.ts';
import { FailureError } from '../model/failure.ts';
import type { ExportReport, ImportReport } from '../model/transfer.ts';
import { isMissing } from '../vault/files.ts';
import { type ExportProgress, exportParts } from './entries.ts';
import { exportPlain } from './exportPlain.ts';
import { importPlain } from './importPlain.ts';
import type { ImportOptions } from './importReport.ts';
import { importSealed } from './importSealed.ts';
import { writeSealedFile } from './sealedFile.ts';

export interface ExportOptions extends Omit<ExportProgress, 'onDamaged'> {
  readonly format: 'sealed' | 'plain';
  readonly ownWords: boolean;
}

/** @throws FailureError `fileExists`; nothing is left at `path` when it fails. */
export async function exportTo(
  contents: Contents,
  path: string,
  { format, ownWords, ...progress }: ExportOptions,
): Promise<ExportReport> {
  const damaged: string[] = [];
  const watched: ExportProgress = { ...progress, onDamaged: (part) => damaged.push(part) };
  let words: readonly string[] | null = null;
  if (format === 'plain') await exportPlain(contents, path, watched);
  else
    words = await writeSealedFile(contents.vault, path, exportParts(contents, watched), ownWords);
  const { records, journalEntries, blobs } = contents.stats();
  const sum = (counts: Readonly<Record<string, number>>) =>
    Object.values(counts).reduce((all, count) => all + count, 0);
  await contents.vault.store.commit(() =>
    contents.activity.add({ type: 'export', kind: format, name: String(sum(records)) }),
  );
  return {
    path,
    bytes: format === 'sealed' ? (await stat(path)).size : 0,
    records: sum(records),
    entries: sum(journalEntries),
    blobs,
    damaged,
    words,
  };
}

/**
 * @param path a sealed file or a plain folder.
 * @param words what opens the file, where this vault does not.
 * @throws FailureError `importRefused`, `fileMissing`; nothing is stored then.
 */
export async function importFrom(
  contents: Contents,
  path: string,
  words: string | undefined,
  options: ImportOptions,
): Promise<ImportReport> {
  const found = await stat(path).catch((error: unknown) => {
    if (isMissing(error)) throw new FailureError({ code: 'fileMissing', path });
    throw error;
  });
  return found.isDirectory()
    ? importPlain(contents, path, options)
    : importSealed(contents, path, { vault: contents.vault, words }, options);
}
