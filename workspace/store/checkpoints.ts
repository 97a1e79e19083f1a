/**
 * When SQLite's log is written back into the database file. By itself it does that in the middle of some
 * commit, which then takes a hundred times as long; here it waits for a quiet moment. Whoever copies the
 * file holds it back: as long as nothing is written back, the file stays as it is while work goes on.
 */
import { statSync } from 'node:fs';
import type { Database } from './database.ts';
import type { Store } from './store.ts';

export interface Checkpoints {
  /**
   * Writes everything back now, then leaves the file alone.
   *
   * @returns what ends that; to be called once.
   */
  freeze(): () => void;
}

/** Milliseconds without a change after which the log is written back. */
const quiet = 400;
/** Bytes of log that are not let grow further, quiet or not. */
const longest = 64 * 1024 * 1024;
/**
 * Bytes that its file keeps once it was written back. Left as long as it ever was, it would look too long
 * at each change that follows, and be written back after each.
 */
const keptLog = 8 * 1024 * 1024;

export function createCheckpoints(database: Database, store: Store): Checkpoints {
  const log = `${database.name}-wal`;
  let frozen = 0;
  let timer: NodeJS.Timeout | null = null;
  database.pragma('wal_autocheckpoint = 0');
  database.pragma(`journal_size_limit = ${keptLog}`);

  function writeBack(): void {
    timer = null;
    if (!database.open || frozen > 0 || database.inTransaction) return;
    database.pragma('wal_checkpoint(PASSIVE)');
  }

  const logBytes = () => statSync(log, { throwIfNoEntry: false })?.size ?? 0;

  function schedule(): void {
    const isLong = logBytes() > longest;
    if (timer && isLong) return;
    if (timer) clearTimeout(timer);
    timer = setTimeout(writeBack, isLong ? 0 : quiet);
    timer.unref();
  }

  store.onFinishing(schedule);
  return {
    freeze() {
      database.pragma('wal_checkpoint(TRUNCATE)');
      frozen++;
      let held = true;
      return () => {
        if (held) frozen--;
        held = false;
        schedule();
      };
    },
  };
}
