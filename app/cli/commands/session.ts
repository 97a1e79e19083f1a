/** `profile sites`, `clear-site`, `import-cookies`, `export-cookies`: what is in a profile's session. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { cookieFileStem } from '../../../workspace/model/cookieList.ts';
import type { CookieFormat } from '../../../workspace/model/cookies.ts';
import type { CookieReport } from '../../ipc/contract.ts';
import {
  type CommonOptions,
  everyRow,
  type HostSession,
  UsageError,
  withSession,
} from '../context.ts';
import { readTextFile } from '../input.ts';
import { printJson, printLine, printTable, text, writeResult } from '../output.ts';
import { prove } from '../proof.ts';

interface ImportOptions extends CommonOptions {
  readonly dir?: string;
  readonly list?: string;
  readonly replace: boolean;
  readonly preview: boolean;
}

interface ExportOptions extends CommonOptions {
  readonly format: string;
  readonly dir?: string;
}

/** What is taken off a file's name to get the profile's. */
const fileEnding = /(\.cookies)?\.(json|txt)$/i;

export function addSessionCommands(profile: Command): void {
  profile
    .command('sites <profile>')
    .description('sites that have something in its session')
    .action(async (reference: string, _options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions>();
      await withSession(options, async (session) => {
        const { sites } = await session.call('profiles.sites', { profile: reference });
        if (options.json) printJson(sites);
        else {
          printTable(
            ['SITE', 'COOKIES', 'STORAGE'],
            sites.map(({ site, cookies, storage }) => [site, String(cookies), String(storage)]),
          );
        }
      });
    });

  profile
    .command('clear-site <profile> <site>')
    .description('forget what one site left in its session')
    .action(async (reference: string, site: string, _options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions>();
      await withSession(options, async (session) => {
        const { cleared } = await session.call('profiles.clearSite', { profile: reference, site });
        const said = cleared ? 'cli.siteCleared' : 'cli.siteUnknown';
        if (options.json) printJson({ cleared });
        else printLine(text(said, { site, name: reference }));
      });
    });

  profile
    .command('import-cookies [profile] [file]')
    .description(
      'take cookies.txt, a JSON list or a storageState into its session; "-" reads stdin',
    )
    .option('--dir <folder>', 'a file for each profile, called as export-cookies calls it')
    .option('--list <file>', 'a JSON list whose items name the profile and have its cookies')
    .option('--replace', 'what was there goes', false)
    .option('--preview', 'only tell what is in the file', false)
    .action(
      async (
        reference: string | undefined,
        file: string | undefined,
        _options,
        command: Command,
      ) => {
        const options = command.optsWithGlobals<ImportOptions>();
        if (options.list !== undefined) return importList(options, options.list);
        if (options.dir !== undefined) return importFolder(options, options.dir);
        if (reference === undefined || file === undefined) {
          throw new UsageError(text('cli.cookieFileNeeded'));
        }
        const content = await readTextFile(file);
        await withSession(options, async (session) => {
          const target = { profile: reference, name: reference };
          const report = await importOne(session, options, target, content);
          if (options.json) printJson(report);
        });
      },
    );

  profile
    .command('export-cookies <profile> [more...]')
    .description('write the cookies of its session in the clear; to a file, if one is named')
    .option('--format <format>', 'json, netscape or storageState', 'json')
    .option('--dir <folder>', 'of all that are named, a file for each in this folder')
    .action(async (reference: string, more: string[], _options, command: Command) => {
      const options = command.optsWithGlobals<ExportOptions>();
      const { dir } = options;
      const format = options.format as CookieFormat;
      if (dir === undefined && more.length > 1)
        throw new UsageError(text('cli.cookieFolderNeeded'));
      await withSession(options, async (session) => {
        await prove(session, options);
        if (dir === undefined) {
          const one = await session.call('profiles.exportCookies', { profile: reference, format });
          return writeResult(more[0], one.text);
        }
        await exportFolder(session, options, [reference, ...more], dir);
      });
    });
}

interface Target {
  /** Id or name. */
  readonly profile: string;
  readonly name: string;
}

async function importOne(
  session: HostSession,
  { replace, preview, json }: ImportOptions,
  { profile, name }: Target,
  content: string,
): Promise<CookieReport> {
  const wanted = { profile, text: content, replace, preview };
  const report = await session.call('profiles.importCookies', wanted);
  if (!json) {
    printLine(
      text(preview ? 'cli.cookiesRead' : 'cli.cookiesImported', {
        count: report.read,
        sites: report.sites,
        refused: report.refusedCount,
        name,
      }),
    );
  }
  return report;
}

async function importList(options: ImportOptions, file: string): Promise<void> {
  const { replace, preview, json } = options;
  const content = await readTextFile(file);
  await withSession(options, async (session) => {
    const wanted = { text: content, replace, preview };
    const report = await session.call('profiles.importManyCookies', wanted);
    if (json) printJson(report);
    else {
      printLine(
        text(preview ? 'cli.cookieListRead' : 'cli.cookieListImported', {
          count: report.profiles,
          cookies: report.read,
          refused: report.refusedCount,
        }),
      );
    }
  });
}

/** Each file goes to the profile that it is called after. @throws UsageError before anything is taken in. */
async function importFolder(options: ImportOptions, dir: string): Promise<void> {
  const files = await cookieFilesIn(dir);
  await withSession(options, async (session) => {
    const rows = await everyRow((after) => session.call('profiles.list', { limit: 500, ...after }));
    const targets = files.map((file) => {
      const stem = file.replace(fileEnding, '');
      const [row, another] = rows.filter(
        ({ name }) => cookieFileStem(name) === cookieFileStem(stem),
      );
      if (row && !another) return { file, row };
      throw new UsageError(text(row ? 'cli.cookieFileOfTwo' : 'cli.cookieFileOfNone', { file }));
    });
    const reports: (CookieReport & { readonly name: string })[] = [];
    for (const { file, row } of targets) {
      const { id, name } = row;
      const content = await readTextFile(join(dir, file));
      reports.push({
        name,
        ...(await importOne(session, options, { profile: id, name }, content)),
      });
    }
    if (options.json) printJson(reports);
  });
}

async function cookieFilesIn(dir: string): Promise<string[]> {
  let names: string[];
  try {
    names = await readdir(dir);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new UsageError(text('cli.fileUnreadable', { path: dir, reason }));
  }
  const files = names.filter((name) => fileEnding.test(name)).sort();
  if (files.length === 0) throw new UsageError(text('cli.noCookieFiles', { path: dir }));
  return files;
}

async function exportFolder(
  session: HostSession,
  { format, json }: ExportOptions,
  references: readonly string[],
  dir: string,
): Promise<void> {
  const files = new Map<string, string>();
  for (const profile of references) {
    const wanted = { profile, format: format as CookieFormat };
    const { fileName, text: content } = await session.call('profiles.exportCookies', wanted);
    // Names that differ in signs only would become one file.
    if (files.has(fileName)) throw new UsageError(text('cli.cookieFileOfTwo', { file: fileName }));
    files.set(fileName, content);
  }
  await mkdir(dir, { recursive: true, mode: 0o700 });
  for (const [fileName, content] of files) {
    await writeFile(join(dir, fileName), content, { mode: 0o600 });
  }
  if (json) printJson([...files.keys()]);
  else printLine(text('cli.cookiesInFolder', { count: files.size, path: dir }));
}
