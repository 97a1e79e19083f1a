/** Clients that do not read: what a relay keeps for them is bounded, and they are told what they miss. */
import { expect, onTestFinished, test } from 'vitest';
import { decodeFrame, encodeFrame } from '../protocol/frame.ts';
import { emptyChain, signOpen } from '../protocol/proofs.ts';
import { createSqliteStore } from '../store/sqliteStore.ts';
import { channelOf, signerOf } from '../testing/relays.ts';
import { createRelay } from './relay.ts';

const name = 'relay.test:1';
const channel = channelOf(1);
const turn = () => new Promise((resolve) => setImmediate(resolve));

function relayAt(clock: { time: number }) {
  const store = createSqliteStore({ dir: null });
  onTestFinished(() => store.close());
  const relay = createRelay({ store, name: () => name, now: () => clock.time });
  /** A client whose network takes nothing while `reads` is false. */
  const client = async () => {
    const frames: { name: string; body: Record<string, unknown> }[] = [];
    const state = { reads: true, buffered: 0, closed: '' };
    const session = relay.connect({
      send(frame) {
        if (!state.reads) state.buffered += frame.length;
        const decoded = decodeFrame(frame);
        frames.push({ name: decoded?.name ?? '', body: decoded?.body as Record<string, unknown> });
      },
      buffered: () => state.buffered,
      close: (reason) => {
        state.closed = reason;
      },
    });
    let number = 0;
    const tell = (request: string, body: object) =>
      session.receive(encodeFrame(request, ++number, body));
    const ask = async (request: string, body: object) => {
      const before = frames.length;
      tell(request, body);
      while (frames.length === before) await turn();
      return frames[before];
    };
    const signer = signerOf(1);
    const challenge = frames[0]?.body.challenge as Uint8Array;
    const signature = signOpen(signer, { relay: name, challenge, channel });
    await ask('open', { channel, key: signer.publicKey, signature, create: true });
    return { session, state, frames, tell, ask };
  };
  return { relay, client };
}

const envelope = (n: number) => new Uint8Array(200_000).fill(n);

test('a client that does not read is told once that it is behind, and catches up when it reads', async () => {
  const { client } = relayAt({ time: 0 });
  const [writer, reader] = [await client(), await client()];
  await reader.ask('subscribe', { channel, position: 0, chain: emptyChain });
  reader.state.reads = false;
  for (let n = 1; n <= 30; n++) await writer.ask('append', { channel, envelopes: [envelope(n)] });
  // It stops at about a megabyte, whatever is appended.
  expect(reader.state.buffered).toBeLessThan(1.5 * 1024 * 1024);
  const told = reader.frames.length;
  reader.state.reads = true;
  reader.state.buffered = 0;
  reader.session.drained();
  expect(reader.frames.slice(told)).toMatchObject([{ name: 'behind', body: { head: 30 } }]);
  const page = await reader.ask('read', { channel, after: 29 });
  expect(page?.body).toMatchObject({ end: 30, head: 30 });
});

test('one that asks for much and reads none of it is given little, then refused', async () => {
  const { client } = relayAt({ time: 0 });
  const [writer, greedy] = [await client(), await client()];
  for (let n = 1; n <= 10; n++) await writer.ask('append', { channel, envelopes: [envelope(n)] });
  greedy.state.reads = false;
  for (let n = 0; n < 200; n++) greedy.tell('read', { channel, after: 0 });
  for (let n = 0; n < 500; n++) await turn();
  expect(greedy.state.buffered).toBeLessThan(6 * 1024 * 1024);
  const refused = greedy.frames.filter((frame) => frame.name === 'error');
  expect(refused.length).toBeGreaterThan(150);
  expect(refused[0]?.body).toEqual({ code: 'rate', retryAfter: 100 });
  expect((await writer.ask('read', { channel, after: 9 }))?.name).toBe('ok');
});

test('one that leaves megabytes unread for half a minute is sent away', async () => {
  const clock = { time: 0 };
  const { client, relay } = relayAt(clock);
  const [writer, stuck] = [await client(), await client()];
  await stuck.ask('subscribe', { channel, position: 0, chain: emptyChain });
  stuck.state.buffered = 5 * 1024 * 1024;
  await writer.ask('append', { channel, envelopes: [envelope(1)] });
  expect(stuck.state.closed).toBe('');
  clock.time += 31_000;
  await writer.ask('append', { channel, envelopes: [envelope(2)] });
  expect(stuck.state.closed).toBe('tooSlow');
  expect(relay.counts).toMatchObject({ sessions: 1, dropped: 1 });
});

test('one that floods is told to wait, and others are answered', async () => {
  const { client } = relayAt({ time: 0 });
  const [flooding, other] = [await client(), await client()];
  for (let n = 0; n < 12_000; n++) {
    flooding.tell('getRegister', { channel, register: channelOf(2) });
  }
  for (let n = 0; n < 200; n++) await turn();
  const refused = flooding.frames.filter((frame) => frame.body.code === 'rate');
  expect(refused.length).toBeGreaterThan(1_000);
  expect((await other.ask('getRegister', { channel, register: channelOf(2) }))?.name).toBe('ok');
});
