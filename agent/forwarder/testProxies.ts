/** For tests: proxies on loopback that others wrote, or that speak the bare protocol, and count what passes. */
import { once } from 'node:events';
import {
  type AddressInfo,
  connect,
  createServer,
  type Server as NetServer,
  type Socket,
} from 'node:net';
import { Server } from 'proxy-chain';

export interface TestProxy {
  readonly port: number;
  /** `host:port` of everything that was asked for, names as they came. */
  readonly asked: string[];
  stop(): Promise<void>;
}

interface Login {
  readonly username: string;
  readonly password: string;
}

/** An HTTP proxy with a login. */
export async function startHttpProxy(login: Login): Promise<TestProxy> {
  const asked: string[] = [];
  const server = new Server({
    host: '127.0.0.1',
    port: 0,
    prepareRequestFunction({ username, password, hostname, port }) {
      if (username !== login.username || password !== login.password) {
        return { requestAuthentication: true };
      }
      asked.push(`${hostname}:${port}`);
      return { upstreamProxyUrl: null, dnsLookup: everythingIsHere };
    },
  });
  await server.listen();
  return { port: server.port, asked, stop: () => server.close(true) };
}

/** Names of no real domain resolve to this machine. */
const everythingIsHere = ((_name: string, options: unknown, done: unknown) => {
  const finish = (typeof options === 'function' ? options : done) as (...all: unknown[]) => void;
  const all = typeof options === 'object' && options !== null && 'all' in options && options.all;
  finish(null, all ? [{ address: '127.0.0.1', family: 4 }] : '127.0.0.1', 4);
}) as never;

/** SOCKS5 (RFC 1928, 1929) with a login, or SOCKS4a without; every name leads to this machine. */
export async function startSocksProxy(version: 4 | 5, login: Login | null): Promise<TestProxy> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    const reader = readerOf(socket);
    const talk = version === 5 ? socks5(reader, socket, login) : socks4(reader, socket);
    talk.then(
      ({ host, port, done }) => {
        asked.push(`${host}:${port}`);
        const onward = connect(port, '127.0.0.1', () => {
          socket.write(done);
          socket.unshift(reader.rest());
          socket.pipe(onward).pipe(socket);
        });
        sockets.add(onward);
        onward.on('error', () => socket.destroy()).on('close', () => sockets.delete(onward));
      },
      () => socket.destroy(),
    );
  });
  const port = await listening(server);
  return { port, asked, stop: () => stopped(server, sockets) };
}

/** Takes connections and does with them what it is told: nothing, rubbish, or ends them. */
export async function startBrokenProxy(onConnection: (socket: Socket) => void): Promise<TestProxy> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    onConnection(socket);
  });
  const port = await listening(server);
  return { port, asked: [], stop: () => stopped(server, sockets) };
}

async function listening(server: NetServer): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function stopped(server: NetServer, sockets: ReadonlySet<Socket>): Promise<void> {
  for (const socket of sockets) socket.destroy();
  server.close();
  await once(server, 'close');
}

interface Reader {
  take(length: number): Promise<Buffer>;
  until(byte: number): Promise<Buffer>;
  rest(): Buffer;
}

function readerOf(socket: Socket): Reader {
  let held = Buffer.alloc(0);
  const more = async () => {
    const chunk = socket.read() as Buffer | null;
    if (chunk) held = Buffer.concat([held, chunk]);
    else if (socket.destroyed || socket.readableEnded) throw new Error('ended');
    else await Promise.race([once(socket, 'readable'), once(socket, 'close')]);
  };
  const cut = (length: number) => {
    const taken = held.subarray(0, length);
    held = held.subarray(length);
    return taken;
  };
  return {
    async take(length) {
      while (held.length < length) await more();
      return cut(length);
    },
    async until(byte) {
      while (!held.includes(byte)) await more();
      const taken = cut(held.indexOf(byte));
      cut(1);
      return taken;
    },
    rest: () => held,
  };
}

interface Wish {
  readonly host: string;
  readonly port: number;
  /** What says that it is granted. */
  readonly done: Buffer;
}

async function socks5(reader: Reader, socket: Socket, login: Login | null): Promise<Wish> {
  const [version = 0, methods = 0] = await reader.take(2);
  const offered = await reader.take(methods);
  const method = login ? 2 : 0;
  if (version !== 5 || !offered.includes(method)) {
    socket.end(Buffer.from([5, 0xff]));
    throw new Error('no common method');
  }
  socket.write(Buffer.from([5, method]));
  if (login) {
    const text = async () => (await reader.take((await reader.take(1))[0] ?? 0)).toString();
    await reader.take(1);
    const right =
      [await text(), await text()].join('\n') === `${login.username}\n${login.password}`;
    socket.write(Buffer.from([1, right ? 0 : 1]));
    if (!right) throw new Error('wrong login');
  }
  const [, , , type] = await reader.take(4);
  const host =
    type === 3
      ? (await reader.take((await reader.take(1))[0] ?? 0)).toString()
      : [...(await reader.take(type === 4 ? 16 : 4))].join('.');
  const port = (await reader.take(2)).readUInt16BE();
  return { host, port, done: Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]) };
}

async function socks4(reader: Reader, _socket: Socket): Promise<Wish> {
  const request = await reader.take(8);
  await reader.until(0);
  const address = [...request.subarray(4, 8)].join('.');
  // 0.0.0.x says that a name follows (SOCKS4a).
  const host = address.startsWith('0.0.0.') ? (await reader.until(0)).toString() : address;
  return { host, port: request.readUInt16BE(2), done: Buffer.from([0, 90, 0, 0, 0, 0, 0, 0]) };
}
