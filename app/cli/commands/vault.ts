/** `init` and `recover`: a new vault, and a way back into one. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { FailureError } from '../../../workspace/model/failure.ts';
import { type CommonOptions, localSession, UsageError } from '../context.ts';
import { printJson, printLine, text } from '../output.ts';
import { prompt, readPassphrase } from '../passphrase.ts';
import { keepWords, readWordsFile } from '../words.ts';

interface InitOptions extends CommonOptions {
  readonly recoveryFile?: string;
  readonly kdf: string;
}

interface RecoverOptions extends CommonOptions {
  readonly wordsFile?: string;
  readonly from?: string;
  readonly relay?: string;
  readonly kdf: string;
}

export function addVaultCommands(program: Command): void {
  program
    .command('init')
    .description('make a new vault: choose a passphrase, keep the recovery words')
    .option('--recovery-file <file>', 'write the recovery words to a file instead of the screen')
    .option(
      '--kdf <cost>',
      'key derivation: "calibrated" to this machine, or "minimum"',
      'calibrated',
    )
    .action(async (_options, command: Command) => init(command.optsWithGlobals<InitOptions>()));

  program
    .command('recover')
    .description('open the vault with its recovery words and choose a new passphrase')
    .option('--words-file <file>', 'read the 24 recovery words from a file')
    .option('--from <backup>', 'a backup’s folder, on a machine that has no vault yet')
    .option(
      '--relay <address>',
      'a relay that has the workspace, on a machine that has no vault yet',
    )
    .option(
      '--kdf <cost>',
      'with --relay: "calibrated" to this machine, or "minimum"',
      'calibrated',
    )
    .action(async (_options, command: Command) =>
      recover(command.optsWithGlobals<RecoverOptions>()),
    );
}

async function init(options: InitOptions): Promise<void> {
  const kdf = requireKdf(options.kdf);
  const session = localSession(options.vault);
  try {
    const { state, dir, ...rest } = await session.call('vault.status', {});
    if ('failure' in rest) throw new FailureError(rest.failure);
    if (state !== 'missing') throw new FailureError({ code: 'vaultExists', dir });
    const passphrase = await readPassphrase(options, true);
    const { words, ask } = await session.call('vault.prepare', { passphrase, kdf });
    const asked = (at: number) => words[at - 1] ?? '';
    showOrKeepWords(options, words);
    const interactive = process.stdin.isTTY && !options.json && options.recoveryFile === undefined;
    await session.call('vault.confirm', {
      words: interactive ? await askWords(ask) : ask.map(asked),
    });
    if (options.json) {
      const shown = options.recoveryFile === undefined ? { recoveryWords: words } : {};
      printJson({ vault: dir, ...shown });
    } else printLine(text('cli.vaultMade', { dir }));
  } finally {
    await session.close();
  }
}

/** @throws UsageError when it is none of the costs. */
export function requireKdf(given: string): 'calibrated' | 'minimum' {
  if (given === 'calibrated' || given === 'minimum') return given;
  throw new UsageError(text('cli.badKdf', { given }));
}

/** Shown before anything is written: a vault whose words nobody saw must not come to be. */
function showOrKeepWords(options: InitOptions, words: readonly string[]): void {
  if (options.recoveryFile !== undefined) {
    keepWords(options.recoveryFile, words);
  } else if (!options.json) {
    printLine(text('cli.wordsIntro'));
    for (let row = 0; row < words.length; row += 6) {
      printLine(
        words
          .slice(row, row + 6)
          .map((word, column) => `${String(row + column + 1).padStart(4)}. ${word.padEnd(9)}`)
          .join(''),
      );
    }
  }
}

async function askWords(positions: readonly number[]): Promise<string[]> {
  const typed: string[] = [];
  for (const position of positions) typed.push(await prompt(text('cli.askWord', { position })));
  return typed;
}

async function recover(options: RecoverOptions): Promise<void> {
  const words =
    options.wordsFile === undefined
      ? await prompt(text('cli.askWords'))
      : await readWordsFile(options.wordsFile);
  const newPassphrase = await readPassphrase(options, true);
  const { relay } = options;
  const kdf = requireKdf(options.kdf);
  const session = localSession(options.vault);
  try {
    if (relay === undefined) {
      await session.call('vault.recover', {
        words,
        newPassphrase,
        ...(options.from === undefined ? {} : { from: resolve(options.from) }),
      });
    } else await session.call('join.recover', { words, relay, passphrase: newPassphrase, kdf });
  } finally {
    await session.close();
  }
  if (options.json) printJson({ recovered: true });
  else printLine(text('cli.recovered'));
}
