/** `export`, `import`, `backup …`, `stats`, `check`, `views rebuild`, `erase`: the vault as a whole. */
import { basename, resolve, sep } from 'node:path';
import type { Command } from 'commander';
import type { Answers } from '../../ipc/contract.ts';
import { type CommonOptions, type HostSession, UsageError, withSession } from '../context.ts';
import {
  bytesText,
  printableTime,
  printFields,
  printJson,
  printLine,
  printNote,
  printTable,
  text,
} from '../output.ts';
import { prompt } from '../passphrase.ts';
import { showProgress } from '../progress.ts';
import { prove } from '../proof.ts';
import { keepWords, readWordsFile } from '../words.ts';

interface ExportOptions extends CommonOptions {
  readonly plain?: string;
  readonly ownWordsFile?: string;
}
interface ImportOptions extends CommonOptions {
  readonly onDuplicate: string;
  readonly wordsFile?: string;
  readonly preview: boolean;
}
interface EraseOptions extends CommonOptions {
  readonly backups: boolean;
  readonly yes: boolean;
}

const policies = ['skip', 'merge', 'copy'] as const;

export function addDataCommands(program: Command): void {
  program
    .command('export [file]')
    .description('write everything into one encrypted file, or readable into a folder')
    .option('--plain <dir>', 'a new folder of JSON, CSV and files that anybody can read')
    .option('--own-words-file <file>', 'make 24 words that open this file, and write them there')
    .action((file: string | undefined, _options, command: Command) =>
      exportAll(file, command.optsWithGlobals<ExportOptions>()),
    );

  program
    .command('import <path>')
    .description('take in what export wrote: a file or a folder')
    .option('--on-duplicate <policy>', 'for what is there already: skip, merge or copy', 'skip')
    .option('--words-file <file>', 'the 24 words that open the file, if this vault does not')
    .option('--preview', 'only tell what would happen', false)
    .action((path: string, _options, command: Command) =>
      importAll(path, command.optsWithGlobals<ImportOptions>()),
    );

  addBackupCommands(program.command('backup').description('backups of the vault'));

  program
    .command('stats')
    .description('how much lies in the vault')
    .action((_options, command: Command) =>
      withSession(command.optsWithGlobals<CommonOptions>(), async (session) => {
        const stats = await session.call('vault.stats', {});
        const { json } = command.optsWithGlobals<CommonOptions>();
        if (json) printJson(stats);
        else printFields({ ...stats });
      }),
    );

  program
    .command('check')
    .description('read everything once and name what is damaged')
    .action((_options, command: Command) =>
      withSession(command.optsWithGlobals<CommonOptions>(), async (session) => {
        const options = command.optsWithGlobals<CommonOptions>();
        showProgress(session, options);
        printSoundness(options, await session.call('vault.check', {}));
      }),
    );

  program
    .command('views')
    .description('the lists that Warren keeps of documents and runs')
    .command('rebuild')
    .description('make all lists again')
    .action((_options, command: Command) =>
      withSession(command.optsWithGlobals<CommonOptions>(), async (session) => {
        const options = command.optsWithGlobals<CommonOptions>();
        showProgress(session, options);
        const { rows } = await session.call('views.rebuild', {});
        if (options.json) printJson({ rows });
        else printLine(text('cli.viewsRebuilt', { count: rows }));
      }),
    );

  program
    .command('erase')
    .description('delete the vault for good')
    .option('--backups', 'its backups too', false)
    .option('--yes', 'do not ask for the folder’s name', false)
    .action((_options, command: Command) => erase(command.optsWithGlobals<EraseOptions>()));
}

function addBackupCommands(backup: Command): void {
  backup
    .command('now')
    .description('make a backup and verify it')
    .action((_options, command: Command) =>
      withSession(command.optsWithGlobals<CommonOptions>(), async (session) => {
        const options = command.optsWithGlobals<CommonOptions>();
        showProgress(session, options);
        const made = await session.call('backups.now', {});
        if (options.json) printJson(made);
        else printLine(text('cli.backupMade', { path: made.path, size: bytesText(made.bytes) }));
      }),
    );
  backup
    .command('list')
    .description('list the backups')
    .action((_options, command: Command) =>
      withSession(command.optsWithGlobals<CommonOptions>(), async (session) => {
        const { backups } = await session.call('backups.list', {});
        if (command.optsWithGlobals<CommonOptions>().json) return printJson(backups);
        printTable(
          ['BACKUP', 'MADE', 'SIZE', 'FILES', 'COMPLETE'],
          backups.map((one) => [
            one.name,
            printableTime(one.createdAt),
            bytesText(one.bytes),
            String(one.blobs),
            one.complete ? 'yes' : 'no',
          ]),
        );
      }),
    );
  backup
    .command('verify <backup>')
    .description('read a backup whole and name what is damaged; by its name or path')
    .action((name: string, _options, command: Command) =>
      withSession(command.optsWithGlobals<CommonOptions>(), async (session) => {
        const options = command.optsWithGlobals<CommonOptions>();
        showProgress(session, options);
        printSoundness(options, await session.call('backups.verify', { backup: backupOf(name) }));
      }),
    );
  backup
    .command('restore <backup>')
    .description('put a backup in the place of the vault, which is backed up first')
    .action((name: string, _options, command: Command) =>
      withSession(command.optsWithGlobals<CommonOptions>(), async (session) => {
        const options = command.optsWithGlobals<CommonOptions>();
        await prove(session, options);
        showProgress(session, options);
        await session.call('backups.restore', { backup: backupOf(name) });
        if (options.json) printJson({ restored: name });
        else printLine(text('cli.backupRestored', { name }));
      }),
    );
}

/** A path is meant from the folder that the command was given in; the host may work in another. */
const backupOf = (given: string): string =>
  given.includes('/') || given.includes(sep) ? resolve(given) : given;

async function exportAll(file: string | undefined, options: ExportOptions): Promise<void> {
  if ((file === undefined) === (options.plain === undefined)) {
    throw new UsageError(text('cli.exportWhere'));
  }
  await withSession(options, async (session) => {
    await prove(session, options);
    showProgress(session, options);
    const report = await session.call('vault.export', {
      path: resolve(options.plain ?? file ?? ''),
      format: options.plain === undefined ? 'sealed' : 'plain',
      ownWords: options.ownWordsFile !== undefined,
    });
    const { words, ...rest } = report;
    if (words && options.ownWordsFile !== undefined) keepWords(options.ownWordsFile, words);
    if (options.json) printJson(rest);
    else {
      const { records, entries, blobs } = rest;
      printLine(text('cli.exported', { path: rest.path, records, entries, blobs }));
      if (options.plain !== undefined) printNote(text('cli.exportedPlain'));
    }
    for (const part of rest.damaged) printNote(text('cli.damagedPart', { part }));
    if (rest.damaged.length > 0) process.exitCode = 1;
  });
}

async function importAll(path: string, options: ImportOptions): Promise<void> {
  const onDuplicate = policies.find((policy) => policy === options.onDuplicate);
  if (!onDuplicate) throw new UsageError(text('cli.badPolicy', { given: options.onDuplicate }));
  const words =
    options.wordsFile === undefined ? {} : { words: await readWordsFile(options.wordsFile) };
  await withSession(options, async (session) => {
    showProgress(session, options);
    const { preview } = options;
    const report = await session.call('vault.import', {
      path: resolve(path),
      onDuplicate,
      preview,
      ...words,
    });
    if (options.json) printJson(report);
    else printImport(report, preview);
  });
}

function printImport(report: Answers['vault.import'], preview: boolean): void {
  const { records, entries, blobs, sessions } = report;
  printLine(
    text(preview ? 'cli.wouldImport' : 'cli.imported', { records, entries, blobs, sessions }),
  );
  for (const { kind, name, by, outcome } of report.duplicates) {
    printLine(text('cli.importDuplicate', { kind, name, by, outcome }));
  }
  for (const { name, reason } of report.refused) {
    printNote(text('cli.importRefused', { name, reason }));
  }
}

function printSoundness(options: CommonOptions, result: Answers['vault.check']): void {
  if (options.json) printJson(result);
  else if (result.damaged.length === 0) printLine(text('cli.sound', { count: result.checked }));
  else for (const part of result.damaged) printLine(text('cli.damagedPart', { part }));
  if (result.damaged.length > 0) process.exitCode = 1;
}

async function erase(options: EraseOptions): Promise<void> {
  const name = basename(resolve(options.vault));
  if (!options.yes && !process.stdin.isTTY) throw new UsageError(text('cli.eraseYes'));
  await withSession(options, async (session: HostSession) => {
    const confirm = options.yes ? name : await prompt(text('cli.eraseAsk', { name }));
    await prove(session, options);
    await session.call('vault.erase', { confirm, backups: options.backups });
    if (options.json) printJson({ erased: true });
    else printLine(text('cli.erased', { dir: resolve(options.vault) }));
  });
}
