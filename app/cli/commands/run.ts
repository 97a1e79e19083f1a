/** `run` and `runs …` */
import type { Command } from 'commander';
import type { RecordedRunEvent, RunDetail } from '../../../workspace/model/run.ts';
import { hasDisplay } from '../../host/browser.ts';
import type { Push } from '../../ipc/contract.ts';
import { type CommonOptions, type HostSession, UsageError, withSession } from '../context.ts';
import { parsePairs, parseWhole } from '../input.ts';
import {
  printableTime,
  printJson,
  printLine,
  printNote,
  printTable,
  text,
  writeResult,
} from '../output.ts';
import { describeEvent, describeTask } from '../runText.ts';

interface RunOptions extends CommonOptions {
  readonly profile: readonly string[];
  readonly var: readonly string[];
  readonly headless: boolean;
  readonly branch: boolean;
  readonly parallel?: string;
  readonly deadline?: string;
}

interface RetryOptions extends CommonOptions {
  readonly all: boolean;
  readonly headless?: boolean;
  readonly branch: boolean;
}

interface ListOptions extends CommonOptions {
  readonly workflow?: string;
  readonly profile?: string;
  readonly status?: RunDetail['status'];
  readonly limit: string;
}

interface ExportOptions extends CommonOptions {
  readonly format: string;
  readonly output?: string;
}

export function addRunCommands(program: Command): void {
  program
    .command('run <workflow>')
    .description('run a workflow over profiles, and tell what happens')
    .requiredOption('--profile <profile...>', 'profiles, by name or id')
    .option('--var <name=value...>', 'values of the workflow’s variables', [])
    .option('--headless', 'without windows', false)
    .option('--branch', 'go on where no relay can say whether a profile is in use elsewhere', false)
    .option('--parallel <n>', 'how many browsers at once')
    .option('--deadline <seconds>', 'longest time for one profile')
    .action(async (workflow: string, _options, command: Command) => {
      const options = command.optsWithGlobals<RunOptions>();
      await withSession(options, (session) => runAndTell(session, workflow, options));
    });

  const runs = program.command('runs').description('what runs did');

  runs
    .command('list')
    .description('list runs, newest first')
    .option('--workflow <workflow>', 'only of this workflow')
    .option('--profile <profile>', 'only with this profile')
    .option('--status <status>', 'only with this outcome')
    .option('--limit <n>', 'how many', '100')
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<ListOptions>();
      await withSession(options, async (session) => {
        const { rows } = await session.call('runs.list', {
          limit: parseWhole(options.limit),
          ...(options.workflow ? { workflow: options.workflow } : {}),
          ...(options.profile ? { profile: options.profile } : {}),
          ...(options.status ? { status: options.status } : {}),
        });
        if (options.json) printJson(rows);
        else {
          printTable(
            ['STARTED', 'WORKFLOW', 'STATUS', 'PROFILES', 'FAILED', 'ID'],
            rows.map((row) => [
              printableTime(row.startedAt),
              row.workflowName,
              row.status,
              String(row.tasks),
              String(row.failed),
              row.id,
            ]),
          );
        }
      });
    });

  runs
    .command('show <run>')
    .description('show what a run did, step by step')
    .action(async (run: string, _options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions>();
      await withSession(options, async (session) => {
        const detail = await session.call('runs.get', { run });
        const events = await allEvents(session, detail.id);
        if (options.json) {
          printJson({ ...detail, events });
          return;
        }
        const names = profileNames(detail);
        for (const event of events) for (const line of describeEvent(event, names)) printLine(line);
        for (const task of detail.taskRows) printLine(describeTask(task));
      });
    });

  runs
    .command('retry <run>')
    .description('run its workflow again over the profiles that did not get through')
    .option('--all', 'over all of its profiles', false)
    .option('--headless', 'without windows; otherwise as that run was')
    .option('--branch', 'go on where no relay can say whether a profile is in use elsewhere', false)
    .action(async (run: string, _options, command: Command) => {
      const options = command.optsWithGlobals<RetryOptions>();
      await withSession(options, async (session) => {
        const headless = options.headless || !hasDisplay();
        const begun = await session.call('runs.retry', {
          run,
          only: options.all ? 'all' : 'unsuccessful',
          branch: options.branch,
          ...(headless ? { headless } : {}),
        });
        await tellRun(session, begun, options);
      });
    });

  runs
    .command('export <run>')
    .description('write the extracted data of a run')
    .option('--format <format>', 'csv or json', 'csv')
    .option('--output <file>', 'write to a file instead of stdout')
    .action(async (run: string, _options, command: Command) => {
      const options = command.optsWithGlobals<ExportOptions>();
      const { format } = options;
      if (format !== 'csv' && format !== 'json') {
        throw new UsageError(text('cli.badFormat', { given: format, choices: 'csv, json' }));
      }
      await withSession(options, async (session) => {
        writeResult(options.output, (await session.call('runs.export', { run, format })).text);
      });
    });
}

async function runAndTell(
  session: HostSession,
  workflow: string,
  options: RunOptions,
): Promise<void> {
  if (!options.headless && !hasDisplay() && !options.json) printNote(text('cli.noDisplay'));
  const run = await session.call('runs.start', {
    workflow,
    profiles: [...options.profile],
    variables: parsePairs(options.var),
    headless: options.headless || !hasDisplay(),
    branch: options.branch,
    ...(options.parallel ? { parallel: parseWhole(options.parallel) } : {}),
    ...(options.deadline ? { deadline: parseWhole(options.deadline) * 1_000 } : {}),
  });
  await tellRun(session, run, options);
}

/** Tells what happens until it ends. */
async function tellRun(
  session: HostSession,
  run: RunDetail,
  options: CommonOptions,
): Promise<void> {
  const names = profileNames(run);
  const stopListening = cancelOnInterrupt(session, run.id);
  const status = await follow(session, run.id, (event) => {
    if (options.json) printJson(event);
    else for (const line of describeEvent(event, names)) printLine(line);
  });
  stopListening();
  if (!options.json) {
    const { taskRows } = await session.call('runs.get', { run: run.id });
    for (const task of taskRows) printLine(describeTask(task));
  }
  if (status !== 'succeeded') process.exitCode = 1;
}

/** Hands over every event once, in order. @returns how the run ended. */
function follow(
  session: HostSession,
  runId: string,
  onEvent: (event: RecordedRunEvent) => void,
): Promise<string> {
  return new Promise((resolve, reject) => {
    session.onLost(() => resolve('interrupted'));
    session.onPush((push: Push) => {
      if (push.type !== 'runEvents' || push.runId !== runId) return;
      for (const event of push.events) {
        onEvent(event);
        if (event.type === 'run.finished') resolve(event.status);
      }
    });
    session.call('runs.watch', { run: runId }).catch(reject);
  });
}

/** The first Ctrl-C cancels the run and waits for it to be written down; the second ends at once. */
function cancelOnInterrupt(session: HostSession, runId: string): () => void {
  let asked = false;
  const onInterrupt = () => {
    if (asked) process.exit(1);
    asked = true;
    printNote(text('cli.cancelling'));
    session.call('runs.cancel', { run: runId }).catch(() => undefined);
  };
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onInterrupt);
  return () => {
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onInterrupt);
  };
}

async function allEvents(session: HostSession, run: string): Promise<RecordedRunEvent[]> {
  const all: RecordedRunEvent[] = [];
  let after = 0;
  for (;;) {
    const { events, last } = await session.call('runs.events', { run, after, limit: 5_000 });
    all.push(...events);
    if (events.length === 0) return all;
    after = last;
  }
}

function profileNames(run: RunDetail): ReadonlyMap<string, string> {
  return new Map(run.taskRows.map((task) => [task.id, task.profileName]));
}
