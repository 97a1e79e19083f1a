/** Thread entry: one key derivation, so that its second of work blocks nobody. See `deriveOffThread`. */
import { parentPort, workerData } from 'node:worker_threads';
import {
  derivePassphraseKey,
  type KdfParameters,
  minimumKdf,
  saltBytes,
} from '../../crypto/passphraseKey.ts';

export type DeriveTask =
  | {
      readonly type: 'derive';
      readonly passphrase: string;
      readonly salt: Uint8Array;
      readonly kdf: KdfParameters;
    }
  | { readonly type: 'measure' };

const task = workerData as DeriveTask;
if (task.type === 'derive') {
  parentPort?.postMessage(derivePassphraseKey(task.passphrase, task.salt, task.kdf));
} else {
  const started = performance.now();
  derivePassphraseKey('measure', new Uint8Array(saltBytes), minimumKdf);
  parentPort?.postMessage(performance.now() - started);
}
