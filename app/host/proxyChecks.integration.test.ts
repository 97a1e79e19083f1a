/** Proxies checked through their own way, many at once. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { startBrokenProxy, startSocksProxy } from '../../agent/forwarder/testProxies.ts';
import { openedHost } from './testing.ts';

async function echo(answer: string) {
  const server = createServer((_request, response) => response.end(answer));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `http://exit.example:${(server.address() as AddressInfo).port}/`;
}

test('each says where it comes out, or why nothing does', async () => {
  const { call, ask } = await openedHost();
  const login = { username: 'bob', password: 'secret' };
  const good = await startSocksProxy(5, login);
  const silent = await startBrokenProxy(
    (socket) => void socket.once('data', () => socket.destroy()),
  );
  for (const proxy of [good, silent]) onTestFinished(() => proxy.stop());
  await call('settings.set', { exitCheckUrl: await echo('{"ip":"8.8.8.8"}') });
  const add = async (name: string, port: number, password = login.password) =>
    (
      await call('proxies.add', {
        input: { name, type: 'socks5', host: '127.0.0.1', port, ...login, password },
      })
    ).id;
  const ids = [
    await add('Good', good.port),
    await add('Wrong', good.port, 'other'),
    await add('Closing', silent.port),
  ];
  expect(await call('proxies.check', { proxies: ids })).toEqual({ working: 1, failing: 2 });
  const { rows } = await call('proxies.list', {});
  expect(Object.fromEntries(rows.map(({ name, check }) => [name, check]))).toMatchObject({
    Good: { exit: '8.8.8.8', country: 'US', latency: expect.any(Number), problem: null },
    Wrong: { exit: null, latency: null, problem: expect.stringMatching(/login|closed/) },
    Closing: { exit: null, problem: expect.stringMatching(/closed|notAProxy/) },
  });
  expect(good.asked.every((one) => one.startsWith('exit.example:'))).toBe(true);
  await call('proxies.check', { proxies: ['Good'] });
  expect((await call('proxies.checks', { proxy: 'Good' })).checks).toHaveLength(2);
  expect(await ask('proxies.changeExit', { proxy: 'Good' })).toMatchObject({ ok: false });
}, 60_000);

test('three hundred are checked fifty at a time, and the rest is left when somebody cancels', async () => {
  const { call, ask } = await openedHost();
  let open = 0;
  let most = 0;
  const slow = await startBrokenProxy((socket) => {
    open += 1;
    most = Math.max(most, open);
    socket.on('close', () => {
      open -= 1;
    });
    setTimeout(() => socket.destroy(), 30);
  });
  onTestFinished(() => slow.stop());
  await call('settings.set', { exitCheckUrl: await echo('8.8.8.8') });
  const text = Array.from(
    { length: 300 },
    (_, n) => `socks5://u${n}:p@127.0.0.1:${slow.port}`,
  ).join('\n');
  expect(await call('proxies.importLines', { text, tags: [] })).toMatchObject({ added: 300 });
  const { rows } = await call('proxies.list', { limit: 500 });
  const proxies = rows.map(({ id }) => id);
  expect(await call('proxies.check', { proxies })).toEqual({ working: 0, failing: 300 });
  expect(most).toBeGreaterThan(20);
  expect(most).toBeLessThanOrEqual(50);
  const cancelled = ask('proxies.check', { proxies });
  await new Promise((resolve) => setTimeout(resolve, 40));
  await call('task.cancel', { task: 'proxyCheck' });
  expect(await cancelled).toMatchObject({ failure: { code: 'cancelled' } });
}, 60_000);
