/** A DevTools endpoint on loopback, for programs that have its token: Playwright, Puppeteer and the like. */
import { timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { ClientEnd, Multiplexer } from './multiplexer.ts';

export interface AttachServer {
  /** `ws://127.0.0.1:PORT/TOKEN` */
  readonly wsEndpoint: string;
  /** The same for clients that ask for `/json/version` first. */
  readonly httpEndpoint: string;
  stop(): Promise<void>;
}

/** Bytes of one message from a client. */
const largestMessage = 100 * 1024 * 1024;
const mostClients = 20;

/** @param token in the address, since clients have no other way to give one. */
export async function startAttachServer(
  multiplexer: Multiplexer,
  token: string,
  browser: string,
): Promise<AttachServer> {
  let names: readonly string[] = [];
  const place = () => `${names[0]}/${token}`;
  const http = createServer((request, response) => {
    const isAsked = letsIn(request) && pathOf(request) === '/json/version';
    response.writeHead(isAsked ? 200 : 404, {
      'content-type': 'application/json',
      'cache-control': 'no-store',
    });
    const answer = {
      Browser: browser,
      'Protocol-Version': '1.3',
      webSocketDebuggerUrl: `ws://${place()}`,
    };
    response.end(isAsked ? JSON.stringify(answer) : '');
  });
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: largestMessage,
    perMessageDeflate: false,
  });

  /** Pages of browsers send an origin, and reach this under a name of theirs: neither is a program. */
  function letsIn(request: IncomingMessage): boolean {
    const [, given = ''] = (request.url ?? '').split('/');
    const isHere = names.includes(request.headers.host ?? '');
    return isHere && request.headers.origin === undefined && equal(given, token);
  }

  http.on('upgrade', (request, socket, head) => {
    if (!letsIn(request) || pathOf(request) !== '' || sockets.clients.size >= mostClients) {
      socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => void serve(client));
  });

  async function serve(socket: WebSocket): Promise<void> {
    const early: string[] = [];
    let end: ClientEnd | null = null;
    socket.on('message', (data) => {
      if (end) end.receive(String(data));
      else early.push(String(data));
    });
    socket.on('error', () => socket.terminate());
    try {
      const attached = await multiplexer.attach({
        send: (message) => socket.send(message),
        closed: () => socket.close(1001),
      });
      if (socket.readyState !== socket.OPEN) return attached.detach();
      socket.once('close', attached.detach);
      end = attached;
      for (const text of early) attached.receive(text);
    } catch {
      socket.close(1001);
    }
  }

  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  names = [`127.0.0.1:${port}`, `localhost:${port}`];
  return {
    wsEndpoint: `ws://${place()}`,
    httpEndpoint: `http://${place()}`,
    async stop() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      http.closeAllConnections();
      http.close();
      await once(http, 'close');
    },
  };
}

/** What follows the token, without a slash at the end. */
const pathOf = ({ url = '' }: IncomingMessage): string =>
  (url.split('?')[0] ?? '').replace(/^\/[^/]*/, '').replace(/\/$/, '');

function equal(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
