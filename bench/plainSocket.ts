/** What the network and the disk take by themselves: bare `ws`, and one row of plain SQLite a message. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3-multiple-ciphers';
import { WebSocket, WebSocketServer } from 'ws';
import { pooledRandom } from '../crypto/random.ts';
import { madeFolder } from './vaults.ts';

const random = pooledRandom();
const now = () => Number(process.hrtime.bigint()) / 1e6;

/** @returns milliseconds from one client to the other, twenty messages a second. */
export async function plainSocketTimes(count: number): Promise<number[]> {
  const server = fork(fileURLToPath(import.meta.url), ['serve', madeFolder()]);
  const [port] = (await once(server, 'message')) as [number];
  const [from, to] = await Promise.all(
    [0, 1].map(async () => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
      await once(socket, 'open');
      return socket;
    }),
  );
  const took: number[] = [];
  for (let n = 0; n < count; n++) {
    const at = now();
    const arrived = once(to as WebSocket, 'message');
    from?.send(random(700));
    await arrived;
    took.push(now() - at);
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, 50 - (now() - at))));
  }
  from?.terminate();
  to?.terminate();
  server.kill('SIGKILL');
  await once(server, 'exit');
  return took;
}

function serve(folder: string): void {
  const database = new Sqlite(join(folder, 'plain.sqlite'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('create table log (position integer primary key, message blob)');
  const insert = database.prepare('insert into log (message) values (?)');
  const sockets = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  sockets.on('connection', (socket) => {
    socket.on('message', (message: Buffer) => {
      insert.run(message);
      for (const other of sockets.clients) if (other !== socket) other.send(message);
    });
  });
  sockets.on('listening', () => {
    const address = sockets.address();
    process.send?.(typeof address === 'object' && address ? address.port : 0);
  });
}

const [what, folder = ''] = process.argv.slice(2);
if (what === 'serve') serve(folder);
