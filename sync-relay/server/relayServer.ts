/** A relay on a port: WebSocket for clients, `/health` and `/metrics` for whoever runs it. */
import { createServer, type Server } from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';
import type { Signer } from '../../crypto/signing.ts';
import { limits } from '../protocol/limits.ts';
import type { RelayStore } from '../store/relayStore.ts';
import { metricsText } from './metrics.ts';
import { createRelay, type Rates, type Relay, type Session } from './relay.ts';

export interface RelayServerOptions {
  readonly store: RelayStore;
  /** Address to listen at; port 0 takes a free one. */
  readonly host: string;
  readonly port: number;
  /** What clients dial, host and port; absent: the address that it listens at. */
  readonly name?: string;
  /**
   * Where it is reached under several names: the one for a `Host` header, or null for a name that is not
   * its own. Whoever dialed that would prove itself to somebody else.
   */
  readonly nameFor?: (host: string) => string | null;
  /** Whether it answers `/health` and `/metrics`: figures are for whoever runs it. */
  readonly showsFigures?: boolean;
  /** What it proves to be, to those whom it let in. */
  readonly identity?: Signer;
  readonly rates?: Rates;
  /** Connections at the same time. */
  readonly connections?: number;
  readonly log?: (event: string, fields?: Readonly<Record<string, string | number>>) => void;
}

export interface RelayServer {
  readonly name: string;
  readonly port: number;
  readonly relay: Relay;
  /** Answers what was asked, closes the connections and the store. */
  stop(): Promise<void>;
}

/** Milliseconds between signs of life; a connection that misses one is dead. */
const pulse = 30_000;
/** Milliseconds between looks for what can be given back. */
const purgeEvery = 3_600_000;
/** Milliseconds that clients get to close by themselves. */
const stopGrace = 2_000;

/** @throws an error with code `EADDRINUSE` when the port is taken. */
export async function startRelayServer(options: RelayServerOptions): Promise<RelayServer> {
  const { store, connections = 20_000, showsFigures = true, log = () => undefined } = options;
  let name = options.name ?? '';
  const relay = createRelay({
    store,
    name: () => name,
    ...(options.identity ? { identity: options.identity } : {}),
    ...(options.rates ? { rates: options.rates } : {}),
    log,
  });
  const started = Date.now();
  const http = createServer((request, response) => {
    const answer = (status: number, type: string, body: string) => {
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
      response.end(body);
    };
    if (request.method !== 'GET') return answer(405, 'text/plain', '');
    if (!showsFigures) return answer(404, 'text/plain', '');
    if (request.url === '/health') {
      store.totals().then(
        () => answer(200, 'application/json', JSON.stringify({ status: 'ok' })),
        () => answer(503, 'application/json', JSON.stringify({ status: 'storeFailed' })),
      );
    } else if (request.url === '/metrics') {
      store.totals().then(
        (totals) => answer(200, 'text/plain; version=0.0.4', metricsText(relay, totals, started)),
        () => answer(503, 'text/plain', ''),
      );
    } else answer(404, 'text/plain', '');
  });
  http.maxConnections = connections;
  http.headersTimeout = limits.openWithin;
  http.requestTimeout = limits.openWithin;

  const sockets = new WebSocketServer({
    server: http,
    maxPayload: limits.frame,
    // Compressing secrets beside what others choose tells about them by the length.
    perMessageDeflate: false,
    clientTracking: true,
  });
  const alive = new WeakSet<WebSocket>();
  sockets.on('connection', (socket, request) => {
    const called = options.nameFor ? options.nameFor(request.headers.host ?? '') : name;
    if (called === null) {
      socket.close(1008, 'wrongName');
      return;
    }
    const session = attach(relay, socket, called);
    alive.add(socket);
    socket.on('pong', () => alive.add(socket));
    const opening = setTimeout(() => {
      if (!session.opened()) socket.close(1008, 'notOpen');
    }, limits.openWithin);
    socket.once('close', () => clearTimeout(opening));
  });
  const heart = setInterval(() => {
    for (const socket of sockets.clients) {
      if (!alive.delete(socket)) socket.terminate();
      else socket.ping();
    }
  }, pulse);
  const purging = setInterval(() => {
    store.purge().then(
      ({ envelopes, blobs }) => log('purged', { envelopes, blobs }),
      () => log('purgeFailed'),
    );
  }, purgeEvery);

  await listen(http, options.port, options.host);
  const address = http.address();
  const port = typeof address === 'object' && address ? address.port : options.port;
  name ||= `${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`;
  log('listening', { name, port });

  return {
    name,
    port,
    relay,
    async stop() {
      clearInterval(heart);
      clearInterval(purging);
      http.close();
      await relay.stop();
      for (const socket of sockets.clients) socket.close(1001, 'stopping');
      const ending = setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate();
      }, stopGrace);
      await new Promise<void>((done) => sockets.close(() => done()));
      clearTimeout(ending);
      http.closeAllConnections();
      await store.close();
      log('stopped');
    },
  };
}

/** @returns whether this connection was let into a channel yet. */
function attach(relay: Relay, socket: WebSocket, name: string): { opened(): boolean } {
  let session: Session | null = null;
  const opened = { was: false };
  session = relay.connect({
    name,
    send: (frame) =>
      socket.send(frame, { binary: true }, () => {
        session?.drained();
      }),
    buffered: () => socket.bufferedAmount,
    close: (reason) => socket.close(1008, reason),
    onOpened: () => {
      opened.was = true;
    },
  });
  const { receive, closed } = session;
  socket.on('message', (data, binary) => {
    if (!binary || !Buffer.isBuffer(data)) return socket.close(1003, 'badFrame');
    receive(new Uint8Array(data.buffer, data.byteOffset, data.length));
  });
  socket.on('error', () => socket.terminate());
  socket.once('close', closed);
  if (socket.readyState !== WebSocket.OPEN) closed();
  return { opened: () => opened.was };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((done, refuse) => {
    server.once('error', refuse);
    server.listen(port, host, () => {
      server.off('error', refuse);
      done();
    });
  });
}
