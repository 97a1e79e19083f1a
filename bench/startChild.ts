/** Process entry: opens a vault and lists; prints the milliseconds since it was asked for, less key derivation. */
import { createCaller } from '../app/host/caller.ts';
import { createHost } from '../app/host/host.ts';
import { derivePassphraseKeyOffThread } from '../workspace/vault/deriveOffThread.ts';
import { readHeader } from '../workspace/vault/header.ts';
import { timed } from './figure.ts';

const [dir = '', asked = '0'] = process.argv.slice(2);
/** The bench's passphrase; its own module would make a folder that this process does not need. */
const passphrase = 'benchmark passphrase';

const host = createHost({
  vaultDir: dir,
  shell: 'cli',
  log: console.error,
  onLocked: () => undefined,
});
const caller = createCaller(true, () => undefined);
await host.call('vault.unlock', { passphrase }, caller);
const list = await host.call('profiles.list', { limit: 100 }, caller);
const took = Date.now() - Number(asked);
if (!list.ok) throw new Error(list.failure.code);

const header = await readHeader(dir);
if (!header) throw new Error('the vault has no header');
const derivation = await timed(() =>
  derivePassphraseKeyOffThread(passphrase, header.kdf.salt, header.kdf),
);
await host.lock();
console.log(took - derivation);
