/** A command's proof that the person is there, where one-time codes are set up. */
import type { CommonOptions, HostSession } from './context.ts';
import { UsageError } from './context.ts';
import { text } from './output.ts';
import { prompt } from './passphrase.ts';

/** The passphrase that opened the session is proof enough unless a second factor is on. */
export async function prove(session: HostSession, options: CommonOptions): Promise<void> {
  const { method, provenUntil } = await session.call('stepUp.status', {});
  if (method === 'passphrase' || provenUntil !== null) return;
  if (options.code === undefined && !process.stdin.isTTY) {
    throw new UsageError(text('cli.codeNeeded'));
  }
  const code = options.code ?? (await prompt(text('cli.askCode')));
  await session.call('stepUp.prove', { code });
}
