/** Reading a whole database file in a thread of its own: every page is authenticated as it is read. */
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

export interface IntegrityTask {
  readonly path: string;
  readonly key: Uint8Array;
}

/**
 * @param path a database file that nobody has open.
 * @param scratch a folder for a copy: opening leaves traces, and a backup is not to be touched.
 * @returns what is wrong with it, in SQLite's words; empty when nothing is.
 */
export async function problemsOf(
  path: string,
  key: Uint8Array,
  scratch: string,
): Promise<readonly string[]> {
  const folder = await mkdtemp(join(scratch, '.check-'));
  try {
    const copy = join(folder, 'copy.db');
    await copyFile(path, copy);
    return await inThread({ path: copy, key });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function inThread(task: IntegrityTask): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./integrityThread.ts', import.meta.url), {
      workerData: task,
    });
    thread.once('message', (problems: readonly string[]) => {
      resolve(problems);
      void thread.terminate();
    });
    thread.once('error', reject);
    thread.once('exit', () => reject(new Error('the check ended without an answer')));
  });
}
