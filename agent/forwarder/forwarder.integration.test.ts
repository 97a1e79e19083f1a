import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type Forwarder, startForwarder } from './forwarder.ts';
import {
  startBrokenProxy,
  startHttpProxy,
  startSocksProxy,
  type TestProxy,
} from './testProxies.ts';
import type { Upstream } from './upstream.ts';

const login = { username: 'us er', password: 'p@ss:w%rd/é' };
let site: Server;
let sitePort = 0;
let visits = 0;

beforeAll(async () => {
  site = createServer((_request, response) => {
    visits += 1;
    response.end('hello');
  });
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
  sitePort = (site.address() as AddressInfo).port;
});
afterAll(() => void site.close());

const upstreamOf = (type: Upstream['type'], { port }: TestProxy, more: Partial<Upstream> = {}) =>
  ({ type, host: '127.0.0.1', port, ...login, ...more }) satisfies Upstream;

async function forward(
  upstream: Upstream | null | 'missing',
  more: Partial<Parameters<typeof startForwarder>[0]> = {},
): Promise<Forwarder> {
  const forwarder = await startForwarder({
    upstream: () => upstream,
    allowsLocal: false,
    allowsBrowserCalls: false,
    ...more,
  });
  onTestFinished(() => forwarder.close());
  return forwarder;
}

const authorization = ({ username, password }: Forwarder) =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

/** As a browser asks for a plain page. @returns its text, or why there is none. */
function plain(forwarder: Forwarder, host: string, headers: Record<string, string> = {}) {
  return new Promise<string>((resolve) => {
    const { port } = new URL(forwarder.server);
    const asking = request(
      {
        host: '127.0.0.1',
        port,
        path: `http://${host}:${sitePort}/`,
        headers: { 'proxy-authorization': authorization(forwarder), ...headers },
      },
      (response) => {
        let text = '';
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () => resolve(`${response.statusCode} ${text}`));
      },
    );
    asking.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    asking.end();
  });
}

/** As a browser asks for a tunnel, and a page through it. @returns the first line of what comes. */
function tunnel(forwarder: Forwarder, target: string, proof = authorization(forwarder)) {
  return new Promise<string>((resolve) => {
    const socket = connect(Number(new URL(forwarder.server).port), '127.0.0.1');
    let text = '';
    socket.write(
      `CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\nProxy-Authorization: ${proof}\r\n\r\n`,
    );
    socket.on('data', (chunk) => {
      text += chunk;
      if (text.endsWith('Established\r\n\r\n')) {
        text = '';
        socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
      }
    });
    const finish = () => resolve(text.split('\r\n')[0] ?? '');
    socket.on('end', finish).on('close', finish).on('error', finish);
  });
}

const kinds = [
  ['http', () => startHttpProxy(login)],
  ['socks5', () => startSocksProxy(5, login)],
  ['socks4', () => startSocksProxy(4, null)],
] as const;

test.each(kinds)(
  '%s: pages come through the upstream, with its login, and names are its to resolve',
  async (type, start) => {
    const proxy = await start();
    onTestFinished(() => proxy.stop());
    const forwarder = await forward(upstreamOf(type, proxy));
    expect(await plain(forwarder, 'far.example')).toBe('200 hello');
    expect(await tunnel(forwarder, `other.example:${sitePort}`)).toBe('HTTP/1.1 200 OK');
    expect(proxy.asked).toEqual([`far.example:${sitePort}`, `other.example:${sitePort}`]);
    expect(forwarder.takeHosts().map(({ host, connections }) => [host, connections])).toEqual([
      ['other.example', 1],
      ['far.example', 1],
    ]);
    expect(forwarder.takeHosts()).toEqual([]);
    expect(forwarder.problem()).toBeNull();
  },
);

test('nobody without the login gets anything through it', async () => {
  const forwarder = await forward(null, { allowsLocal: true });
  const before = visits;
  expect(await plain(forwarder, '127.0.0.1', { 'proxy-authorization': '' })).toMatch(/^407/);
  expect(await tunnel(forwarder, `127.0.0.1:${sitePort}`, 'Basic YTpi')).toMatch(/ 407 /);
  expect(visits).toBe(before);
  expect(forwarder.takeHosts()).toEqual([]);
});

test('without a proxy pages are reached from here; this machine only where that is allowed', async () => {
  const open = await forward(null, { allowsLocal: true });
  expect(await plain(open, '127.0.0.1')).toBe('200 hello');
  const shut = await forward(null);
  const before = visits;
  for (const host of ['127.0.0.1', 'localhost', '10.0.0.1', '192.168.1.1', '[::1]']) {
    expect(await plain(shut, host), host).not.toMatch(/^\d/);
    expect(await tunnel(shut, `${host}:${sitePort}`), host).toMatch(/ 403 /);
  }
  expect(visits).toBe(before);
  expect(
    shut.takeHosts().every(({ reason, blocked }) => reason === 'localNetwork' && blocked === 2),
  ).toBe(true);
});

test('what the browser calls by itself goes nowhere, and is shown', async () => {
  const proxy = await startSocksProxy(5, login);
  onTestFinished(() => proxy.stop());
  const forwarder = await forward(upstreamOf('socks5', proxy));
  expect(await tunnel(forwarder, 'update.googleapis.com:443')).toMatch(/ 403 /);
  expect(proxy.asked).toEqual([]);
  expect(forwarder.takeHosts()).toMatchObject([
    { host: 'update.googleapis.com', reason: 'browserCall' },
  ]);
});

test('with the upstream missing or failing nothing goes direct, and why is said', async () => {
  const gone = await startHttpProxy(login);
  await gone.stop();
  const closing = await startBrokenProxy(
    (socket) => void socket.once('data', () => socket.destroy()),
  );
  const rubbish = await startBrokenProxy(
    (socket) => void socket.once('data', () => socket.end('rubbish\r\n\r\n')),
  );
  const [http, socks] = [await startHttpProxy(login), await startSocksProxy(5, login)];
  for (const proxy of [closing, rubbish, http, socks]) onTestFinished(() => proxy.stop());
  const before = visits;
  const cases: [Upstream | 'missing', string[]][] = [
    ['missing', ['missing']],
    [upstreamOf('http', gone), ['refused']],
    [upstreamOf('socks5', gone), ['refused']],
    [upstreamOf('http', closing), ['closed']],
    [upstreamOf('socks5', closing), ['closed', 'notAProxy']],
    [upstreamOf('http', rubbish), ['notAProxy']],
    [upstreamOf('socks5', rubbish), ['notAProxy']],
    [upstreamOf('http', http, { password: 'wrong' }), ['login']],
    [upstreamOf('socks5', socks, { password: 'wrong' }), ['login', 'closed']],
    [upstreamOf('http', socks), ['closed', 'notAProxy']],
  ];
  for (const [upstream, problems] of cases) {
    const name = JSON.stringify(upstream);
    const forwarder = await forward(upstream);
    expect(await tunnel(forwarder, `far.example:${sitePort}`), name).not.toMatch(/ 200 /);
    expect(problems, name).toContain(forwarder.problem());
    expect(await plain(forwarder, 'far.example'), name).not.toMatch(/^\d/);
    expect(problems, name).toContain(forwarder.problem());
  }
  expect(visits).toBe(before);
});

test('closing ends what is open at once, and nothing comes through afterwards', async () => {
  const proxy = await startSocksProxy(5, login);
  onTestFinished(() => proxy.stop());
  const forwarder = await forward(upstreamOf('socks5', proxy));
  const socket = connect(Number(new URL(forwarder.server).port), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(
    `CONNECT far.example:${sitePort} HTTP/1.1\r\nProxy-Authorization: ${authorization(forwarder)}\r\n\r\n`,
  );
  await once(socket, 'data');
  const ended = once(socket, 'close');
  await forwarder.close();
  await ended;
  expect(await plain(forwarder, 'far.example')).toBe('ECONNREFUSED');
});
