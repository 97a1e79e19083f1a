/** Where a command gets a passphrase: a file, or a prompt that does not echo. Never an argument. */
import { readFile, stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { UsageError } from './context.ts';
import { text } from './output.ts';

interface PassphraseSource {
  readonly passphraseFile?: string;
}

/**
 * @param twice true where a new one is chosen: the prompt then asks again.
 * @throws UsageError where there is neither a file nor a terminal to ask on.
 */
export async function readPassphrase(source: PassphraseSource, twice: boolean): Promise<string> {
  if (source.passphraseFile !== undefined) return readPassphraseFile(source.passphraseFile);
  if (!process.stdin.isTTY) throw new UsageError(text('cli.noPassphrase'));
  const first = await promptHidden(text('cli.askPassphrase'));
  if (twice && (await promptHidden(text('cli.askPassphraseAgain'))) !== first) {
    throw new UsageError(text('cli.passphrasesDiffer'));
  }
  return first;
}

/** The first line without its line end. Warns when others can read the file. */
async function readPassphraseFile(path: string): Promise<string> {
  const content = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(text('cli.passphraseFileUnreadable', { path, reason: error.code ?? '' }));
  });
  if (process.platform !== 'win32' && ((await stat(path)).mode & 0o077) !== 0) {
    process.stderr.write(`${text('cli.passphraseFileOpen', { path })}\n`);
  }
  const line = content.split(/\r?\n/, 1)[0] ?? '';
  if (line === '') throw new UsageError(text('cli.passphraseFileEmpty', { path }));
  return line;
}

/** Asks on the terminal, with what is typed shown. */
export function prompt(question: string): Promise<string> {
  return ask(question, process.stderr);
}

/** Asks without showing what is typed. */
export async function promptHidden(question: string): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const answer = await ask(question, silent);
  process.stderr.write('\n');
  return answer;
}

/** @param echo where readline shows what is typed. */
function ask(question: string, echo: NodeJS.WritableStream): Promise<string> {
  // First the terminal stops echoing by itself, then the question is shown: in the other order, whoever
  // types at once has typed into an echoing terminal.
  const reader = createInterface({ input: process.stdin, output: echo, terminal: true });
  return new Promise((resolve, reject) => {
    reader.once('SIGINT', () => {
      reader.close();
      reject(new UsageError(text('cli.aborted')));
    });
    if (echo !== process.stderr) process.stderr.write(question);
    reader.question(echo === process.stderr ? question : '', (answer) => {
      reader.close();
      resolve(answer);
    });
  });
}
