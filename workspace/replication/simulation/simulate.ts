/**
 * One simulated life of a workspace: devices that edit, crash, go away, are added, removed and put back
 * from backups, and a relay to which everything happens. Afterwards all is healed, and what must hold is
 * looked for. The same seed is the same life, to the byte.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RelayStore } from '../../../sync-relay/store/relayStore.ts';
import { profileInputSchema } from '../../model/profile.ts';
import { encodeEntries } from '../../outbox/bodies.ts';
import { compact } from '../compaction.ts';
import { type Lease, leaseTimes } from '../leases.ts';
import { createReceiver } from '../receiving/receiver.ts';
import { createDeviceNode, type DeviceNode, type Mutation } from './deviceNode.ts';
import { createRelayNode, lies } from './relayNode.ts';
import { createWorld } from './world.ts';

export interface SimulationOptions {
  readonly seed: number;
  /** Told what happens, step by step. */
  readonly tell?: (line: string) => void;
  /** A bug to put in, so that the simulation can be seen to find it. */
  readonly mutation?: Mutation & { relay?(store: RelayStore): RelayStore };
}

export interface SimulationResult {
  /** What does not hold, in words; empty when all does. */
  readonly problems: readonly string[];
  /** 64 hexadecimal digits, over everything that was sent and when. */
  readonly trace: string;
  readonly edits: number;
  readonly faults: number;
}

interface Edit {
  readonly profile: string;
  readonly tag: string;
  readonly device: string;
  /** The device's sequence right after it. */
  readonly sequence: number;
}

const steps = 60;
const mostDevices = 6;

export async function simulate({
  seed,
  mutation = {},
  tell = () => undefined,
}: SimulationOptions): Promise<SimulationResult> {
  const world = createWorld(seed);
  const memory = '/dev/shm';
  const folder = mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), 'warren-sim-'));
  const relay = await createRelayNode(
    world,
    `${folder}/relay`,
    'relay.test:1',
    mutation.relay ?? ((store) => store),
  );
  const devices: DeviceNode[] = [];
  const removed = new Map<DeviceNode, { readonly pin: number }>();
  const backedUp = new Set<DeviceNode>();
  /** Devices put back from a backup that do not have again what they had sent since. */
  const putBack = new Set<DeviceNode>();
  const edits: Edit[] = [];
  const purged = new Set<string>();
  const profiles: string[] = [];
  let hasRelayBackup = false;
  let faults = 0;
  let restored = false;
  /** Whether the relay ever lost or withheld anything. */
  let forgotten = false;
  let serial = 0;
  /** Devices that believe to have a profile's lease, by profile. */
  const holders = new Map<string, Map<DeviceNode, Lease>>();
  const overlaps: string[] = [];

  /** @returns whether there was room for it. */
  function attempt(work: () => void): boolean {
    try {
      work();
      return true;
    } catch (error) {
      if (!isFull(error)) throw error;
      return false;
    }
  }

  const live = () => devices.filter((device) => device.isUp() && !removed.has(device));
  const uuid = () => `00000000-0000-4000-8000-${(++serial).toString(16).padStart(12, '0')}`;

  async function addDevice(): Promise<void> {
    const inviter = world.pick(live()) ?? null;
    if (devices.length > 0 && !inviter) return;
    const name = `d${devices.length}`;
    if (inviter) inviter.fillDisk(false);
    const device = await createDeviceNode(
      world,
      `${folder}/${name}`,
      name,
      relay.dialFor(name),
      mutation,
      inviter,
    );
    devices.push(device);
    await device.up();
    await device.replicator().addRelay(relay.url);
  }

  function edit(device: DeviceNode): void {
    const { vault, profiles: records, outbox } = device.contents();
    const known = records.listedIds();
    const id = world.chance() < 0.7 ? world.pick(known) : undefined;
    const profile = id ?? uuid();
    const tag = `t${++serial}`;
    const isStored = attempt(() =>
      vault.store.write(() => {
        if (id === undefined)
          records.addAs(profile, profileInputSchema.parse({ name: profile, tags: [tag] }));
        else {
          const { id: _i, createdAt: _c, updatedAt: _u, ...input } = records.get(profile);
          records.replace(profile, { ...input, tags: [...input.tags, tag] });
        }
      }),
    );
    if (!isStored) return;
    if (id === undefined) profiles.push(profile);
    // Once it returns it is on disk: from now on it may not be lost.
    edits.push({ profile, tag, device: device.name, sequence: outbox.last().sequence });
    world.note(`${device.name} edits`);
    say(`${device.name} adds ${tag} to ${profile.slice(-4)}`);
  }

  function purge(device: DeviceNode): void {
    const { vault, profiles: records } = device.contents();
    const id = world.pick(records.listedIds());
    if (!id) return;
    const isStored = attempt(() =>
      vault.store.write(() => {
        records.trash([id]);
        records.purge([id]);
      }),
    );
    if (isStored) purged.add(id);
  }

  function remove(by: DeviceNode): void {
    const victim = world.pick(live().filter((device) => device !== by));
    if (!victim || live().length < 3) return;
    const { vault, membership, outbox } = by.contents();
    const pin = outbox.reached(victim.id);
    const isStored = attempt(() =>
      vault.store.write(() => membership.removeDevice(victim.id, pin, false)),
    );
    if (isStored) removed.set(victim, { pin });
  }

  function crash(device: DeviceNode): void {
    device.crash();
    // What it had open went with it.
    for (const holding of holders.values()) holding.delete(device);
  }

  /** Opens a profile for a while, as far as its lease lets it. */
  function use(device: DeviceNode): void {
    // Few, so that many want the same one.
    const profile = world.pick(profiles.slice(0, 2));
    if (!profile || holders.get(profile)?.has(device)) return;
    const holding = holders.get(profile) ?? new Map<DeviceNode, Lease>();
    holders.set(profile, holding);
    const { leases } = device.replicator();
    const stop = () => holding.delete(device);
    leases.take(profile, '', false, stop).then(
      (lease) => {
        if (!lease || !device.isUp()) return;
        holding.set(device, lease);
        if (holding.size > 1) {
          overlaps.push(
            `${[...holding.keys()].map(({ name }) => name)} use ${profile} at the same time`,
          );
        }
        world.at(world.below(2 * leaseTimes.lasts), () => {
          // Its process may have ended meanwhile, and another have taken it again.
          if (holding.get(device) !== lease) return;
          holding.delete(device);
          void lease.release();
        });
      },
      () => undefined,
    );
  }

  const isSettled = (device: DeviceNode) =>
    device
      .replicator()
      .status()
      .relays.every(({ state, unsent }) => state === 'upToDate' && unsent === 0);

  const say = (line: string) => tell(`${world.now() - 1_800_000_000_000} ${line}`);

  async function step(): Promise<void> {
    const device = world.pick(live());
    const action = world.chance();
    if (device && action < 0.48) return edit(device);
    if (device && action < 0.55) return use(device);
    faults += 1;
    say(`${device?.name} fault ${action.toFixed(3)}`);
    if (device && action < 0.58) return purge(device);
    if (device && action < 0.66) return relay.cut(device.name);
    if (device && action < 0.72) return relay.partition(device.name, world.chance() < 0.6);
    if (device && action < 0.78) {
      crash(device);
      world.at(world.below(20_000), () => void (device.isUp() || device.up()));
      return;
    }
    if (device && action < 0.8) {
      device.backUp();
      backedUp.add(device);
      return;
    }
    if (device && action < 0.83) {
      // What it had not sent would be gone with the disk, and nobody could know.
      if (!backedUp.has(device) || !isSettled(device) || relay.deceives(device.name)) return;
      crash(device);
      device.restoreBackup();
      restored = true;
      putBack.add(device);
      return device.up();
    }
    if (device && action < 0.86) {
      // Not only when there is enough: the fewer, the more compactions meet one another.
      const level = world.below(3);
      compact(device.contents(), level, world.surroundings.pause).catch((error: unknown) => {
        if (device.isUp() && !isFull(error)) throw error;
      });
      return;
    }
    if (action < 0.89 && devices.length < mostDevices) return addDevice();
    if (device && action < 0.9) return remove(device);
    // Long enough for leases to run out, and a bit.
    if (action < 0.92) return world.run(world.now() + world.below(2 * leaseTimes.lasts));
    if (action < 0.93) return relay.restart();
    if (action < 0.95) {
      hasRelayBackup = true;
      return relay.backUp();
    }
    if (device && action < 0.955) {
      device.fillDisk(true);
      world.at(world.below(10_000), () => device.isUp() && device.fillDisk(false));
      return;
    }
    // What a device had sent before it was put back from a backup may be nowhere but there.
    for (const one of putBack) if (one.isUp() && isSettled(one)) putBack.delete(one);
    if (putBack.size > 0) return;
    forgotten = true;
    if (action < 0.97 && hasRelayBackup) return relay.restore('backup');
    if (action < 0.98) return relay.restore('nothing');
    if (device && action < 0.987) return relay.fork(device.name);
    if (device) relay.lie(device.name, world.pick(lies) ?? 'withheld');
  }

  async function heal(): Promise<void> {
    await relay.beHonest();
    for (const device of devices) {
      relay.partition(device.name, false);
      if (device.isUp()) device.fillDisk(false);
      else await device.up();
    }
    for (let round = 0; round < 6; round++) {
      for (const device of devices) {
        // Connecting anew is when a device looks for what it is missing.
        relay.cut(device.name);
        device.replicator().wake();
      }
      await world.run(world.now() + 120_000);
    }
  }

  try {
    for (let n = 0; n < 2 + world.below(2); n++) {
      await addDevice();
      await world.run(world.now() + 2_000);
    }
    for (let n = 0; n < steps; n++) {
      await step();
      await world.run(world.now() + world.below(1_500));
    }
    say('healing');
    await heal();
    const problems = await verdict();
    return { problems, trace: world.traceHash(), edits: edits.length, faults };
  } finally {
    for (const device of devices) if (device.isUp()) device.crash();
    await relay.stop();
    rmSync(folder, { recursive: true, force: true });
  }

  async function verdict(): Promise<string[]> {
    // A relay that lost its registers, or tells two stories, can not keep two devices apart.
    const problems = forgotten ? [] : [...overlaps];
    const honest = members();
    const contentOf = (device: DeviceNode) => {
      const { profiles: records, documents } = device.contents();
      const listed = new Set(records.listedIds());
      return new Map(
        documents.ids('profile').map((id) => {
          if (!listed.has(id)) return [id, 'in the trash'];
          const { name, notes, tags } = records.get(id);
          return [id, JSON.stringify({ name, notes, tags: [...tags].sort() })];
        }),
      );
    };
    const [reference, ...others] = honest.map((device) => [device, contentOf(device)] as const);
    if (!reference) return problems;
    for (const [device, content] of others) {
      for (const id of new Set([...content.keys(), ...reference[1].keys()])) {
        if (content.get(id) !== reference[1].get(id)) {
          problems.push(
            `${device.name} and ${reference[0].name} differ in ${id}: ${content.get(id)} and ${reference[1].get(id)}`,
          );
        }
      }
    }
    // What a removed device did beyond its pin does not count, nor what whom it let in did.
    const uncounted = new Map(
      devices
        .filter((device) => !honest.includes(device))
        .map((device) => [device.name, removed.get(device)?.pin ?? 0]),
    );
    const counts = ({ device, sequence }: Edit) => sequence <= (uncounted.get(device) ?? Infinity);
    const lost = new Set(edits.filter((edit) => !counts(edit)).map(({ profile }) => profile));
    for (const edit of edits) {
      const { profile, tag, device } = edit;
      if (purged.has(profile) || lost.has(profile) || !counts(edit)) continue;
      if (!reference[1].get(profile)?.includes(`"${tag}"`)) {
        problems.push(`an acknowledged edit of ${device} is gone: ${tag} of ${profile}`);
      }
    }
    // A vault that was put back from a backup tells its activity a second time, and differently; where
    // the relay had lost what the vault told before, it can not know, and speaks with two tongues.
    const expected = new Set([
      'removed',
      ...(restored ? ['badEntry'] : []),
      ...(restored && forgotten ? ['fork'] : []),
    ]);
    for (const device of honest) {
      const { relays, trouble } = device.replicator().status();
      const { epochs } = device.contents();
      const ids = epochs.all().map(({ id }) => id.slice(0, 4));
      say(`${device.name} has the epochs ${ids}, now ${epochs.current().id.slice(0, 4)}`);
      const state = relays[0]?.state;
      if (state !== 'upToDate') problems.push(`${device.name} is ${state} (${relays[0]?.reason})`);
      if (trouble.missing.length > 0 && removed.size === 0 && !(restored && forgotten)) {
        problems.push(`${device.name} misses ${JSON.stringify(trouble.missing)}`);
      }
      if (trouble.parked > 0 && removed.size === 0 && !restored)
        problems.push(`${device.name} keeps ${trouble.parked} parked`);
      const bad = trouble.refused.filter(({ reason }) => !expected.has(reason));
      if (bad.length > 0) problems.push(`${device.name} refused ${JSON.stringify(bad)}`);
      const complaints = device.complaints.filter((line) => !line.includes('disk is full'));
      if (complaints.length > 0)
        problems.push(`${device.name} complained: ${complaints.join('; ')}`);
    }
    const current = new Set(honest.map((device) => device.contents().epochs.current().id));
    if (current.size > 1) problems.push('the devices do not agree on the newest epoch');
    // A removal that was beaten by another removed nobody.
    for (const device of devices.filter((one) => removed.has(one) && !honest.includes(one))) {
      for (const { id } of device.contents().epochs.all()) {
        if (current.has(id)) problems.push(`${device.name} was removed and reads the newest epoch`);
      }
      problems.push(...saidAfterwards(device, honest));
    }
    return problems;
  }

  /** What a removed device says, brought to the others by whoever helps it. */
  function saidAfterwards(gone: DeviceNode, honest: readonly DeviceNode[]): string[] {
    const { vault, log, outbox } = gone.contents();
    const { sequence } = outbox.last();
    vault.store.write(() => outbox.seal('entries', encodeEntries([])));
    const said = log.of(gone.id, sequence).map(({ envelope }) => envelope);
    return honest.flatMap((device) => {
      const outcomes = createReceiver(device.contents()).take(said, null);
      return outcomes.includes('taken')
        ? [`${device.name} takes what ${gone.name} says after its removal`]
        : [];
    });
  }

  /** Who belongs in the end, as those say who do: whom a removed device let in meanwhile does not. */
  function members(): DeviceNode[] {
    const staying = devices.filter((device) => !removed.has(device));
    for (const device of staying) {
      const known = device.contents().membership.current().devices;
      const all = devices.filter(({ id }) => known.get(id) && !known.get(id)?.removed);
      if (all.includes(device) && isSettled(device)) return all;
    }
    return staying;
  }
}

const isFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'SQLITE_FULL';
