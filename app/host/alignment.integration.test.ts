/** Settings that go with where a profile's proxy comes out. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { startSocksProxy } from '../../agent/forwarder/testProxies.ts';
import { openedHost } from './testing.ts';

test('what would be set is known once a check of the proxy got through', async () => {
  const { call, ask } = await openedHost();
  let exit = '193.99.144.80';
  const server = createServer((_request, response) => response.end(exit)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const proxy = await startSocksProxy(5, null);
  onTestFinished(() => proxy.stop());
  const { port } = server.address() as AddressInfo;
  await call('settings.set', { exitCheckUrl: `http://exit.example:${port}/` });
  await call('profiles.add', { input: { name: 'Alice' } });
  const offer = (timeZone?: string) =>
    call('profiles.alignment', { profile: 'Alice', ...(timeZone ? { timeZone } : {}) });

  expect(await offer()).toEqual({ state: 'noProxy' });
  const { id: proxyId } = await call('proxies.add', {
    input: { name: 'Exit', type: 'socks5', host: '127.0.0.1', port: proxy.port },
  });
  await call('profiles.edit', { profile: 'Alice', patch: { proxyId } });
  expect(await offer()).toEqual({ state: 'unchecked' });

  await call('proxies.check', { proxies: ['Exit'] });
  const known = await offer();
  expect(known).toMatchObject({
    state: 'known',
    exit: { address: exit, country: 'DE', at: expect.any(Number) },
    alignment: { locale: 'de-DE', timeZone: 'Europe/Berlin' },
    zones: ['Europe/Berlin', 'Europe/Busingen'],
  });
  expect(await call('profiles.alignment', { proxy: 'Exit' })).toEqual(known);
  expect(await offer('Europe/Busingen')).toMatchObject({
    alignment: { timeZone: 'Europe/Busingen' },
  });
  expect(await offer('Asia/Tokyo')).toMatchObject({ state: 'noZone' });

  exit = '10.0.0.1';
  await call('proxies.check', { proxies: ['Exit'] });
  expect(await offer()).toMatchObject({ state: 'noCountry', exit: { address: exit } });
  expect(await ask('profiles.alignment', { proxy: 'No such' })).toMatchObject({
    failure: { code: 'notFound' },
  });

  // A pool is aligned with the country that all of its proxies come out in, if it is one.
  const proxyPool = { tag: 'pool', rotation: 'sticky' as const };
  await call('profiles.edit', { profile: 'Alice', patch: { proxyId: null, proxyPool } });
  expect(await offer()).toEqual({ state: 'unchecked' });
  exit = '193.99.144.80';
  await call('proxies.check', { proxies: ['Exit'] });
  for (const name of ['Second', 'Third']) {
    const input = { name, type: 'socks5', host: '127.0.0.1', port: proxy.port } as const;
    await call('proxies.add', { input: { ...input, tags: ['pool'] } });
  }
  await call('proxies.edit', { proxy: 'Exit', patch: { tags: ['pool'] } });
  expect(await offer()).toMatchObject({ state: 'known', exit: { country: 'DE' } });
  exit = '8.8.8.8';
  await call('proxies.check', { proxies: ['Second'] });
  expect(await offer()).toEqual({ state: 'mixed', countries: ['DE', 'US'] });
  expect(await call('profiles.alignment', { pool: 'pool' })).toEqual(await offer());
}, 30_000);
