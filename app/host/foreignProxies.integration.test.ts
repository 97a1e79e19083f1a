/**
 * Proxies that others wrote, with passwords: pages come through them and in no other way. They reach out from
 * loopback addresses of their own, so that the site knows who has come.
 */
import dns from 'node:dns';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Server } from 'node:net';
import { createServer as createSocksServer } from '@pondwader/socks5-server';
import { createProxy } from 'proxy';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type OpenedHost, openedHost } from './testing.ts';

const login = { username: 'bob', password: 's:e/c@ret é' };
const outlets = { http: '127.0.0.2', socks5: '127.0.0.3' } as const;

async function startHttp(): Promise<number> {
  const server = createProxy();
  server.localAddress = outlets.http;
  const right = `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`;
  server.authenticate = ({ headers }) => headers['proxy-authorization'] === right;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

async function startSocks(): Promise<number> {
  const server = createSocksServer({ auth: login });
  server.setConnectionHandler(({ socket, destAddress: host, destPort: port }, sendStatus) => {
    const out = connect({ host, port, localAddress: outlets.socks5 });
    out.on('connect', () => {
      sendStatus('REQUEST_GRANTED');
      out.pipe(socket).pipe(out);
    });
    out.on('error', () => socket.destroy());
    socket.on('error', () => out.destroy());
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  onTestFinished(() => void server.close());
  // It does not tell where it listens.
  const listening = Reflect.get(server, 'server') as Server;
  return (listening.address() as AddressInfo).port;
}

/** A site that only proxies know the name of, and from where each connection to it came. */
async function startFarSite() {
  const callers: string[] = [];
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<p id="there">there</p><img src="/picture">');
  });
  server.on('connection', ({ remoteAddress }) => callers.push(remoteAddress ?? ''));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const real = dns.lookup;
  const known = (name: string, ...rest: unknown[]) =>
    Reflect.apply(real, dns, [name === 'far.example' ? '127.0.0.1' : name, ...rest]);
  const spied = vi.spyOn(dns, 'lookup').mockImplementation(known as typeof dns.lookup);
  onTestFinished(() => {
    spied.mockRestore();
    server.closeAllConnections();
    server.close();
  });
  return { callers, port: (server.address() as AddressInfo).port };
}

/** A page, and everything that it asks for. */
const visit = (host: OpenedHost, profile: string, url: string) =>
  runSteps(host, profile, [
    { type: 'navigate', url, timeout: 20_000 },
    { type: 'waitForElement', selectors: ['#there'], timeout: 5_000 },
  ]);

/** Without a page. */
const request = (host: OpenedHost, profile: string, url: string) =>
  runSteps(host, profile, [{ type: 'httpRequest', url, timeout: 20_000 }]);

/** @returns how the task ended: its status, or why it failed in two words. */
async function runSteps({ call }: OpenedHost, profile: string, steps: readonly object[]) {
  const { id: workflow } = await call('workflows.add', {
    document: { name: `Visit ${Math.random()}`, steps },
  });
  const { id: run } = await call('runs.start', { workflow, profiles: [profile], headless: true });
  await vi.waitUntil(async () => (await call('runs.get', { run })).status !== 'running', {
    timeout: 60_000,
    interval: 50,
  });
  const { status, failure } = (await call('runs.get', { run })).taskRows[0] ?? {};
  return failure ? `${failure.reason} ${failure.detail}` : String(status);
}

test.each([
  ['http', startHttp],
  ['socks5', startSocks],
] as const)(
  '%s: all comes through it, a wrong password is told, nothing goes around it',
  async (type, start) => {
    const site = await startFarSite();
    const host = await openedHost();
    const address = { type, host: '127.0.0.1', port: await start() };
    for (const [name, password] of [
      ['Right', login.password],
      ['Wrong', 'something else'],
    ] as const) {
      const input = { ...address, name, username: login.username, password };
      const { id: proxyId } = await host.call('proxies.add', { input });
      await host.call('profiles.add', { input: { name, proxyId } });
    }
    await host.call('profiles.add', { input: { name: 'Direct' } });

    const far = `http://far.example:${site.port}/`;
    expect(await visit(host, 'Right', far)).toBe('succeeded');
    expect(await request(host, 'Right', far)).toBe('succeeded');
    // What is on this machine is not for who leaves by a proxy.
    const here = `http://127.0.0.1:${site.port}/`;
    expect(await request(host, 'Right', here)).toBe('httpError status 403');
    expect([...new Set(site.callers)]).toEqual([outlets[type]]);

    site.callers.length = 0;
    expect(await visit(host, 'Wrong', far)).toBe('proxyFailed login');
    expect(await request(host, 'Wrong', far)).toBe('proxyFailed login');
    expect(site.callers).toEqual([]);

    // Who goes another way is seen to do so.
    expect(await visit(host, 'Direct', here)).toBe('succeeded');
    expect(await request(host, 'Direct', here)).toBe('succeeded');
    expect([...new Set(site.callers)]).toEqual(['127.0.0.1']);
  },
  90_000,
);
