/**
 * Process entry for tests: a host on the vault that is named, unlocked and reached by its local socket, until
 * somebody kills it. Prints `ready`.
 */
import { createCaller } from '../caller.ts';
import { createHost } from '../host.ts';

const [vaultDir = '', passphrase = ''] = process.argv.slice(2);
const host = createHost({
  vaultDir,
  shell: 'served',
  log: (line) => console.error(line),
  onLocked: () => process.exit(0),
});
const caller = createCaller(true, () => undefined);
const answer = await host.call('vault.unlock', { passphrase }, caller);
console.log(answer.ok ? 'ready' : answer.failure.code);
