/** `serve`: the app in an installed browser, from this process. */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { chooseBrowser, hasDisplay } from '../../host/browser.ts';
import { type ServedShell, startServedShell } from '../../served/supervisor.ts';
import { type CommonOptions, UsageError } from '../context.ts';
import { parseWhole } from '../input.ts';
import { printJson, printLine, printNote, text } from '../output.ts';

interface ServeOptions extends CommonOptions {
  readonly port: string;
  readonly open: boolean;
}

export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description('serve the app on loopback; prints a link that opens one window')
    .option('--port <port>', 'port on 127.0.0.1; 0 takes a free one', '0')
    .option('--open', 'open the link in the system’s browser', false)
    .action(async (_options, command: Command) => serve(command.optsWithGlobals<ServeOptions>()));
}

async function serve(options: ServeOptions): Promise<void> {
  const shell = await start(options);
  const tell = () => {
    const url = shell.newLink();
    if (options.json) printJson({ url });
    else printLine(text('cli.serving', { url }));
    return url;
  };
  const url = tell();
  if (options.open && hasDisplay()) void openInBrowser(url);
  if (process.stdin.isTTY && !options.json) {
    printNote(text('cli.serveKeys'));
    process.stdin.on('data', tell);
  }
  await new Promise<void>((done) => {
    process.once('SIGINT', done);
    process.once('SIGTERM', done);
  });
  process.stdin.pause();
  await shell.stop();
}

async function start(options: ServeOptions): Promise<ServedShell> {
  const port = parseWhole(options.port);
  try {
    return await startServedShell({ vaultDir: resolve(options.vault), port, log: printNote });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new UsageError(text('cli.portRefused', { port: options.port, reason: code }));
  }
}

/** The link is for one window and used up at once, so it may stand in a process list for that moment. */
async function openInBrowser(url: string): Promise<void> {
  if (await launches(systemOpener(url))) return;
  const browser = await chooseBrowser(null);
  if (browser.found && (await launches([browser.path, url]))) return;
  printNote(text('cli.noOpener'));
}

function systemOpener(url: string): readonly string[] {
  if (process.platform === 'darwin') return ['open', url];
  if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url];
  return ['xdg-open', url];
}

/** Milliseconds after which a program that still runs is taken to have opened the link. */
const opening = 3_000;

function launches([command = '', ...args]: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
    setTimeout(() => resolve(true), opening).unref();
    child.unref();
  });
}
