/** The served shell's borders, tried as an attacker on the same machine or in another tab would. */
import { request } from 'node:http';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { temporaryFolder } from '../../workspace/testing.ts';
import { createHost } from '../host/host.ts';
import { createWebServer, type WebServer } from './webServer.ts';

interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

async function serve(linkToken = 'the-link-token') {
  const used: string[] = [];
  let web: WebServer | null = null;
  const server = createServer({ pauseOnConnect: true }, (socket) => web?.accept(socket));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const host = createHost({
    vaultDir: temporaryFolder(),
    shell: 'served',
    log: () => undefined,
    onLocked: () => undefined,
  });
  web = createWebServer({
    host,
    port,
    access: { linkToken, sessions: [] },
    onLinkUsed: (session) => used.push(session),
  });
  onTestFinished(() => {
    server.close();
  });
  const origin = `http://127.0.0.1:${port}`;
  const ask = (method: string, path: string, headers: Record<string, string> = {}, body = '') =>
    new Promise<Answer>((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
        let text = '';
        response.on('data', (data) => {
          text += String(data);
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
        );
      });
      asked.on('error', reject);
      asked.end(body);
    });
  return { port, origin, used, ask };
}

/** @returns `open`, or the code that the socket was closed or refused with. */
function openSocket(url: string, origin: string | undefined, session: string): Promise<string> {
  const socket = new WebSocket(url, ['warren', session], origin === undefined ? {} : { origin });
  onTestFinished(() => socket.terminate());
  return new Promise((resolve) => {
    socket.on('open', () => socket.send('{"id":1,"method":"app.info","params":{}}'));
    socket.on('message', () => resolve('open'));
    socket.on('close', (code) => resolve(`closed ${code}`));
    socket.on('unexpected-response', (_request, response) =>
      resolve(`refused ${response.statusCode}`),
    );
    socket.on('error', () => undefined);
  });
}

test('a link opens one window, once', async () => {
  const { origin, used, ask } = await serve();
  const wrong = await ask('POST', '/session', { origin }, 'another-token');
  expect(wrong.status).toBe(403);
  const right = await ask('POST', '/session', { origin }, 'the-link-token');
  expect(right.status).toBe(200);
  expect(used).toEqual([right.body]);
  expect((await ask('POST', '/session', { origin }, 'the-link-token')).status).toBe(403);
  expect((await ask('POST', '/session', { origin }, '')).status).toBe(403);
});

test('another origin and another host name are refused, whatever they know', async () => {
  const { port, origin, ask } = await serve();
  for (const other of ['http://evil.example', `http://localhost:${port + 1}`, 'null']) {
    expect((await ask('POST', '/session', { origin: other }, 'the-link-token')).status).toBe(403);
  }
  expect((await ask('POST', '/session', {}, 'the-link-token')).status).toBe(403);
  expect((await ask('GET', '/', { host: `evil.example:${port}` })).status).toBe(421);
  const session = (await ask('POST', '/session', { origin }, 'the-link-token')).body;
  const url = `ws://127.0.0.1:${port}/rpc`;
  expect(await openSocket(url, 'http://evil.example', session)).toBe('refused 403');
  expect(await openSocket(url, undefined, session)).toBe('refused 403');
  expect(await openSocket(`ws://127.0.0.1:${port}/other`, origin, session)).toBe('refused 403');
  expect(await openSocket(url, origin, 'no-session')).toBe('closed 4401');
  expect(await openSocket(url, origin, `${session}x`)).toBe('closed 4401');
  expect(await openSocket(url, origin, session)).toBe('open');
});

test('only files of the page are served, with headers that keep it to itself', async () => {
  const { ask } = await serve();
  for (const path of [
    '/../package.json',
    '/%2e%2e/package.json',
    '/..%2f..%2fpackage.json',
    '/%',
    '//etc/passwd.html',
    '/nothing.js',
  ]) {
    const answer = await ask('GET', path);
    expect([404, 500], path).toContain(answer.status);
    expect(answer.body).toBe('');
  }
  const answer = await ask('GET', '/nothing.html');
  expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  expect((await ask('PUT', '/')).status).toBe(405);
});
