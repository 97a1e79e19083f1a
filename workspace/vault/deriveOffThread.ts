/** Key derivation in a thread of its own, one at a time: each takes up to 2 GiB of memory. */
import { Worker } from 'node:worker_threads';
import { chooseKdf, type KdfParameters } from '../../crypto/passphraseKey.ts';
import type { DeriveTask } from './deriveThread.ts';

let last: Promise<unknown> = Promise.resolve();

function inThread<T>(task: DeriveTask): Promise<T> {
  const run = () =>
    new Promise<T>((resolve, reject) => {
      const thread = new Worker(new URL('./deriveThread.ts', import.meta.url), {
        workerData: task,
      });
      thread.once('message', (value: T) => {
        resolve(value);
        void thread.terminate();
      });
      thread.once('error', reject);
      thread.once('exit', () => reject(new Error('the key derivation ended without a key')));
    });
  const result = last.then(run, run);
  last = result;
  return result;
}

export function derivePassphraseKeyOffThread(
  passphrase: string,
  salt: Uint8Array,
  kdf: KdfParameters,
): Promise<Uint8Array> {
  return inThread({ type: 'derive', passphrase, salt, kdf });
}

/** @returns parameters that take this machine between half a second and a second. */
export async function calibrateKdf(): Promise<KdfParameters> {
  return chooseKdf(await inThread<number>({ type: 'measure' }));
}
