/** Process entry: unlocks a vault, lists, exports and takes everything in again; prints megabytes. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** As the system counts it: resident, in millions of bytes. */
function resident(): number {
  const [, kibibytes = '0'] =
    /VmRSS:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return (Number(kibibytes) * 1_024) / 1e6;
}

const bare = resident();
const { createHost } = await import('../app/host/host.ts');
const { createCaller } = await import('../app/host/caller.ts');
const [dir = ''] = process.argv.slice(2);
const host = createHost({
  vaultDir: dir,
  shell: 'served',
  log: console.error,
  onLocked: () => undefined,
});
const caller = createCaller(true, () => undefined);
const call = async (method: string, params: object) => {
  const answer = await host.call(method, params, caller);
  if (!answer.ok) throw new Error(`${method}: ${answer.failure.code}`);
};
await call('vault.unlock', { passphrase: 'benchmark passphrase' });
await call('profiles.list', { limit: 100 });
await new Promise((resolve) => setTimeout(resolve, 1_000));
const unlocked = resident();
const path = join(dir, '..', 'memory.warren');
await call('vault.export', { path, format: 'sealed' });
await call('vault.import', { path, onDuplicate: 'merge' });
const received = resident();
rmSync(path);
await host.lock();
console.log(JSON.stringify({ bare, unlocked, received }));
