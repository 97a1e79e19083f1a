/**
 * How another process of the same user finds and reaches the host that holds a vault: a local socket
 * (a named pipe on Windows) whose place is written in the vault's `host.json`. Frames are lines of JSON.
 */
import { createHash } from 'node:crypto';
import { readFile, realpath, rm, stat } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { makePrivateDirectory, writeWhole } from '../../workspace/vault/files.ts';
import { layout } from '../../workspace/vault/layout.ts';
import type { HostClient, RequestFrame } from '../ipc/contract.ts';
import { createRpcClient } from '../ipc/rpcClient.ts';
import { createCaller } from './caller.ts';
import type { Host } from './host.ts';

/** Bytes of one line: little before the caller has shown the passphrase, room for an import after. */
const lineLimits = { untrusted: 16 * 1024, trusted: 64 * 1024 * 1024 } as const;

const holderSchema = z.strictObject({
  pid: z.int(),
  since: z.int(),
  endpoint: z.string(),
});

export type Holder = z.output<typeof holderSchema>;

/** @returns who wrote that it holds the vault; it may have died since. */
export async function readHolder(dir: string): Promise<Holder | null> {
  try {
    return holderSchema.parse(JSON.parse(await readFile(layout.holder(dir), 'utf8')));
  } catch {
    return null;
  }
}

export interface Endpoint {
  close(): Promise<void>;
}

/** Call it only while holding the vault's lock: it takes the place of whatever a dead host left. */
export async function openEndpoint(dir: string, host: Host): Promise<Endpoint> {
  const path = await endpointPath(dir);
  if (process.platform !== 'win32') await rm(path, { force: true });
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serve(socket, host);
  });
  await listen(server, path);
  const holder: Holder = { pid: process.pid, since: Date.now(), endpoint: path };
  await writeWhole(layout.holder(dir), JSON.stringify(holder));
  return {
    async close() {
      await rm(layout.holder(dir), { force: true });
      // What was answered just now is still on its way out.
      for (const socket of sockets) socket.destroySoon();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

/**
 * The passphrase is about to be sent there, so the address that the file names counts only when it is the
 * one that this vault's host would have, in a folder that nobody else may write: a vault that came from
 * somebody else must not lead to a socket of theirs.
 *
 * @returns a connection to the host that holds the vault, or null where none answers.
 */
export async function connectToHolder(dir: string): Promise<HostClient | null> {
  const holder = await readHolder(dir);
  if (!holder || holder.endpoint !== (await endpointPath(dir))) return null;
  if (!(await isOwnFolder(dir)) || !(await isOwnFolder(dirname(holder.endpoint)))) return null;
  return new Promise((resolve) => {
    const socket = connect(holder.endpoint);
    const client = createRpcClient({
      send: (frame) => socket.write(`${frame}\n`),
      close: () => socket.destroy(),
    });
    socket.once('connect', () => resolve(client));
    socket.once('error', () => resolve(null));
    socket.once('close', () => client.ended());
    eachLine(
      socket,
      () => Number.POSITIVE_INFINITY,
      (line) => client.receive(line),
    );
  });
}

function serve(socket: Socket, host: Host): void {
  const send = (frame: unknown) => {
    if (socket.writable) socket.write(`${JSON.stringify(frame)}\n`);
  };
  const caller = createCaller(false, (push) => send({ push }));
  host.attach(caller);
  socket.on('close', () => host.detach(caller));
  socket.on('error', () => socket.destroy());
  let asking = false;
  eachLine(
    socket,
    () => (caller.trusted ? lineLimits.trusted : lineLimits.untrusted),
    async (line) => {
      const frame = parseRequest(line);
      // A stranger asks one thing at a time: each passphrase it tries costs us memory and a second.
      if (!frame || (asking && !caller.trusted)) {
        socket.destroy();
        return;
      }
      asking = true;
      const result = await host.call(frame.method, frame.params, caller);
      asking = false;
      send({ id: frame.id, result });
    },
  );
}

const requestSchema = z.strictObject({
  id: z.int(),
  method: z.string().max(60),
  params: z.unknown(),
});

/** @returns the request, or null when the text is none. */
export function parseRequest(text: string): RequestFrame | null {
  try {
    const parsed = requestSchema.safeParse(JSON.parse(text));
    return parsed.success ? { ...parsed.data, params: parsed.data.params } : null;
  } catch {
    return null;
  }
}

function eachLine(socket: Socket, limit: () => number, onLine: (line: string) => void): void {
  let parts: Buffer[] = [];
  let length = 0;
  socket.on('data', (data: Buffer) => {
    let rest = data;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      parts.push(rest.subarray(0, end));
      const line = Buffer.concat(parts).toString('utf8');
      parts = [];
      length = 0;
      rest = rest.subarray(end + 1);
      onLine(line);
    }
    parts.push(rest);
    length += rest.length;
    if (length > limit()) socket.destroy();
  });
}

/** The vault's own folder guards the socket; only where its path is too long for one, a private folder does. */
async function endpointPath(dir: string): Promise<string> {
  const real = await realpath(dir);
  const name = createHash('sha256').update(real).digest('hex').slice(0, 32);
  if (process.platform === 'win32') return `\\\\.\\pipe\\warren-${name}`;
  const beside = layout.socket(real);
  // sun_path holds 104 bytes on macOS, 108 on Linux.
  if (Buffer.byteLength(beside) < 100) return beside;
  const runtime = process.env.XDG_RUNTIME_DIR ?? join(process.env.HOME ?? '/', '.cache');
  const folder = join(runtime, 'warren');
  await makePrivateDirectory(folder);
  return join(folder, `${name.slice(0, 16)}.sock`);
}

/** Pipes of Windows lie in no folder and carry their owner's permissions. */
async function isOwnFolder(path: string): Promise<boolean> {
  if (process.platform === 'win32') return true;
  const { uid, mode } = await stat(path);
  return uid === process.getuid?.() && (mode & 0o022) === 0;
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((done, refuse) => {
    server.once('error', refuse);
    server.listen(path, () => done());
  });
}
