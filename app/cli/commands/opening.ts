/** `profile open`, `close`, `attach`, `opened`, `hosts`: browsers that a person uses. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Command } from 'commander';
import { type CommonOptions, type HostSession, UsageError, withSession } from '../context.ts';
import { printableTime, printJson, printLine, printTable, text } from '../output.ts';

interface OpenOptions extends CommonOptions {
  readonly headless: boolean;
  readonly branch: boolean;
}

/** Milliseconds between two looks at whether the window is still there. */
const lookEvery = 500;

export function addOpeningCommands(profile: Command): void {
  profile
    .command('open <profile>')
    .description('open its browser, with its proxy, session and tabs')
    .option('--headless', 'without a window, for programs that attach', false)
    .option('--branch', 'also where nobody can say whether another device uses it', false)
    .action(async (reference: string, _options, command: Command) => {
      const options = command.optsWithGlobals<OpenOptions>();
      const { headless, branch } = options;
      await withSession(options, async (session) => {
        const opened = await session.call('profiles.open', {
          profile: reference,
          headless,
          branch,
        });
        if (options.json) printJson(opened);
        else {
          const said = session.isOwn ? 'cli.profileOpened' : 'cli.profileOpenedThere';
          printLine(text(said, { name: opened.name }));
        }
        // Its host is this very process: when that ends, so does the browser.
        if (session.isOwn) await untilClosed(session, opened.profileId);
      });
    });

  profile
    .command('close [profile]')
    .description('close its browser; its session is sealed first')
    .option('--all', 'all that are open', false)
    .action(async (reference: string | undefined, _options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions & { all: boolean }>();
      if ((reference === undefined) !== options.all) throw new UsageError(text('cli.closeWhich'));
      await withSession(options, async (session) => {
        if (reference === undefined) await session.call('profiles.closeAll', {});
        else await session.call('profiles.close', { profile: reference });
        if (options.json) printJson({ closed: reference ?? 'all' });
        else if (reference === undefined) printLine(text('cli.profilesClosed'));
        else printLine(text('cli.profileClosed', { name: reference }));
      });
    });

  profile
    .command('attach <profile>')
    .description('an address at which programs reach its open browser; whoever has it may use it')
    .action(async (reference: string, _options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions>();
      await withSession(options, async (session) => {
        const endpoint = await session.call('profiles.attach', { profile: reference });
        if (options.json) printJson(endpoint);
        else {
          printLine(endpoint.wsEndpoint);
          printLine('');
          printLine(`Playwright  chromium.connectOverCDP('${endpoint.httpEndpoint}')`);
          printLine(
            `Puppeteer   puppeteer.connect({ browserWSEndpoint: '${endpoint.wsEndpoint}' })`,
          );
        }
      });
    });

  profile
    .command('opened')
    .description('what is open on this device')
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions>();
      await withSession(options, async (session) => {
        const { opened } = await session.call('profiles.opened', {});
        if (options.json) printJson(opened);
        else {
          printTable(
            ['NAME', 'SINCE', 'PROXY', 'ID'],
            opened.map((one) => [
              one.name,
              printableTime(one.since),
              one.isUnsealed ? text('opened.unsealed') : (one.proxyProblem ?? ''),
              one.profileId,
            ]),
          );
        }
      });
    });

  profile
    .command('hosts <profile>')
    .description('hosts that its browser talked to on this device, newest first')
    .option('--forget', 'clear that list')
    .action(async (reference: string, _options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions & { forget?: boolean }>();
      await withSession(options, async (session) => {
        if (options.forget) {
          await session.call('profiles.forgetHosts', { profile: reference });
          if (options.json) printJson({ forgotten: reference });
          else printLine(text('cli.hostsForgotten', { name: reference }));
          return;
        }
        const { hosts } = await session.call('profiles.hosts', { profile: reference });
        if (options.json) printJson(hosts);
        else {
          printTable(
            ['HOST', 'PORT', 'CONNECTIONS', 'BLOCKED', 'LAST'],
            hosts.map((row) => [
              row.host,
              String(row.port),
              String(row.connections),
              row.reason ? `${row.blocked} (${row.reason})` : '',
              printableTime(row.lastAt),
            ]),
          );
        }
      });
    });
}

/** Until the window is closed, or somebody stops this command. */
async function untilClosed(session: HostSession, profileId: string): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => stop.abort());
  }
  while (!stop.signal.aborted) {
    const { opened } = await session.call('profiles.opened', {});
    if (!opened.some((one) => one.profileId === profileId)) return;
    await wait(lookEvery, undefined, { signal: stop.signal }).catch(() => undefined);
  }
}
