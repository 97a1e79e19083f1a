/** `profile sites`, `clear-site`, `import-cookies`, `export-cookies`: what is in a profile's session. */
import type { Command } from 'commander';
import type { CookieFormat } from '../../../workspace/model/cookies.ts';
import { type CommonOptions, withSession } from '../context.ts';
import { readTextFile } from '../input.ts';
import { printJson, printLine, printTable, text, writeResult } from '../output.ts';
import { prove } from '../proof.ts';

interface ImportOptions extends CommonOptions {
  readonly replace: boolean;
  readonly preview: boolean;
}

interface ExportOptions extends CommonOptions {
  readonly format: string;
}

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
    .command('import-cookies <profile> <file>')
    .description(
      'take cookies.txt, a JSON list or a storageState into its session; "-" reads stdin',
    )
    .option('--replace', 'what was there goes', false)
    .option('--preview', 'only tell what is in the file', false)
    .action(async (reference: string, file: string, _options, command: Command) => {
      const options = command.optsWithGlobals<ImportOptions>();
      const { replace, preview } = options;
      const content = await readTextFile(file);
      await withSession(options, async (session) => {
        const report = await session.call('profiles.importCookies', {
          profile: reference,
          text: content,
          replace,
          preview,
        });
        if (options.json) printJson(report);
        else {
          printLine(
            text(preview ? 'cli.cookiesRead' : 'cli.cookiesImported', {
              count: report.read,
              sites: report.sites,
              refused: report.refusedCount,
              name: reference,
            }),
          );
        }
      });
    });

  profile
    .command('export-cookies <profile> [file]')
    .description('write the cookies of its session in the clear')
    .option('--format <format>', 'json, netscape or storageState', 'json')
    .action(async (reference: string, file: string | undefined, _options, command: Command) => {
      const options = command.optsWithGlobals<ExportOptions>();
      await withSession(options, async (session) => {
        await prove(session, options);
        const { text: content } = await session.call('profiles.exportCookies', {
          profile: reference,
          format: options.format as CookieFormat,
        });
        writeResult(file, content);
      });
    });
}
