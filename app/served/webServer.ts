/**
 * The page and its connection, on loopback. Who may come in:
 * - only requests whose Host is this server's own address (against DNS rebinding);
 * - a window whose link token is right gets a session key, once; the token travels in the address's
 *   fragment, which browsers send to nobody, and the key is kept by the page for its own origin, port
 *   included, which a cookie would not be;
 * - a WebSocket from our own origin that names a session key among its subprotocols, which is where a
 *   browser lets a page put one before the first frame.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { createCaller } from '../host/caller.ts';
import { parseRequest } from '../host/endpoint.ts';
import type { Host } from '../host/host.ts';
import { contentSecurityPolicy } from '../ipc/pagePolicy.ts';
import type { WindowAccess } from './protocol.ts';

export interface WebServerOptions {
  readonly host: Host;
  readonly port: number;
  readonly access: WindowAccess;
  /** @param session the key that was given for the link. */
  readonly onLinkUsed: (session: string) => void;
}

export interface WebServer {
  accept(socket: Socket): void;
  setAccess(access: WindowAccess): void;
}

const pageFolder = fileURLToPath(new URL('../../out/renderer', import.meta.url));

/** Bytes: room for an import of thousands of records in one frame. */
const largestFrame = 64 * 1024 * 1024;
/** Bytes of a body that only carries a token. */
const largestToken = 4_096;
/** The subprotocol that is spoken; the session key stands beside it in the request. */
const subprotocol = 'warren';
/** Closes a WebSocket whose session key is none of ours. */
const refusedCode = 4401;

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

const securityHeaders = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

export function createWebServer(options: WebServerOptions): WebServer {
  let access = options.access;
  const hosts = [`127.0.0.1:${options.port}`, `localhost:${options.port}`];
  const knownHost = (request: IncomingMessage) => hosts.includes(request.headers.host ?? '');
  const ownOrigin = (request: IncomingMessage) =>
    request.headers.origin === `http://${request.headers.host}`;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: largestFrame,
    handleProtocols: () => subprotocol,
    // Requests that came together are answered one by one: a list does not wait for what was asked after it.
    allowSynchronousEvents: false,
  });

  const server = createServer((request, response) => {
    void answer(request, response).catch(() => end(response, 500));
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://warren').pathname;
    if (!knownHost(request)) end(response, 421);
    else if (request.method === 'POST' && path === '/session') {
      if (ownOrigin(request)) openSession(await readBody(request), response);
      else end(response, 403);
    } else if (request.method === 'GET' || request.method === 'HEAD') {
      await sendPage(path, request.method === 'HEAD', response);
    } else end(response, 405);
  }

  function openSession(token: string, response: ServerResponse): void {
    if (!same(token, access.linkToken)) {
      end(response, 403);
      return;
    }
    const session = randomBytes(32).toString('base64url');
    // Used at once, whatever the supervisor's answer takes: a link opens one window.
    access = { linkToken: '', sessions: [...access.sessions, session] };
    options.onLinkUsed(session);
    response.writeHead(200, { ...securityHeaders, 'Content-Type': 'text/plain' }).end(session);
  }

  server.on('upgrade', (request, socket, head) => {
    if (!knownHost(request) || !ownOrigin(request) || request.url !== '/rpc') {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    const [spoken, key = ''] = (request.headers['sec-websocket-protocol'] ?? '').split(/,\s*/);
    const known = spoken === subprotocol && access.sessions.some((session) => same(key, session));
    sockets.handleUpgrade(request, socket, head, (window) => {
      window.on('error', () => window.terminate());
      // Accepted and closed at once: a refused request would not tell the page why.
      if (known) converse(window, options.host);
      else window.close(refusedCode);
    });
  });

  return {
    accept(socket) {
      server.emit('connection', socket);
      socket.resume();
    },
    setAccess(next) {
      access = next;
    },
  };
}

function converse(window: WebSocket, host: Host): void {
  const send = (frame: unknown) => {
    if (window.readyState === window.OPEN) window.send(JSON.stringify(frame));
  };
  const caller = createCaller(true, (push) => send({ push }));
  host.attach(caller);
  window.on('close', () => host.detach(caller));
  window.on('message', async (data) => {
    const frame = parseRequest(textOf(data));
    if (!frame) {
      window.close(1007);
      return;
    }
    send({ id: frame.id, result: await host.call(frame.method, frame.params, caller) });
  });
}

async function sendPage(path: string, headOnly: boolean, response: ServerResponse): Promise<void> {
  const file = normalize(join(pageFolder, path === '/' ? 'index.html' : decodeURIComponent(path)));
  const type = contentTypes[extname(file)];
  if (!type || !file.startsWith(pageFolder + sep)) {
    end(response, 404);
    return;
  }
  try {
    const content = await readFile(file);
    response
      .writeHead(200, { ...securityHeaders, 'Content-Type': type })
      .end(headOnly ? undefined : content);
  } catch {
    end(response, 404);
  }
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status, { ...securityHeaders, 'Content-Type': 'text/plain' }).end();
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) {
    text += String(part);
    if (text.length > largestToken) {
      request.destroy();
      return '';
    }
  }
  return text;
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return Buffer.from(data as Buffer).toString('utf8');
}

/** Takes as long whatever is wrong; an empty secret fits nothing. */
function same(given: string, secret: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(secret);
  return b.length > 0 && a.length === b.length && timingSafeEqual(a, b);
}
