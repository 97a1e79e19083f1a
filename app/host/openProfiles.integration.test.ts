/** Profiles that a person opens, and what leaves their browsers: real browsers, proxies and pages. */

import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { startSocksProxy } from '../../agent/forwarder/testProxies.ts';
import { type OpenedHost, openedHost } from './testing.ts';

const login = { username: 'bob', password: 's:e/c@ret' };
let site: Server;
let port = 0;
const visits: string[] = [];

const plainPage = ({ headers }: IncomingMessage) => `<p id="there">${headers.host}</p>`;

/** Looks for ways to this machine as a video call does, then says that it is done. */
const callPage = (url: string) => `<p>Calling</p><script>
  const peer = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:${url.split('/')[2]}' }] });
  peer.createDataChannel('x');
  peer.createOffer().then((offer) => peer.setLocalDescription(offer));
  setTimeout(() => { document.body.innerHTML += '<p id="there">done</p>'; }, 2500);
</script>`;

beforeAll(async () => {
  site = createServer((request, response) => {
    visits.push(`${request.headers.host} ${request.url}`);
    response.setHeader('content-type', 'text/html');
    response.end(request.url?.startsWith('/call') ? callPage(request.url) : plainPage(request));
  });
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
  port = (site.address() as AddressInfo).port;
});
afterAll(() => void site.close());

/** Runs one page visit. @returns how its task ended. */
async function visit({ call }: OpenedHost, profile: string, url: string) {
  const workflow = await call('workflows.add', {
    document: {
      name: `Visit ${Math.random()}`,
      steps: [
        { type: 'navigate', url, timeout: 20_000 },
        { type: 'waitForElement', selectors: ['#there'], timeout: 5_000 },
      ],
    },
  });
  const { id } = await call('runs.start', {
    workflow: workflow.id,
    profiles: [profile],
    headless: true,
  });
  await vi.waitUntil(async () => (await call('runs.get', { run: id })).status !== 'running', {
    timeout: 60_000,
    interval: 100,
  });
  const { events } = await call('runs.events', { run: id });
  const end = events.find(({ type }) => type === 'task.finished');
  return end?.type === 'task.finished' ? (end.failure?.reason ?? end.status) : null;
}

test('a profile’s pages come through its proxy, and in no other way', async () => {
  const host = await openedHost();
  const { call } = host;
  const proxy = await startSocksProxy(5, login);
  onTestFinished(() => proxy.stop());
  const { id } = await call('proxies.add', {
    input: { name: 'Home', type: 'socks5', host: '127.0.0.1', port: proxy.port, ...login },
  });
  expect(await call('proxies.get', { proxy: id })).toMatchObject({ hasPassword: true });
  const alice = await call('profiles.add', { input: { name: 'Alice', proxyId: id } });
  expect(await visit(host, 'Alice', `http://far.example:${port}/a`)).toBe('succeeded');
  expect(proxy.asked).toContain(`far.example:${port}`);
  expect(visits).toContain(`far.example:${port} /a`);
  const { hosts } = await call('profiles.hosts', { profile: 'Alice' });
  expect(hosts.map(({ host: name }) => name)).toContain('far.example');

  // This machine is nobody's business, whatever the proxy would do.
  const before = visits.length;
  expect(await visit(host, 'Alice', `http://127.0.0.1:${port}/local`)).not.toBe('succeeded');
  // With the proxy gone nothing goes direct: not to a name that this machine could resolve, either.
  await proxy.stop();
  expect(await visit(host, 'Alice', `http://far.example:${port}/b`)).toBe('proxyFailed');
  expect(await visit(host, 'Alice', `http://localhost:${port}/b`)).not.toBe('succeeded');
  await call('proxies.remove', { proxies: [id] });
  expect(await visit(host, 'Alice', `http://localhost:${port}/c`)).toBe('proxyMissing');
  expect(visits.length).toBe(before);
  // Its own connection again, once it is told so; a name that nobody knows is told as that.
  await call('profiles.edit', { profile: alice.id, patch: { proxyId: null } });
  expect(await visit(host, 'Alice', `http://127.0.0.1:${port}/d`)).toBe('succeeded');
  for (const scheme of ['http', 'https']) {
    expect(await visit(host, 'Alice', `${scheme}://no-such-host.invalid/`)).toBe('urlNotResolved');
  }
  expect(await visit(host, 'Alice', `http://127.0.0.1:${port}/404`)).toBe('succeeded');
}, 180_000);

test('a profile with a pool leaves by one of it, and not at all when it is empty', async () => {
  const host = await openedHost();
  const { call } = host;
  const [one, other] = [await startSocksProxy(5, login), await startSocksProxy(5, login)];
  onTestFinished(() => Promise.all([one.stop(), other.stop()]).then(() => undefined));
  for (const [index, { port: at }] of [one, other].entries()) {
    const input = { name: `Exit ${index}`, type: 'socks5', host: '127.0.0.1', port: at } as const;
    await call('proxies.add', { input: { ...input, ...login, tags: ['exits'] } });
  }
  const proxyPool = { tag: 'exits', rotation: 'perOpening' } as const;
  await call('profiles.add', { input: { name: 'Alice', proxyPool } });
  for (const path of ['a', 'b']) {
    expect(await visit(host, 'Alice', `http://pool.example:${port}/${path}`)).toBe('succeeded');
  }
  for (const { asked } of [one, other]) expect(asked).toContain(`pool.example:${port}`);
  const before = visits.length;
  await call('proxies.edit', { proxy: 'Exit 0', patch: { tags: [] } });
  await call('proxies.remove', { proxies: ['Exit 1'] });
  expect(await visit(host, 'Alice', `http://localhost:${port}/c`)).toBe('proxyMissing');
  expect(visits.length).toBe(before);
}, 180_000);

test('calls of pages find no way around the proxy either', async () => {
  const host = await openedHost();
  const proxy = await startSocksProxy(5, login);
  const outside = createSocket('udp4');
  onTestFinished(async () => {
    outside.close();
    await proxy.stop();
  });
  let packets = 0;
  outside.on('message', () => {
    packets += 1;
  });
  outside.bind(0, '127.0.0.1');
  await once(outside, 'listening');
  const path = `/call/${outside.address().port}`;
  const { id } = await host.call('proxies.add', {
    input: { name: 'Home', type: 'socks5', host: '127.0.0.1', port: proxy.port, ...login },
  });
  await host.call('profiles.add', { input: { name: 'Proxied', proxyId: id } });
  await host.call('profiles.add', { input: { name: 'Direct' } });
  expect(await visit(host, 'Proxied', `http://far.example:${port}${path}`)).toBe('succeeded');
  expect(packets).toBe(0);
  // Without a proxy they do, so that the count above says something.
  expect(await visit(host, 'Direct', `http://127.0.0.1:${port}${path}`)).toBe('succeeded');
  expect(packets).toBeGreaterThan(0);
}, 120_000);

test('an open profile is nobody else’s, and its session is sealed when it closes', async () => {
  const { ask, call } = await openedHost();
  await call('profiles.add', { input: { name: 'Alice' } });
  const row = async () => (await call('profiles.list', {})).rows[0];
  const [first, second] = await Promise.all([
    ask('profiles.open', { profile: 'Alice', headless: true }),
    ask('profiles.open', { profile: 'Alice', headless: true }),
  ]);
  expect(first).toMatchObject({ ok: true, value: { name: 'Alice', headless: true } });
  expect(second).toMatchObject({ ok: false, failure: { code: 'profileBusy' } });
  expect(await row()).toMatchObject({ open: true });
  expect((await call('profiles.opened', {})).opened).toHaveLength(1);
  expect(await ask('profiles.remove', { profile: 'Alice' })).toMatchObject({ ok: false });
  await call('profiles.show', { profile: 'Alice' });
  await call('profiles.close', { profile: 'Alice' });
  expect(await row()).toMatchObject({ open: false, hasSession: true });
  expect(await ask('profiles.close', { profile: 'Alice' })).toMatchObject({
    ok: false,
    failure: { code: 'profileNotOpen' },
  });
  await call('profiles.open', { profile: 'Alice', headless: true });
  await call('profiles.closeAll', {});
  expect((await call('profiles.opened', {})).opened).toEqual([]);
}, 60_000);

test('what is on its way up when all are closed does not come up', async () => {
  const { ask, call } = await openedHost();
  await call('profiles.add', { input: { name: 'Alice' } });
  const opening = ask('profiles.open', { profile: 'Alice', headless: true });
  await call('profiles.closeAll', {});
  expect(await opening).toMatchObject({ failure: { code: 'openFailed', reason: 'cancelled' } });
  expect((await call('profiles.opened', {})).opened).toEqual([]);
  await call('profiles.open', { profile: 'Alice', headless: true });
});

test('locking closes what is open, with its session kept', async () => {
  const { host, call } = await openedHost();
  await call('profiles.add', { input: { name: 'Alice' } });
  await call('profiles.open', { profile: 'Alice', headless: true });
  await host.lock();
  await expect(call('profiles.list', {})).rejects.toThrow('locked');
}, 60_000);

test('many are made by a pattern of names, and copied under free ones', async () => {
  const { ask, call } = await openedHost();
  const made = await call('profiles.addMany', {
    input: { name: 'Shop {nn}', tags: ['retail'], locale: 'de-DE' },
    count: 50,
  });
  expect(made).toMatchObject({ added: 50, first: { name: 'Shop 01' } });
  const { profiles } = await call('profiles.duplicate', { profile: 'Shop 50', count: 2 });
  expect(profiles.map(({ name, locale }) => [name, locale])).toEqual([
    ['Shop 50 (2)', 'de-DE'],
    ['Shop 50 (3)', 'de-DE'],
  ]);
  // One name that is taken: none of them is made.
  expect(await ask('profiles.addMany', { input: { name: 'Shop {nn}' }, count: 60 })).toMatchObject({
    failure: { code: 'duplicateName' },
  });
  expect((await call('profiles.list', {})).total).toBe(52);
});

test.runIf(process.platform === 'linux')(
  'where there is no screen, no window is tried',
  async () => {
    vi.stubEnv('DISPLAY', undefined);
    vi.stubEnv('WAYLAND_DISPLAY', undefined);
    onTestFinished(() => void vi.unstubAllEnvs());
    const { ask, call } = await openedHost();
    await call('profiles.add', { input: { name: 'Alice' } });
    const refused = { ok: false, failure: { code: 'displayMissing' } };
    expect(await ask('profiles.open', { profile: 'Alice', headless: false })).toEqual(refused);
    expect((await call('profiles.opened', {})).opened).toEqual([]);
  },
);
