/** The local socket, tried with a vault folder that somebody else has prepared. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../workspace/testing.ts';
import { connectToHolder, openEndpoint } from './endpoint.ts';
import { createHost } from './host.ts';

function vaultFolder(): string {
  const dir = join(temporaryFolder(), 'vault');
  mkdirSync(dir, { mode: 0o700 });
  return dir;
}

async function listening(dir: string): Promise<void> {
  const host = createHost({
    vaultDir: dir,
    shell: 'served',
    log: () => undefined,
    onLocked: () => undefined,
  });
  const endpoint = await openEndpoint(dir, host);
  onTestFinished(() => endpoint.close());
}

test('the host of the vault is found and answers', async () => {
  const dir = vaultFolder();
  await listening(dir);
  const client = await connectToHolder(dir);
  expect(await client?.call('app.info', {})).toMatchObject({ ok: true });
  client?.close();
});

test('a socket elsewhere, named in the folder, is not connected to', async () => {
  const dir = vaultFolder();
  const elsewhere = join(temporaryFolder(), 'theirs.sock');
  let connections = 0;
  const server = createServer(() => {
    connections += 1;
  });
  await new Promise<void>((done) => server.listen(elsewhere, () => done()));
  onTestFinished(() => {
    server.close();
  });
  writeFileSync(join(dir, 'host.json'), JSON.stringify({ pid: 1, since: 1, endpoint: elsewhere }));
  expect(await connectToHolder(dir)).toBeNull();
  expect(connections).toBe(0);
});

test('a socket in a folder that others may write is not connected to', async () => {
  const dir = vaultFolder();
  await listening(dir);
  chmodSync(dir, 0o777);
  expect(await connectToHolder(dir)).toBeNull();
});
