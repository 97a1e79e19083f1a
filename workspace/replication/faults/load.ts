/**
 * Process entry: a device that syncs and adds profiles until it is killed. It tells the name of each once
 * it is on disk. Waits for one line on its input, so that it can be started ahead.
 */
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createContents, recoverContents } from '../../contents.ts';
import { profileInputSchema } from '../../model/profile.ts';
import { openVaultQuickly } from '../../vault/vault.ts';
import { createReplicator } from '../replicator.ts';
import { dial, systemSurroundings } from '../surroundings.ts';

export interface LoadTask {
  readonly dir: string;
  /** The quick unlock key, hexadecimal. */
  readonly key: string;
  /** Begins the names of what it adds. */
  readonly label: string;
}

const input = createInterface({ input: process.stdin });
input.once('line', (line) => void work(JSON.parse(line) as LoadTask));

async function work({ dir, key, label }: LoadTask): Promise<void> {
  const vault = await openVaultQuickly(dir, new Uint8Array(Buffer.from(key, 'hex')));
  const contents = createContents(vault);
  await recoverContents(contents);
  const log = (line: string) => process.stderr.write(`${line}\n`);
  createReplicator(contents, { dial, surroundings: systemSurroundings, log }).start();
  writeSync(1, 'ready\n');
  for (let n = 0; ; n++) {
    const name = `${label} ${n}`;
    await vault.store.commit(() => contents.profiles.add([profileInputSchema.parse({ name })]));
    writeSync(1, `${name}\n`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
