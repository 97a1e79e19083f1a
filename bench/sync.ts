/** From one device to another: a relay in a process of its own, the second device in another. */
import type { Contents } from '../workspace/contents.ts';
import { closeDatabase } from '../workspace/store/database.ts';
import { joinedVault, replicatorOf, startDeviceProcess, startRelay } from './devices.ts';
import { type Figure, median, percentile } from './figure.ts';
import { plainSocketTimes } from './plainSocket.ts';
import { addProfiles, emptyVault } from './vaults.ts';

const now = () => Number(process.hrtime.bigint()) / 1e6;
const sleep = (time: number) => new Promise((resolve) => setTimeout(resolve, time));

export async function sync(): Promise<Figure[]> {
  return [...(await edits()), ...(await catchingUp()), ...(await newDevice())];
}

function rename(contents: Contents, id: string, name: string): void {
  const { id: _i, createdAt: _c, updatedAt: _u, ...input } = contents.profiles.get(id);
  contents.profiles.replace(id, { ...input, name });
}

/** Twenty edits a second on one device, each seen in the other's list. */
async function edits(): Promise<Figure[]> {
  const relay = await startRelay();
  const { contents } = await emptyVault();
  await addProfiles(contents, 200);
  const replicator = replicatorOf(contents);
  replicator.start();
  await replicator.addRelay(relay.url);
  await replicator.settled(60_000);
  const second = await startDeviceProcess(await joinedVault(contents, relay.url));
  second.start();
  await second.next('settled');
  const ids = contents.profiles.listedIds();
  const took: number[] = [];
  for (let n = 0; n < 260; n++) {
    const name = `edit ${n}`;
    const at = now();
    await contents.vault.store.commit(() => rename(contents, ids[n % 20] ?? '', name));
    for (;;) {
      const seen = await second.next('seen');
      if (seen.name !== name) continue;
      if (n >= 60) took.push(Number(seen.at) - at);
      break;
    }
    await sleep(Math.max(0, 50 - (now() - at)));
  }
  await replicator.stop();
  await second.stop();
  closeDatabase(contents.vault.database);
  await relay.stop();
  const bare = await plainSocketTimes(200);
  return [
    {
      what: 'an edit on A is in B’s list, p50, 20 a second',
      value: median(took),
      baseline: median(bare),
      unit: 'ms',
      goal: '< 5 ms',
    },
    {
      what: 'the same, p95',
      value: percentile(took, 95),
      baseline: percentile(bare, 95),
      unit: 'ms',
      goal: '< 8 ms',
    },
  ];
}

/** Ten edits of each of a thousand profiles, made offline; the other is there when they come. */
async function catchingUp(): Promise<Figure[]> {
  const relay = await startRelay();
  const { contents } = await emptyVault();
  await addProfiles(contents, 1000);
  const replicator = replicatorOf(contents);
  replicator.start();
  await replicator.addRelay(relay.url);
  await replicator.settled(60_000);
  const dir = await joinedVault(contents, relay.url);
  await replicator.settled(60_000);
  await replicator.stop();
  for (let round = 0; round < 10; round++) {
    for (const id of contents.profiles.listedIds()) {
      await contents.vault.store.commit(() => rename(contents, id, `round ${round} of ${id}`));
    }
  }
  const second = await startDeviceProcess(dir);
  second.start();
  await second.next('settled');
  const started = now();
  const again = replicatorOf(contents);
  again.start();
  const last = await second.next('caughtUp');
  const took = Number(last.at) - started;
  await again.stop();
  await second.stop();
  await replicator.stop();
  closeDatabase(contents.vault.database);
  await relay.stop();
  return [
    {
      what: '10,000 edits of 1,000 profiles, made offline, are in the other’s list after',
      value: Number(took),
      baseline: null,
      unit: 'ms',
      goal: '< 900 ms',
    },
  ];
}

/** A device that has just joined a workspace with ten thousand profiles. */
async function newDevice(): Promise<Figure[]> {
  const relay = await startRelay();
  const { contents } = await emptyVault();
  await addProfiles(contents, 10_000);
  const replicator = replicatorOf(contents);
  replicator.start();
  await replicator.addRelay(relay.url);
  await replicator.settled(60_000);
  const dir = await joinedVault(contents, relay.url);
  await replicator.settled(60_000);
  const second = await startDeviceProcess(dir);
  second.start();
  const usable = await second.next('usable');
  const { took, rows, started } = await second.next('settled');
  if (Number(rows) !== 10_000) throw new Error(`only ${rows} profiles arrived`);
  const documents = contents.stats().documentBytes;
  const wire = contents.log.size().bytes;
  await second.stop();
  await replicator.stop();
  closeDatabase(contents.vault.database);
  await relay.stop();
  return [
    {
      what: 'a new device with 10,000 profiles shows its list after',
      value: Number(usable.at) - Number(started),
      baseline: null,
      unit: 'ms',
      goal: '< 500 ms',
    },
    {
      what: 'the same, complete',
      value: Number(took),
      baseline: null,
      unit: 'ms',
      goal: '< 1,500 ms',
    },
    {
      what: 'bytes on the wire for it (baseline: the documents as Automerge saves them)',
      value: wire / 1e6,
      baseline: documents / 1e6,
      unit: 'MB',
      goal: '3x',
    },
  ];
}
