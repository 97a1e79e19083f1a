/** `workflow …` */
import type { Command } from 'commander';
import type { LeftOut } from '../../../workspace/model/leftOut.ts';
import { type CommonOptions, everyRow, UsageError, withSession } from '../context.ts';
import { readJsonFile } from '../input.ts';
import {
  printableTime,
  printFields,
  printJson,
  printLine,
  printNote,
  printTable,
  text,
  writeResult,
} from '../output.ts';

export function addWorkflowCommands(program: Command): void {
  const workflow = program.command('workflow').description('workflows');

  workflow
    .command('add <file>')
    .description('add a workflow from a JSON file; "-" reads stdin')
    .option('--name <name>', 'give it this name instead of the file’s')
    .action(async (file: string, _options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions & { name?: string }>();
      await addFromFiles([file], options, options.name);
    });

  workflow
    .command('import <file...>')
    .description('add workflows from JSON files')
    .action(async (files: string[], _options, command: Command) => {
      await addFromFiles(files, command.optsWithGlobals<CommonOptions>());
    });

  workflow
    .command('list')
    .description('list workflows')
    .option('--search <words>', 'only those whose name or description have all the words', '')
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions & { search: string }>();
      await withSession(options, async (session) => {
        const { search } = options;
        const rows = await everyRow((after) =>
          session.call('workflows.list', { search, limit: 500, ...after }),
        );
        if (options.json) printJson(rows);
        else {
          printTable(
            ['NAME', 'STEPS', 'LAST RUN', 'OUTCOME', 'ID'],
            rows.map((row) => [
              row.name,
              String(row.stepCount),
              printableTime(row.lastRunAt),
              row.lastOutcome ?? '',
              row.id,
            ]),
          );
        }
      });
    });

  workflow
    .command('show <workflow>')
    .description('show a workflow, by name or id')
    .action(async (reference: string, _options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions>();
      await withSession(options, async (session) => {
        const shown = await session.call('workflows.get', { workflow: reference });
        if (options.json) printJson(shown);
        else printFields({ ...shown });
      });
    });

  workflow
    .command('export <workflow> [file]')
    .description('write a workflow as a JSON file that import takes')
    .option('--as <format>', 'recording (for Chrome’s Recorder) or playwright (a test)')
    .action(async (reference: string, file: string | undefined, _options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions & { as?: string }>();
      await withSession(options, async (session) => {
        const format = options.as;
        if (format !== undefined) {
          if (format !== 'recording' && format !== 'playwright') {
            throw new UsageError(
              text('cli.badFormat', { given: format, choices: 'recording, playwright' }),
            );
          }
          const written = await session.call('workflows.exportAs', { workflow: reference, format });
          writeResult(file, written.text);
          printLeft(written.left);
          return;
        }
        const {
          id: _id,
          createdAt: _c,
          updatedAt: _u,
          ...document
        } = await session.call('workflows.get', { workflow: reference });
        writeResult(file, `${JSON.stringify(document, null, 2)}\n`);
      });
    });

  workflow
    .command('remove <workflow>')
    .description('remove a workflow; its runs stay')
    .action(async (reference: string, _options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions>();
      await withSession(options, async (session) => {
        await session.call('workflows.remove', { workflow: reference });
        if (options.json) printJson({ removed: reference });
        else printLine(text('cli.workflowRemoved', { name: reference }));
      });
    });
}

async function addFromFiles(
  files: readonly string[],
  options: CommonOptions,
  name?: string,
): Promise<void> {
  const documents: unknown[] = [];
  for (const file of files) documents.push(await readJsonFile(file));
  await withSession(options, async (session) => {
    for (const content of documents) {
      const document =
        name !== undefined && typeof content === 'object' && content !== null
          ? { ...content, [Object.hasOwn(content, 'title') ? 'title' : 'name']: name }
          : content;
      const { workflows, left } = await session.call('workflows.import', { document });
      for (const workflow of workflows) {
        if (options.json) printJson(workflow);
        else printLine(text('cli.workflowAdded', { name: workflow.name, id: workflow.id }));
      }
      printLeft(left);
    }
  });
}

/** What the other format has no match for, for people: a line each. */
function printLeft(left: readonly LeftOut[]): void {
  for (const { path, kind, why } of left) {
    printNote(text('exchange.leftAt', { path, kind, why: text(`exchange.left.${why}`) }));
  }
}
