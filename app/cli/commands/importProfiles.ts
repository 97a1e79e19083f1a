/** `profile import`: Warren's own files as they are, those of other programs by their columns. */
import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { requireBounded } from '../../../workspace/model/boundedJson.ts';
import { decodeText } from '../../../workspace/model/decodeText.ts';
import {
  type ImportColumn,
  type ImportCounts,
  type ImportField,
  type ImportPreview,
  importFields,
  importFormats,
  type LeftOut,
  nameClashes,
  withField,
} from '../../../workspace/model/migration.ts';
import { areOwn, itemsIn } from '../../../workspace/model/ownProfiles.ts';
import { proxyTypes } from '../../../workspace/model/proxyAddress.ts';
import type { Params } from '../../ipc/contract.ts';
import { countsText, leftOutText } from '../../text/importReport.ts';
import { type CommonOptions, UsageError, withSession } from '../context.ts';
import { readBytes } from '../input.ts';
import { language, printJson, printLine, printTable, text } from '../output.ts';
import { showProgress } from '../progress.ts';
import { orderOf } from './proxy.ts';

type Request = Params<'profiles.runImport'>;

interface ImportOptions extends CommonOptions {
  readonly format: string;
  readonly header: boolean;
  readonly map?: readonly string[];
  readonly onDuplicate?: string;
  readonly proxyType: string;
  readonly order?: string;
  readonly keepUserAgents: boolean;
  readonly preview: boolean;
}

export function addImportCommand(profile: Command): void {
  profile
    .command('import <file>')
    .description(
      'add profiles: from what export wrote, a table (CSV), JSON of other programs, a list of names, ' +
        'or a Chromium browser’s folder; "-" reads stdin',
    )
    .option('--format <format>', `${importFormats.join(', ')} or chromium`, 'auto')
    .option('--no-header', 'the first row of a table names no columns; they are called 1, 2, …')
    .option('--map <column=field...>', `what a column is taken as: ${importFields.join(', ')}`)
    .option('--on-duplicate <way>', `names that are taken: ${nameClashes.join(', ')}`)
    .option('--proxy-type <type>', `of proxies that name none: ${proxyTypes.join(', ')}`, 'http')
    .option('--order <order>', 'of proxies that read both ways: host-first or user-first')
    .option('--keep-user-agents', 'take user agents along, which the browser here does not match')
    .option('--preview', 'only tell what would be taken, and what not', false)
    .action(async (file: string, _options, command: Command) => {
      const options = command.optsWithGlobals<ImportOptions>();
      const request = await requestOf(file, options);
      const own = isBare(options) ? ownIn(request) : null;
      await withSession(options, async (session) => {
        showProgress(session, options);
        if (own) {
          const { added } = await session.call('profiles.import', { items: [...own] });
          if (options.json) printJson({ added });
          else printLine(text('cli.profilesImported', { count: added }));
          return;
        }
        const guessed = await session.call('profiles.readImport', request);
        const mapping = mappingOf(guessed, options.map ?? []);
        const mapped = { ...request, ...(mapping ? { mapping } : {}) };
        const preview = mapping ? await session.call('profiles.readImport', mapped) : guessed;
        if (options.preview) {
          printPreview(preview, options);
          return;
        }
        const report = await session.call('profiles.runImport', mapped);
        if (options.json) printJson({ ...report, columns: preview.columns });
        else printReport(report.counts, report.leftOut, preview.columns);
        if (report.cancelled) printLine(text('import.cancelled'));
        if (report.counts.add + report.counts.update === 0) process.exitCode = 1;
      });
    });
}

/** Whether nothing was said that only files of other programs need. */
const isBare = ({ format, map, onDuplicate, preview }: ImportOptions): boolean =>
  format === 'auto' && !map && onDuplicate === undefined && !preview;

/** @throws UsageError for words that are none, or a file that can not be read. */
async function requestOf(file: string, options: ImportOptions): Promise<Request> {
  const { format, header, onDuplicate, proxyType, order, keepUserAgents = false } = options;
  const known = importFormats.find((one) => one === format);
  if (!known && format !== 'chromium') throw new UsageError(text('cli.importFormatWord'));
  const clash = nameClashes.find((one) => one === (onDuplicate ?? 'skip'));
  if (!clash) throw new UsageError(text('cli.importClashWord'));
  const source: Request['source'] = known
    ? {
        kind: 'text',
        name: file === '-' ? file : basename(file),
        text: decodeText(await readBytes(file)),
        format: known,
        header,
      }
    : { kind: 'chromium', path: resolve(file) };
  return {
    source,
    onDuplicate: clash,
    proxyType: proxyType as NonNullable<Request['proxyType']>,
    proxyOrder: orderOf(order),
    keepUserAgents,
  };
}

/** @returns the profiles of a file that Warren wrote; null for any other file. */
function ownIn({ source }: Request): readonly unknown[] | null {
  if (source.kind !== 'text' || !/^\s*[[{]/.test(source.text)) return null;
  requireBounded(Buffer.from(source.text), source.name);
  try {
    const items = itemsIn(JSON.parse(source.text));
    return items && areOwn(items) ? items : null;
  } catch {
    return null;
  }
}

/** @returns null where nothing else was said. @throws UsageError for a column or a field that is none. */
function mappingOf(
  { columns, format }: ImportPreview,
  pairs: readonly string[],
): ImportField[] | null {
  if (pairs.length === 0) return null;
  if (columns.length === 0) {
    throw new UsageError(`${text('cli.importFormat', { format })}. ${text('cli.importWhole')}`);
  }
  return pairs.reduce<ImportField[]>(
    (mapping, pair) => {
      const at = pair.lastIndexOf('=');
      const [name, word] = [pair.slice(0, at).trim().toLowerCase(), pair.slice(at + 1).trim()];
      const column = columns.findIndex((one) => one.name.toLowerCase() === name);
      const field = importFields.find((one) => one === word);
      if (at > 0 && column >= 0 && field) return withField(mapping, column, field);
      const names = columns.map((one) => one.name).join(', ');
      const fields = importFields.join(', ');
      throw new UsageError(text('cli.importMapWord', { pair, columns: names, fields }));
    },
    columns.map(({ field }) => field),
  );
}

function printPreview(preview: ImportPreview, { json }: ImportOptions): void {
  if (json) {
    printJson(preview);
    return;
  }
  printLine(text('cli.importFormat', { format: text(`import.format.${preview.format}`) }));
  if (preview.columns.length > 0) {
    printTable(
      ['COLUMN', 'FIELD', 'FIRST VALUE'],
      preview.columns.map(({ name, field, sample }) => [name, field, sample ?? '']),
    );
  }
  printTable(
    ['ROW', 'OUTCOME', 'NAME', 'GROUP', 'PROXY', 'COOKIES'],
    preview.rows.map(({ row, outcome, name, group, proxy, cookies }) => [
      String(row),
      text(`import.outcome.${outcome}`),
      name,
      group ?? '',
      proxy ?? '',
      cookies === 0 ? '' : String(cookies),
    ]),
  );
  printReport(preview.counts, preview.leftOut, preview.columns);
}

function printReport(
  counts: ImportCounts,
  leftOut: readonly LeftOut[],
  columns: readonly ImportColumn[],
): void {
  printLine(countsText(language, counts).join(', '));
  for (const line of leftOutText(language, leftOut, columns)) printLine(line);
}
