/** A relay by itself: what it takes in, whom it tells, and what idle or hostile connections cost. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3-multiple-ciphers';
import { pooledRandom } from '../crypto/random.ts';
import { createSigner } from '../crypto/signing.ts';
import type { RelayClient, RelayEvent } from '../sync-relay/client/relayClient.ts';
import { dialRelay } from '../sync-relay/client/webSocketClient.ts';
import { emptyChain } from '../sync-relay/protocol/proofs.ts';
import { startRelay } from './devices.ts';
import { type Figure, percentile } from './figure.ts';
import { madeFolder } from './vaults.ts';

const random = pooledRandom();
const now = () => Number(process.hrtime.bigint()) / 1e6;
const sleep = (time: number) => new Promise((resolve) => setTimeout(resolve, time));

export const benchChannel = new Uint8Array(16).fill(7);
const channel = benchChannel;
const signer = createSigner(new Uint8Array(32).fill(7));
const envelopeBytes = 700;

/** @returns a client that is let in, and told. */
export async function member(
  url: string,
  onEvent: (event: RelayEvent) => void = () => undefined,
): Promise<RelayClient> {
  const client = await dialRelay({ url, onEvent, onClosed: () => undefined });
  await client.open(channel, signer, true);
  return client;
}

export async function relay(): Promise<Figure[]> {
  return [...(await appends()), ...(await fanOut()), ...(await idle()), ...(await hostile())];
}

/** Fewer than a relay takes from one connection in a burst. */
const appendCount = 9_000;
/** Requests of one client that are under way at once. */
const inFlight = 64;

/** Acknowledged only when on disk, on both sides. */
async function appends(): Promise<Figure[]> {
  const plain = plainAppends();
  const figure = (what: string, value: number): Figure => ({
    what,
    value,
    baseline: plain,
    unit: 'a second',
    goal: 'ratio > 0.5',
  });
  return [
    figure(
      `envelopes appended, ${inFlight} in a request, 4 under way (baseline: plain SQLite, full sync, as many in one commit)`,
      await appendedPerSecond(inFlight, 4),
    ),
    figure(
      `envelopes appended, one in a request, ${inFlight} under way`,
      await appendedPerSecond(1, inFlight),
    ),
  ];
}

async function appendedPerSecond(envelopes: number, underWay: number): Promise<number> {
  const running = await startRelay();
  const client = await member(running.url);
  const prepared = Array.from({ length: appendCount }, () => random(envelopeBytes));
  const started = now();
  const lane = async () => {
    while (prepared.length > 0) {
      await client.ask('append', { channel, envelopes: prepared.splice(0, envelopes) });
    }
  };
  await Promise.all(Array.from({ length: underWay }, lane));
  const perSecond = (appendCount * 1000) / (now() - started);
  client.close();
  await running.stop();
  return perSecond;
}

function plainAppends(): number {
  const database = new Sqlite(join(madeFolder(), 'plain.sqlite'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('create table log (position integer primary key, id blob unique, envelope blob)');
  const insert = database.prepare('insert into log (id, envelope) values (?, ?)');
  const group = database.transaction(() => {
    for (let n = 0; n < inFlight; n++) insert.run(random(32), random(envelopeBytes));
  });
  const started = now();
  for (let n = 0; n < appendCount / inFlight; n++) group();
  const perSecond = (appendCount * 1000) / (now() - started);
  database.close();
  return perSecond;
}

/** One writes fifty times a second; fifty are told. */
async function fanOut(): Promise<Figure[]> {
  const running = await startRelay();
  const readers = forkClients('readers', running.url, 50);
  await readers.ready;
  const writer = await member(running.url);
  const took: number[] = [];
  readers.child.on('message', ({ times }: { times?: number[] }) => took.push(...(times ?? [])));
  for (let n = 0; n < 300; n++) {
    const at = now();
    const envelope = random(envelopeBytes);
    new DataView(envelope.buffer, envelope.byteOffset).setFloat64(0, at);
    await writer.ask('append', { channel, envelopes: [envelope] });
    await sleep(Math.max(0, 20 - (now() - at)));
  }
  await sleep(500);
  writer.close();
  await readers.stop();
  await running.stop();
  return [
    {
      what: 'an envelope reaches 50 clients, 50 a second, p95 (on disk before it is told)',
      value: percentile(took, 95),
      baseline: null,
      unit: 'ms',
      goal: '< 12 ms',
    },
  ];
}

const idleCount = 10_000;

async function idle(): Promise<Figure[]> {
  const running = await startRelay();
  const before = residentOf(running.pid);
  const halves = [0, 1].map(() => forkClients('idle', running.url, idleCount / 2));
  await Promise.all(halves.map(({ ready }) => ready));
  const after = residentOf(running.pid);
  await Promise.all(halves.map(({ stop }) => stop()));
  await running.stop();
  return [
    {
      what: '10,000 connections that are let in and idle (baseline: none)',
      value: after,
      baseline: before,
      unit: 'MB',
      goal: '< 400 MB',
    },
  ];
}

/** What others wait while some flood, read nothing, send rubbish, and connect and say nothing. */
async function hostile(): Promise<Figure[]> {
  const running = await startRelay();
  const client = await member(running.url);
  await client.ask('subscribe', { channel, position: 0, chain: emptyChain });
  const measure = async (count: number) => {
    const took: number[] = [];
    for (let n = 0; n < count; n++) {
      const at = now();
      await client.ask('append', { channel, envelopes: [random(envelopeBytes)] });
      took.push(now() - at);
      await sleep(5);
    }
    return percentile(took, 99);
  };
  await measure(100);
  const quiet = await measure(600);
  const attackers = forkClients('hostile', running.url, 8);
  await attackers.ready;
  const loud = await measure(600);
  client.close();
  await attackers.stop();
  await running.stop();
  return [
    {
      what: 'an append’s p99 while others flood, read nothing and send rubbish (baseline: alone)',
      value: loud,
      baseline: quiet,
      unit: 'ms',
      goal: 'ratio < 2',
    },
  ];
}

function residentOf(pid: number): number {
  const [, pages = '0'] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ');
  return (Number(pages) * 4096) / 1e6;
}

function forkClients(kind: string, url: string, count: number) {
  const child = fork(fileURLToPath(new URL('./relayClients.ts', import.meta.url)), [
    kind,
    url,
    String(count),
  ]);
  return {
    child,
    ready: new Promise<void>((resolve, reject) => {
      child.on('message', (message) => message === 'ready' && resolve());
      child.once('exit', () => reject(new Error(`${kind} clients ended`)));
    }),
    async stop() {
      child.removeAllListeners('exit');
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}
