/** Thread entry: SQLite's own check of one database file. See `integrity`. */
import { parentPort, workerData } from 'node:worker_threads';
import { openEncrypted } from '../store/database.ts';
import type { IntegrityTask } from './integrity.ts';

const { path, key } = workerData as IntegrityTask;
/** More lines tell nobody more. */
const most = 20;

parentPort?.postMessage(check());

function check(): string[] {
  try {
    const database = openEncrypted(path, key);
    try {
      const rows = database.pragma(`integrity_check(${most})`) as { integrity_check: string }[];
      return rows.map((row) => row.integrity_check).filter((line) => line !== 'ok');
    } finally {
      database.close();
    }
  } catch (error) {
    return [error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'];
  }
}
