/**
 * Process entry: a device that syncs and tells when what comes is in its views. Times are of the system's
 * monotonic clock, which all processes of a machine share.
 */
import { createContents } from '../workspace/contents.ts';
import { closeDatabase } from '../workspace/store/database.ts';
import { openVault } from '../workspace/vault/vault.ts';
import { replicatorOf } from './devices.ts';
import { passphrase } from './vaults.ts';

const [dir = ''] = process.argv.slice(2);
const vault = await openVault(dir, passphrase);
const contents = createContents(vault);
await contents.views.refresh(() => undefined);
const replicator = replicatorOf(contents);
const tell = (message: object) => process.send?.(message);
const now = () => Number(process.hrtime.bigint()) / 1e6;
const count = vault.database.prepare<[], number>('select count(*) from record_view').pluck();
const nameOf = vault.database
  .prepare<[string], string>('select name from record_view where id = ?')
  .pluck();
const lastRound = vault.database
  .prepare<[], number>("select count(*) from record_view where name like 'round 9 %'")
  .pluck();
let changed = 0;

vault.store.onCommitted((changes) => {
  const ids = changes.get('profile');
  if (!ids) return;
  changed += ids.size;
  const at = now();
  if (ids.size < 5) for (const id of ids) tell({ type: 'seen', at, name: nameOf.get(id) });
  if (ids.size >= 5 && lastRound.get() === 1000) tell({ type: 'caughtUp', at });
  if (changed === ids.size || (count.get() ?? 0) >= 100) tell({ type: 'usable', at });
});

process.on('message', ({ type }: { type: string }) => {
  if (type === 'start') {
    const started = now();
    replicator.start();
    void replicator
      .settled(120_000)
      .then((settled) =>
        tell({ type: 'settled', settled, took: now() - started, started, rows: count.get() }),
      );
  } else {
    void replicator.stop().then(() => {
      closeDatabase(vault.database);
      process.exit(0);
    });
  }
});
tell({ type: 'ready' });
