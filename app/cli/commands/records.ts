/** `history`, `restore`, `trash …`, `activity`: what was there before. */
import type { Command } from 'commander';
import { type RecordKindName, recordKinds } from '../../../workspace/model/record.ts';
import {
  type CommonOptions,
  everyRow,
  type HostSession,
  UsageError,
  withSession,
} from '../context.ts';
import { parseWhole } from '../input.ts';
import { printableTime, printJson, printLine, printTable, text } from '../output.ts';

export function addRecordCommands(program: Command): void {
  program
    .command('history <kind> <record>')
    .description('every version of a profile or workflow: who changed what, and when')
    .action((kind: string, record: string, _options, command: Command) =>
      withSession(command.optsWithGlobals<CommonOptions>(), async (session) => {
        const history = await session.call('records.history', { kind: kindOf(kind), record });
        if (command.optsWithGlobals<CommonOptions>().json) return printJson(history);
        printTable(
          ['VERSION', 'WHEN', 'WHO', 'WHAT', 'FIELDS', 'ID'],
          history.versions.map((one) => [
            String(one.number),
            printableTime(one.at),
            one.deviceName ?? '?',
            one.action,
            one.changed.join(', '),
            one.version.slice(0, 12),
          ]),
        );
      }),
    );

  program
    .command('restore <kind> <record> <version>')
    .description('make a version of a profile or workflow the newest one; by number or id')
    .action((kind: string, record: string, version: string, _options, command: Command) =>
      withSession(command.optsWithGlobals<CommonOptions>(), async (session) => {
        const place = { kind: kindOf(kind), record };
        const restored = await session.call('records.restoreVersion', {
          ...place,
          version: await versionId(session, place, version),
        });
        if (command.optsWithGlobals<CommonOptions>().json) printJson(restored);
        else printLine(text('cli.versionRestored', { name: restored.name, version }));
      }),
    );

  addTrashCommands(program.command('trash').description('what was removed, for 30 days'));

  program
    .command('activity')
    .description('what was done to the vault, newest first')
    .option('--limit <number>', 'how many', '100')
    .option('--type <type>', 'only this: add, edit, trash, export, …')
    .option('--record <id>', 'only on this record')
    .action((_options, command: Command) => listActivity(command));
}

function addTrashCommands(trash: Command): void {
  trash
    .command('list')
    .description('list what is in the trash')
    .action((_options, command: Command) =>
      withSession(command.optsWithGlobals<CommonOptions>(), async (session) => {
        const { rows } = await session.call('trash.list', {});
        if (command.optsWithGlobals<CommonOptions>().json) return printJson(rows);
        printTable(
          ['KIND', 'NAME', 'REMOVED', 'ID'],
          rows.map((row) => [row.kind, row.name, printableTime(row.trashedAt), row.id]),
        );
      }),
    );
  trash
    .command('restore <id>')
    .description('take something out of the trash, by id or name')
    .action((reference: string, _options, command: Command) =>
      withSession(command.optsWithGlobals<CommonOptions>(), async (session) => {
        const { rows } = await session.call('trash.list', {});
        const found = rows.filter((row) => row.id === reference || row.name === reference);
        const [only] = found;
        if (!only || found.length > 1) {
          throw new UsageError(text(only ? 'cli.trashSeveral' : 'cli.trashNothing', { reference }));
        }
        const kind = kindOf(only.kind);
        const { name } = await session.call('trash.restore', { kind, id: only.id });
        if (command.optsWithGlobals<CommonOptions>().json) printJson({ restored: only.id, name });
        else printLine(text('cli.trashRestored', { name }));
      }),
    );
  trash
    .command('empty')
    .description('delete for good what is in the trash')
    .action((_options, command: Command) =>
      withSession(command.optsWithGlobals<CommonOptions>(), async (session) => {
        const { removed } = await session.call('trash.empty', {});
        if (command.optsWithGlobals<CommonOptions>().json) printJson({ removed });
        else printLine(text('cli.trashEmptied', { count: removed }));
      }),
    );
}

async function listActivity(command: Command): Promise<void> {
  const options = command.optsWithGlobals<
    CommonOptions & { limit: string; type?: string; record?: string }
  >();
  const limit = parseWhole(options.limit);
  await withSession(options, async (session) => {
    const { type, record } = options;
    const filters = { ...(type ? { type } : {}), ...(record ? { record } : {}) };
    let left = limit;
    const rows = await everyRow(async (after) => {
      const size = Math.min(Math.max(left, 1), 500);
      const page = await session.call('activity.list', { ...filters, ...after, limit: size });
      left -= page.rows.length;
      return left > 0 ? page : { ...page, next: null };
    });
    if (options.json) return printJson(rows);
    printTable(
      ['WHEN', 'WHAT', 'KIND', 'NAME', 'DEVICE'],
      rows.map((row) => [
        printableTime(row.at),
        row.type,
        row.kind,
        row.name,
        row.deviceName ?? '?',
      ]),
    );
  });
}

function kindOf(given: string): RecordKindName {
  const kind = recordKinds.find((one) => one === given);
  if (!kind) throw new UsageError(text('cli.badKind', { given, known: recordKinds.join(', ') }));
  return kind;
}

/** People name versions by number or by the start of their id. */
async function versionId(
  session: HostSession,
  place: { kind: RecordKindName; record: string },
  given: string,
): Promise<string> {
  const { versions } = await session.call('records.history', place);
  const found = versions.filter(
    (one) => String(one.number) === given || (given.length >= 6 && one.version.startsWith(given)),
  );
  const [only] = found;
  if (!only || found.length > 1) throw new UsageError(text('cli.badVersion', { given }));
  return only.version;
}
