import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { hash } from '../../crypto/digest.ts';
import { encodeFrame } from '../protocol/frame.ts';
import { limits } from '../protocol/limits.ts';
import {
  emptyChain,
  idRange,
  provesIdentity,
  provesOpen,
  signIdentity,
} from '../protocol/proofs.ts';
import { defaultQuotas } from '../store/relayStore.ts';
import { channelOf, dial, signerOf, startTestRelay, type TestRelay } from '../testing/relays.ts';

const running: TestRelay[] = [];
afterEach(async () => {
  for (const relay of running.splice(0)) await relay.stop();
});

async function start(options: Parameters<typeof startTestRelay>[0] = {}): Promise<TestRelay> {
  const relay = await startTestRelay(options);
  running.push(relay);
  return relay;
}

const bytesOf = (text: string) => new TextEncoder().encode(text);
const channel = channelOf(1);

test('what one appends, others hear, and whoever comes later reads', async () => {
  const { url } = await start();
  const [a, b] = [await dial(url), await dial(url)];
  expect(await a.open(channel, signerOf(1), true)).toMatchObject({ created: true, head: 0 });
  expect(await b.open(channel, signerOf(1), true)).toMatchObject({ created: false });
  await b.ask('subscribe', { channel, position: 0, chain: emptyChain });
  const done = await a.ask('append', { channel, envelopes: [bytesOf('one'), bytesOf('two')] });
  expect(done.positions).toEqual([1, 2]);
  const told = await b.next('entries');
  expect(told.entries.map(({ position }) => position)).toEqual([1, 2]);
  expect(told).toMatchObject({ head: 2, chain: done.chain });
  const c = await dial(url);
  await c.open(channel, signerOf(1), false);
  const page = await c.ask('read', { channel, after: 0 });
  expect(page.entries.map(({ envelope }) => envelope)).toEqual([bytesOf('one'), bytesOf('two')]);
  expect(await c.ask('subscribe', { channel, position: 2, chain: page.chain })).toMatchObject({
    head: 2,
  });
  await expect(
    c.ask('subscribe', { channel, position: 2, chain: emptyChain }),
  ).rejects.toMatchObject({ body: { code: 'unknownCursor' } });
});

test('whose log it is, one proves to whoever may read it, each time anew', async () => {
  const [device, other] = [signerOf(7), signerOf(8)];
  const { url } = await start({ identity: device });
  const client = await dial(url);
  const [nonce, another] = [randomBytes(32), randomBytes(32)];
  await expect(client.identifies(channel, device.publicKey, nonce)).rejects.toMatchObject({
    body: { code: 'notOpen' },
  });
  await client.open(channel, signerOf(1), true);
  expect(await client.identifies(channel, device.publicKey, nonce)).toBe(true);
  expect(await client.identifies(channel, other.publicKey, nonce)).toBe(false);
  const statement = { relay: 'a:1', challenge: randomBytes(32), channel, nonce };
  const said = signIdentity(device, statement);
  expect(provesIdentity(device.publicKey, statement, said)).toBe(true);
  for (const elsewhere of [
    { ...statement, relay: 'b:1' },
    { ...statement, nonce: another },
    { ...statement, challenge: another },
    { ...statement, channel: channelOf(2) },
  ]) {
    expect(provesIdentity(device.publicKey, elsewhere, said)).toBe(false);
  }
  const relay = await dial((await start()).url);
  await relay.open(channel, signerOf(1), true);
  await expect(relay.identifies(channel, device.publicKey, nonce)).rejects.toMatchObject({
    body: { code: 'noIdentity' },
  });
});

test('nothing is done in a channel whose key was not proven', async () => {
  const { url } = await start();
  const [owner, stranger] = [await dial(url), await dial(url)];
  await owner.open(channel, signerOf(1), true);
  await expect(stranger.open(channel, signerOf(2), true)).rejects.toMatchObject({
    body: { code: 'badProof' },
  });
  await expect(stranger.open(channelOf(9), signerOf(2), false)).rejects.toMatchObject({
    body: { code: 'unknownChannel' },
  });
  const asks = [
    stranger.ask('append', { channel, envelopes: [bytesOf('x')] }),
    stranger.ask('read', { channel, after: 0 }),
    stranger.ask('subscribe', { channel, position: 0, chain: emptyChain }),
    stranger.ask('compact', { channel, envelopes: [], supersedes: [] }),
    stranger.ask('fetch', { channel, ids: [hash(bytesOf('x'))] }),
    stranger.ask('summarize', { channel, ...idRange }),
    stranger.ask('ephemeral', { channel, frame: bytesOf('x') }),
    stranger.ask('getRegister', { channel, register: channelOf(2) }),
    stranger.ask('setRegister', {
      channel,
      register: channelOf(2),
      version: 0,
      value: bytesOf(''),
    }),
    stranger.ask('putBlob', { channel, blob: idRange.to, size: 1, offset: 0, bytes: bytesOf('x') }),
    stranger.ask('getBlob', { channel, blob: idRange.to, offset: 0, length: 1 }),
    stranger.ask('dropBlob', { channel, blob: idRange.to }),
    stranger.ask('erase', { channel }),
    stranger.rotate(channel, signerOf(2), signerOf(3).publicKey, bytesOf('')),
  ];
  for (const outcome of await Promise.allSettled(asks)) {
    expect(outcome).toMatchObject({ status: 'rejected', reason: { body: { code: 'notOpen' } } });
  }
});

test('a proof is worth nothing at a relay of another name, nor a second time', async () => {
  const { url, name } = await start();
  await expect(dial(url, '127.0.0.1:1')).rejects.toMatchObject({ code: 'wrongName' });
  const signer = signerOf(1);
  const challenge = new Uint8Array(32).fill(7);
  const signature = signer.sign('warren/relay-open/v1', bytesOf('anything'));
  expect(provesOpen(signer.publicKey, { relay: name, challenge, channel }, signature)).toBe(false);
  const client = await dial(url);
  // What was signed for the challenge of another connection.
  await expect(
    client.ask(
      'open' as never,
      {
        channel,
        key: signer.publicKey,
        signature,
        create: true,
      } as never,
    ),
  ).rejects.toMatchObject({ body: { code: 'badProof' } });
});

test('a rotated key is refused with what its successor left, at once and later', async () => {
  const { url } = await start();
  const [a, b] = [await dial(url), await dial(url)];
  await a.open(channel, signerOf(1), true);
  await b.open(channel, signerOf(1), false);
  await b.ask('subscribe', { channel, position: 0, chain: emptyChain });
  const notice = bytesOf('sealed for those who stay');
  await a.rotate(channel, signerOf(1), signerOf(2).publicKey, notice);
  expect(await b.next('rotated')).toMatchObject({ notice, next: signerOf(2).publicKey });
  await expect(b.ask('read', { channel, after: 0 })).rejects.toMatchObject({
    body: { code: 'notOpen' },
  });
  const late = await dial(url);
  await expect(late.open(channel, signerOf(1), false)).rejects.toMatchObject({
    body: { code: 'rotated', notice, next: signerOf(2).publicKey },
  });
  await a.open(channel, signerOf(2), false);
  await a.ask('append', { channel, envelopes: [bytesOf('after')] });
  expect(b.events.filter(({ name }) => name === 'entries')).toEqual([]);
  await expect(a.rotate(channel, signerOf(1), signerOf(3).publicKey, notice)).rejects.toMatchObject(
    { body: { code: 'rotated' } },
  );
});

test('registers change for all who listen, and one of two writers wins', async () => {
  const { url } = await start();
  const [a, b] = [await dial(url), await dial(url)];
  const register = channelOf(5);
  for (const client of [a, b]) {
    await client.open(channel, signerOf(1), true);
    await client.ask('subscribe', { channel, position: 0, chain: emptyChain });
  }
  const set = (client: typeof a, value: string) =>
    client.ask('setRegister', { channel, register, version: 0, value: bytesOf(value) });
  const both = await Promise.all([set(a, 'A'), set(b, 'B')]);
  expect(both.filter((one) => one.set)).toHaveLength(1);
  const loser = both[0]?.set ? b : a;
  expect(await loser.next('register')).toMatchObject({ version: 1, register });
});

test('ephemeral frames reach those who listen now and are kept nowhere', async () => {
  const { url } = await start();
  const [a, b] = [await dial(url), await dial(url)];
  for (const client of [a, b]) await client.open(channel, signerOf(1), true);
  await b.ask('subscribe', { channel, position: 0, chain: emptyChain });
  expect(await a.ask('ephemeral', { channel, frame: bytesOf('here') })).toEqual({ listeners: 1 });
  expect((await b.next('ephemeral')).frame).toEqual(bytesOf('here'));
  expect((await a.ask('read', { channel, after: 0 })).entries).toEqual([]);
});

test('pages of a long log follow one another to its end', async () => {
  const { url } = await start();
  const [writer, slow] = [await dial(url), await dial(url)];
  for (const client of [writer, slow]) await client.open(channel, signerOf(1), true);
  const envelopes = 60;
  for (let n = 0; n < envelopes; n++) {
    await writer.ask('append', { channel, envelopes: [randomBytes(400_000)] });
  }
  let seen = 0;
  let head = 0;
  while (head < envelopes) {
    const page = await slow.ask('read', { channel, after: head });
    seen += page.entries.length;
    head = page.end;
  }
  expect(seen).toBe(envelopes);
});

test('quotas and rates are said by name', async () => {
  const { url } = await start({
    quotas: { ...defaultQuotas, channelBytes: 1000, channels: 1 },
    rates: { requests: 1, requestBurst: 6, bytes: 1e6, byteBurst: 1e6 },
  });
  const client = await dial(url);
  await client.open(channel, signerOf(1), true);
  await expect(client.open(channelOf(2), signerOf(1), true)).rejects.toMatchObject({
    body: { code: 'quota' },
  });
  await expect(
    client.ask('append', { channel, envelopes: [new Uint8Array(1001)] }),
  ).rejects.toMatchObject({ body: { code: 'quota' } });
  const asks = await Promise.allSettled(
    Array.from({ length: 8 }, () => client.ask('read', { channel, after: 0 })),
  );
  const refused = asks.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  expect(refused.length).toBeGreaterThan(2);
  for (const one of refused) {
    expect(one).toMatchObject({ body: { code: 'rate', retryAfter: expect.any(Number) } });
  }
});

test('a relay without a folder takes no blobs and says so', async () => {
  const relay = await start();
  const client = await dial(relay.url);
  await client.open(channel, signerOf(1), true);
  await expect(
    client.ask('putBlob', { channel, blob: idRange.to, size: 4, offset: 2, bytes: bytesOf('x') }),
  ).rejects.toMatchObject({ body: { code: 'quota' } });
});

test('health and metrics answer, other paths do not', async () => {
  const { port, url } = await start();
  const at = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
  const client = await dial(url);
  await client.open(channel, signerOf(1), true);
  await client.ask('append', { channel, envelopes: [bytesOf('x')] });
  expect(await (await at('/health')).json()).toEqual({ status: 'ok' });
  const metrics = await (await at('/metrics')).text();
  expect(metrics).toContain('warren_relay_appended_total 1\n');
  expect(metrics).toContain('warren_relay_connections 1\n');
  expect((await at('/')).status).toBe(404);
});

test('rubbish ends its own connection and nobody else’s', async () => {
  const { url, port, relay } = await start();
  const good = await dial(url);
  await good.open(channel, signerOf(1), true);
  const closed = (send: (socket: WebSocket) => void) =>
    new Promise<string>((resolve) => {
      const socket = new WebSocket(url, { perMessageDeflate: false });
      socket.on('open', () => send(socket));
      socket.on('close', (_code, reason) => resolve(reason.toString()));
      socket.on('error', () => undefined);
    });
  expect(await closed((socket) => socket.send('text'))).toBe('badFrame');
  expect(await closed((socket) => socket.send(randomBytes(100)))).toBe('badFrame');
  expect(await closed((socket) => socket.send(new Uint8Array(limits.frameBeforeOpen + 1)))).toBe(
    'tooLarge',
  );
  expect(await closed((socket) => socket.send(new Uint8Array(2000).fill(0x81)))).toBe('badFrame');
  expect(await closed((socket) => socket.send(encodeFrame('constructor', 1, {})))).toBe('badFrame');
  const half = connect(port, '127.0.0.1');
  half.write('GET / HTTP/1.1\r\nUpgrade: web');
  expect(await good.ask('read', { channel, after: 0 })).toMatchObject({ head: 0 });
  half.destroy();
  expect(relay.counts.sessions).toBe(1);
});

test('whoever opens nothing is sent away after five seconds', async () => {
  const { url } = await start();
  const began = Date.now();
  const idle = await dial(url);
  await idle.ended;
  expect(Date.now() - began).toBeGreaterThanOrEqual(limits.openWithin - 100);
}, 15_000);

test('stopping answers what was asked and closes', async () => {
  const relay = await startTestRelay();
  const client = await dial(relay.url);
  await client.open(channel, signerOf(1), true);
  const asked = client.ask('append', { channel, envelopes: [bytesOf('last')] });
  await new Promise((resolve) => setTimeout(resolve, 20));
  await relay.stop();
  expect(await asked).toMatchObject({ positions: [1] });
  await client.ended;
  await expect(dial(relay.url)).rejects.toMatchObject({ code: 'unreachable' });
});
