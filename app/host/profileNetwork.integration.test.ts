/** Whom a profile's browser talked to is known after a restart, until somebody has it forgotten. */
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { profileInputSchema } from '../../workspace/model/profile.ts';
import { newVault, testPassphrase } from '../../workspace/testing.ts';
import { type OpenVault, openVault } from '../../workspace/vault/vault.ts';
import { createProfileNetwork, type ProfileConnection } from './profileNetwork.ts';
import { openServices } from './services.ts';

const fail = (line: string) => {
  throw new Error(line);
};

async function opened(vault: OpenVault) {
  const services = await openServices(vault, Date.now, () => undefined, fail);
  return { services, network: createProfileNetwork(services, Date.now, fail) };
}

async function site(): Promise<string> {
  const server = createServer((_, response) => response.end('hello')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function visit({ network }: ProfileConnection, url: string): Promise<string> {
  const { hostname, port } = new URL(network.server);
  const login = Buffer.from(`${network.username}:${network.password}`).toString('base64');
  const asked = request({
    hostname,
    port,
    path: url,
    headers: { host: new URL(url).host, 'proxy-authorization': `Basic ${login}` },
  }).end();
  const [answer] = await once(asked, 'response');
  return text(answer);
}

test('it is written down when the browser is closed, and there after a restart', async () => {
  const { vault, dir } = await newVault();
  const { services, network } = await opened(vault);
  const [alice] = services.profiles.add([profileInputSchema.parse({ name: 'Alice' })]);
  if (!alice) throw new Error('no profile');
  const url = await site();
  const connection = await network.connect(alice);
  expect(await visit(connection, url)).toBe('hello');
  expect(await network.hosts(alice.id)).toMatchObject([{ host: '127.0.0.1', connections: 1 }]);
  expect(await visit(connection, url)).toBe('hello');
  await visit(connection, 'http://update.googleapis.com/').catch(() => undefined);
  await connection.close();
  services.close();

  const again = await opened(await openVault(dir, testPassphrase));
  onTestFinished(() => again.services.close());
  const hosts = await again.network.hosts(alice.id);
  expect(hosts).toHaveLength(2);
  expect(hosts).toContainEqual(expect.objectContaining({ host: '127.0.0.1', connections: 2 }));
  expect(hosts).toContainEqual(
    expect.objectContaining({ host: 'update.googleapis.com', blocked: 1, reason: 'browserCall' }),
  );
  await again.network.forgetHosts(alice.id);
  expect(await again.network.hosts(alice.id)).toEqual([]);
});

test('what an open browser did until it is forgotten does not come back when it is closed', async () => {
  const { vault } = await newVault();
  const { services, network } = await opened(vault);
  const [alice] = services.profiles.add([profileInputSchema.parse({ name: 'Alice' })]);
  if (!alice) throw new Error('no profile');
  const connection = await network.connect(alice);
  await visit(connection, await site());
  await network.forgetHosts(alice.id);
  await connection.close();
  expect(await network.hosts(alice.id)).toEqual([]);
});
