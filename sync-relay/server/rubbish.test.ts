/** What a relay makes of frames that are wrong in every way: no answer but a refusal, and nobody else hurt. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toHex } from '../../crypto/hex.ts';
import { counterRandom } from '../../crypto/testing/counterRandom.ts';
import { decodeFrame, encodeFrame } from '../protocol/frame.ts';
import type { Requests } from '../protocol/messages.ts';
import { emptyChain, idRange, signOpen, signRotate } from '../protocol/proofs.ts';
import type { RelayStore } from '../store/relayStore.ts';
import { createSqliteStore } from '../store/sqliteStore.ts';
import { channelOf, signerOf } from '../testing/relays.ts';
import { createRelay, type Relay, type Session } from './relay.ts';

const count = process.env.WARREN_SLOW === '1' ? 500_000 : 15_000;
const seed = Number(process.env.WARREN_SEED ?? Math.floor(Math.random() * 1e6));
const name = 'relay.test:1';
const unlimited = { requests: 1e12, requestBurst: 1e12, bytes: 1e15, byteBurst: 1e15 };

let store: RelayStore;
let relay: Relay;
const complaints: string[] = [];
beforeAll(() => {
  console.log(`seed ${seed} (WARREN_SEED=${seed} repeats it)`);
  store = createSqliteStore({ dir: null });
  relay = createRelay({
    store,
    name: () => name,
    rates: unlimited,
    log: (event, fields) => void (event === 'failed' && complaints.push(String(fields?.error))),
  });
});
afterAll(() => store.close());

interface Told {
  readonly session: Session;
  readonly frames: Uint8Array[];
  isClosed(): boolean;
}

function connect(): Told {
  const frames: Uint8Array[] = [];
  let closed = false;
  const session = relay.connect({
    send: (frame) => void frames.push(frame),
    buffered: () => 0,
    close: () => {
      closed = true;
    },
  });
  return { session, frames, isClosed: () => closed };
}

interface Hello {
  readonly body: { readonly challenge: Uint8Array };
}

const challengeOf = ({ frames }: Told) =>
  (decodeFrame(frames[0] ?? new Uint8Array()) as unknown as Hello).body.challenge;

const names = (told: Told) => told.frames.map((frame) => decodeFrame(frame)?.name);
const turn = () => new Promise((resolve) => setImmediate(resolve));

async function answered(told: Told, frame: Uint8Array): Promise<string | undefined> {
  const before = told.frames.length;
  told.session.receive(frame);
  for (let n = 0; n < 1_000 && told.frames.length === before; n++) await turn();
  return decodeFrame(told.frames[before] as Uint8Array)?.name;
}

function openFrame(told: Told, channel: Uint8Array, signer = signerOf(1)): Uint8Array {
  const statement = { relay: name, challenge: challengeOf(told), channel };
  const signature = signOpen(signer, statement);
  const body = { channel, key: signer.publicKey, signature, create: true };
  return encodeFrame('open', 1, body satisfies Requests['open']);
}

const random = counterRandom(`frames ${seed}`);
const below = (limit: number) => new DataView(random(4).buffer).getUint32(0) % limit;

/** A bit, a byte, a cut, a repetition or a piece of another frame. */
function altered(frame: Uint8Array, other: Uint8Array): Uint8Array {
  const at = below(frame.length);
  const copy = frame.slice();
  switch (below(6)) {
    case 0:
      copy[at] = (copy[at] ?? 0) ^ (1 << below(8));
      return copy;
    case 1:
      copy[at] = below(256);
      return copy;
    case 2:
      return frame.subarray(0, at);
    case 3:
      return Buffer.concat([frame.subarray(0, at), frame.subarray(below(at + 1))]);
    case 4:
      return Buffer.concat([frame.subarray(0, at), other.subarray(below(other.length))]);
    default:
      return random(1 + below(300));
  }
}

/** One of each request, as a client that may make them would. */
function requests(channel: Uint8Array): Uint8Array[] {
  const [id, bytes] = [new Uint8Array(32).fill(6), new TextEncoder().encode('x'.repeat(200))];
  const register = new Uint8Array(16).fill(8);
  const next = signerOf(2).publicKey;
  // Signed for another channel, so that no alteration of it may be accepted.
  const statement = { relay: name, channel: channelOf(0), next, notice: bytes };
  const signature = signRotate(signerOf(1), statement);
  const bodies: { readonly [Name in keyof Requests]?: Requests[Name] } = {
    subscribe: { channel, position: 0, chain: emptyChain },
    append: { channel, envelopes: [bytes, id] },
    compact: { channel, envelopes: [bytes], supersedes: [id] },
    read: { channel, after: 0 },
    fetch: { channel, ids: [id] },
    summarize: { channel, ...idRange },
    ephemeral: { channel, frame: bytes },
    getRegister: { channel, register },
    setRegister: { channel, register, version: 0, value: bytes },
    putBlob: { channel, blob: id, size: 200, offset: 0, bytes },
    getBlob: { channel, blob: id, offset: 0, length: 10 },
    dropBlob: { channel, blob: id },
    rotate: { channel, key: signerOf(1).publicKey, next, signature, notice: bytes },
  };
  return Object.entries(bodies).map(([request, body], n) => encodeFrame(request, n + 2, body));
}

test(`${count} altered frames of a stranger open nothing`, async () => {
  const channel = channelOf(9);
  const owner = connect();
  expect(await answered(owner, openFrame(owner, channel))).toBe('ok');
  const others = requests(channel);
  for (let n = 0; n < count; n++) {
    const stranger = connect();
    // Signed by somebody else, for another connection, or altered: whatever it is, it is no proof.
    const base =
      n % 2 === 0 ? openFrame(owner, channel) : (others[n % others.length] as Uint8Array);
    const frame = altered(base, others[below(others.length)] as Uint8Array);
    stranger.session.receive(frame);
    if (n % 64 === 0) await turn();
    if (n % 64 === 63) {
      await turn();
      expect(names(stranger).filter((one) => one === 'ok')).toEqual([]);
    }
    stranger.session.closed();
  }
  await turn();
  expect(complaints).toEqual([]);
  expect(await answered(owner, requests(channel)[3] as Uint8Array)).toBe('ok');
  owner.session.closed();
  expect(relay.counts.sessions).toBe(0);
}, 3_600_000);

test(`${count} altered frames of a member are refused or do what they say; others go on`, async () => {
  const [channel, quiet] = [channelOf(10), channelOf(11)];
  const witness = connect();
  expect(await answered(witness, openFrame(witness, quiet))).toBe('ok');
  const before = await store.channel(quiet);
  const others = requests(channel);
  let member = connect();
  for (let n = 0; n < count; n++) {
    if (member.isClosed() || n === 0) {
      member = connect();
      member.session.receive(openFrame(member, channel));
      await turn();
    }
    const base = others[below(others.length)] as Uint8Array;
    member.session.receive(altered(base, others[below(others.length)] as Uint8Array));
    if (n % 64 === 0) await turn();
    member.frames.splice(1);
  }
  await turn();
  expect(complaints).toEqual([]);
  expect(await store.channel(quiet)).toEqual(before);
  expect(toHex((await store.channel(channel))?.key ?? new Uint8Array())).toBe(
    toHex(signerOf(1).publicKey),
  );
  expect(await answered(witness, requests(quiet)[3] as Uint8Array)).toBe('ok');
}, 3_600_000);
