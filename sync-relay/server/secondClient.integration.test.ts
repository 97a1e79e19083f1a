/**
 * A client written from `protocol/README.md` alone, with other libraries: what it says is understood, and
 * what it is told is what is promised there.
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import { blake2b } from '@noble/hashes/blake2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { decode, encode } from 'cborg';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { startTestRelay } from '../testing/relays.ts';

type Body = Record<string, unknown>;
type Frame = [name: string, number: number, body: Body];

const parts = (...list: Uint8Array[]) =>
  concatBytes(
    ...list.flatMap((part) => {
      const length = new Uint8Array(4);
      new DataView(length.buffer).setUint32(0, part.length);
      return [length, part];
    }),
  );
const H = (domain: string, ...list: Uint8Array[]) =>
  blake2b(parts(utf8ToBytes(domain), ...list), { dkLen: 32 });
const sign = (secret: Uint8Array, domain: string, message: Uint8Array) =>
  ed25519.sign(parts(utf8ToBytes(domain), message), secret);

async function connect(url: string) {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  onTestFinished(() => socket.terminate());
  const frames: Frame[] = [];
  let wake = () => {};
  socket.on('message', (data: Buffer) => {
    frames.push(decode(data));
    wake();
  });
  async function frame(fits: (frame: Frame) => boolean): Promise<Frame> {
    for (;;) {
      const at = frames.findIndex(fits);
      const [found] = at < 0 ? [] : frames.splice(at, 1);
      if (found) return found;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
  let last = 0;
  return {
    event: async (name: string) => (await frame(([one, n]) => n === 0 && one === name))[2],
    async ask(name: string, body: Body): Promise<Frame> {
      last += 1;
      const number = last;
      socket.send(encode([name, number, body]));
      return frame(([, one]) => one === number);
    },
  };
}

const channel = new Uint8Array(16).fill(3);
const secret = new Uint8Array(32).fill(4);
const key = ed25519.getPublicKey(secret);

test('it opens a channel, appends, is told, reads on from a cursor, and hands the key on', async () => {
  const { url, name, stop } = await startTestRelay();
  onTestFinished(stop);
  const enter = async (by: Uint8Array, create: boolean) => {
    const client = await connect(url);
    const hello = await client.event('hello');
    expect(hello).toMatchObject({ version: 1, name });
    const statement = parts(utf8ToBytes(name), hello.challenge as Uint8Array, channel);
    const opened = await client.ask('open', {
      channel,
      key: ed25519.getPublicKey(by),
      signature: sign(by, 'warren/relay-open/v1', statement),
      create,
    });
    return { client, opened };
  };
  const { client: a, opened } = await enter(secret, true);
  const empty = new Uint8Array(32);
  expect(opened).toEqual(['ok', 1, { head: 0, chain: empty, created: true }]);
  const { client: b } = await enter(secret, false);
  await b.ask('subscribe', { channel, position: 0, chain: empty });

  const envelopes = [utf8ToBytes('first'), utf8ToBytes('second')];
  const ids = envelopes.map((envelope) => blake2b(envelope, { dkLen: 32 }));
  const chain = ids.reduce((before, id) => H('warren/relay-chain/v1', before, id), empty);
  const [, , appended] = await a.ask('append', { channel, envelopes });
  expect(appended).toEqual({ positions: [1, 2], head: 2, chain });
  expect((await a.ask('append', { channel, envelopes }))[2]).toEqual(appended);
  expect(await b.event('entries')).toMatchObject({ head: 2, chain });
  expect((await b.ask('read', { channel, after: 1 }))[2]).toEqual({
    entries: [{ position: 2, envelope: envelopes[1] }],
    end: 2,
    chain,
    head: 2,
  });
  const lied = await b.ask('subscribe', { channel, position: 2, chain: empty });
  expect(lied).toMatchObject(['error', 4, { code: 'unknownCursor' }]);

  const [, , summary] = await b.ask('summarize', {
    channel,
    from: new Uint8Array(32),
    to: new Uint8Array(32).fill(255),
  });
  expect(summary).toEqual({ ranges: [], ids: ids.toSorted(Buffer.compare) });
  const [, , compacted] = await a.ask('compact', { channel, envelopes: [], supersedes: [ids[0]] });
  expect(compacted).toEqual({ positions: [], head: 2, chain, hidden: 1 });
  expect((await b.ask('fetch', { channel, ids }))[2]).toEqual({ envelopes: [envelopes[1]] });

  const [next, notice] = [new Uint8Array(32).fill(5), utf8ToBytes('this way')];
  const statement = parts(
    utf8ToBytes(name),
    channel,
    ed25519.getPublicKey(next),
    H('warren/relay-notice/v1', notice),
  );
  await a.ask('rotate', {
    channel,
    key,
    next: ed25519.getPublicKey(next),
    signature: sign(secret, 'warren/relay-rotate/v1', statement),
    notice,
  });
  const told = { next: ed25519.getPublicKey(next), notice };
  expect(await b.event('rotated')).toEqual({ channel, ...told });
  expect((await b.ask('read', { channel, after: 0 }))[2]).toEqual({ code: 'notOpen' });
  expect((await enter(secret, false)).opened[2]).toEqual({ code: 'rotated', ...told });
  expect((await enter(next, false)).opened[0]).toBe('ok');
});
