/** `relay`: a relay of one's own, in this process. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { runRelay } from '../../../sync-relay/server/run.ts';
import { UsageError } from '../context.ts';
import { text } from '../output.ts';
import { addRelaysCommands } from './device.ts';

export interface RelayOptions {
  readonly listen?: string;
  readonly data?: string;
  readonly name?: string;
  readonly restored: boolean;
}

/** The command that the others about relays are added to; its own action runs one. */
export function addRelayCommand(program: Command): void {
  const relay = program
    .command('relay')
    .description('run a relay: it stores and forwards what devices seal, and can read none of it')
    .option('--listen <address>', 'host and port to listen at')
    .option('--data <dir>', 'folder of its data, made when there is none')
    .option('--name <address>', 'what devices dial, where that is another address')
    .option('--restored', 'the data was put back from a backup', false)
    .action(async ({ listen, data, ...options }: RelayOptions) => {
      if (listen === undefined || data === undefined) throw new UsageError(text('cli.relayUsage'));
      try {
        await runRelay({ ...options, listen, data: resolve(data) });
      } catch (error) {
        if (!(error instanceof TypeError) && !isSystemError(error)) throw error;
        const reason = isSystemError(error) ? String(error.code) : error.message;
        throw new UsageError(text('cli.relayRefused', { address: listen, reason }));
      }
    });
  addRelaysCommands(relay);
}

const isSystemError = (error: unknown): error is Error & { code: unknown } =>
  error instanceof Error && 'code' in error;
