/** `passphrase change` and `second-factor …`. */
import type { Command } from 'commander';
import { type CommonOptions, withSession } from '../context.ts';
import { printJson, printLine, text } from '../output.ts';
import { prompt, readPassphrase } from '../passphrase.ts';
import { prove } from '../proof.ts';

interface ChangeOptions extends CommonOptions {
  readonly newPassphraseFile?: string;
}

export function addSecurityCommands(program: Command): void {
  program
    .command('passphrase')
    .description('the passphrase that opens the vault')
    .command('change')
    .description('choose a new passphrase; the old one stops working at once')
    .option('--new-passphrase-file <file>', 'read the new one from the first line of a file')
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<ChangeOptions>();
      const current = await readPassphrase(options, false);
      const { newPassphraseFile } = options;
      const next = await readPassphrase(
        newPassphraseFile === undefined ? {} : { passphraseFile: newPassphraseFile },
        true,
      );
      await withSession(
        options,
        async (session) => {
          await prove(session, options);
          await session.call('vault.changePassphrase', { current, next });
          if (options.json) printJson({ changed: true });
          else printLine(text('cli.passphraseChanged'));
        },
        current,
      );
    });

  const factor = program
    .command('second-factor')
    .description('one-time codes asked for before export, erase and the like');
  factor
    .command('on')
    .description('set up one-time codes')
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions>();
      await withSession(options, async (session) => {
        await prove(session, options);
        const { uri, secret } = await session.call('stepUp.begin', {});
        printLine(text('cli.factorSecret', { secret, uri }));
        const code = await prompt(text('cli.askCode'));
        const { recoveryCodes } = await session.call('stepUp.confirm', { code });
        printLine(text('cli.factorCodes'));
        for (const one of recoveryCodes) printLine(`  ${one}`);
      });
    });
  factor
    .command('off')
    .description('ask for the passphrase again instead')
    .action((_options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions>();
      return withSession(options, async (session) => {
        await prove(session, options);
        await session.call('stepUp.disable', {});
        if (options.json) printJson({ on: false });
        else printLine(text('cli.factorOff'));
      });
    });
  factor
    .command('status')
    .description('whether codes are asked for, and how many recovery codes are left')
    .action((_options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions>();
      return withSession(options, async (session) => {
        const status = await session.call('stepUp.status', {});
        if (options.json) return printJson(status);
        const left = status.recoveryCodesLeft;
        printLine(
          left === null ? text('cli.factorIsOff') : text('cli.factorIsOn', { count: left }),
        );
      });
    });
}
