/**
 * Who uses a profile now. A lease is a register at a relay, written by compare and swap: exact, whatever
 * the clocks of the devices say, and sealed, so that the relay learns that something is in use and nothing
 * more. Its age is the relay's; a holder counts its own time from before it asked, and stops first.
 */
import { encodeParts, utf8 } from '../../crypto/bytes.ts';
import { deriveKey } from '../../crypto/derivedKey.ts';
import { blindedTag } from '../../crypto/epoch.ts';
import { unwrapKey, wrapKey } from '../../crypto/keyWrap.ts';
import type { RelayClient } from '../../sync-relay/client/relayClient.ts';
import type { Contents } from '../contents.ts';
import { uuidBytes } from '../documents/documentId.ts';
import { FailureError } from '../model/failure.ts';

export interface LeaseHolder {
  readonly deviceId: string;
  readonly device: string;
  /** Milliseconds since 1970, by the holder's clock. */
  readonly since: number;
  readonly self: boolean;
}

export interface LeaseState {
  /** False when no relay can be reached: somebody may have it. */
  readonly known: boolean;
  readonly holder: LeaseHolder | null;
}

export interface Lease {
  /** Rises whenever the lease changes hands; what an outdated holder does can be told apart by it. */
  readonly fencingToken: number;
  release(): Promise<void>;
}

export interface Leases {
  state(profileId: string): Promise<LeaseState>;
  /**
   * Takes a profile's lease and renews it until it is released.
   *
   * @param onLost called when it could not be renewed and is about to run out: whoever uses the profile
   *   has to have stopped when the function returns its promise.
   * @param branch goes on without a lease where no relay can say who has it.
   * @returns null where there is nobody to share with, or on a branch.
   * @throws FailureError `profileLocked` with who has it; `lockUnknown` when no relay can be reached.
   */
  take(
    profileId: string,
    profileName: string,
    branch: boolean,
    onLost: () => void,
  ): Promise<Lease | null>;
  /** Releases all that is held here. */
  stop(): Promise<void>;
}

/** Who keeps the leases: the same for all devices, or two could hold one. */
export interface LeaseAuthority {
  /** False where there is nobody to share with. */
  readonly configured: boolean;
  /** Null while it can not be reached. */
  readonly client: Pick<RelayClient, 'ask'> | null;
}

export interface LeaseClock {
  setTimer(work: () => void, after: number): () => void;
  /** Milliseconds that only go forward. */
  monotonic(): number;
  /** Milliseconds since 1970. */
  now(): number;
}

/** Milliseconds: how long a lease lasts without being renewed, and how often it is. */
export const leaseTimes = { lasts: 30 * 60_000, renewed: 5 * 60_000 } as const;
/** The holder stops a little early, whoever takes over begins a little late: clocks run unevenly. */
const margin = 0.01;

/** Milliseconds after which a lease that could not be let go is tried to be again. */
const releasedAgain = 500;
/** How often, before the host ends. */
const lastTries = 4;

export function createLeases(
  contents: Contents,
  authority: () => LeaseAuthority,
  clock: LeaseClock,
): Leases {
  const { vault, epochs, membership } = contents;
  const { keys, random } = vault;
  const { channel } = keys;
  const held = new Map<string, Lease>();

  /** The same in all epochs, so that a rotation takes nobody's lease away. */
  function registerOf(profileId: string): Uint8Array {
    const [first] = epochs.all();
    if (!first) throw new Error('the vault has no epoch');
    return blindedTag(deriveKey(first.key, 'warren/lease-name/v1'), uuidBytes(profileId));
  }

  const context = (register: Uint8Array) => encodeParts(utf8('warren/lease/v1'), channel, register);
  const sealingKey = (epochKey: Uint8Array) => deriveKey(epochKey, 'warren/lease-value/v1');

  function seal(register: Uint8Array, since: number): Uint8Array {
    const plain = utf8(JSON.stringify({ device: keys.device.id, since }));
    return wrapKey(sealingKey(epochs.current().key), plain, context(register), random);
  }

  /** @returns who wrote it; somebody unknown when it can not be opened. */
  function holderOf(register: Uint8Array, value: Uint8Array): LeaseHolder | null {
    if (value.length === 0) return null;
    for (const epoch of epochs.all().toReversed()) {
      const plain = unwrapKey(sealingKey(epoch.key), value, context(register));
      const parsed = plain && parse(plain);
      if (!parsed) continue;
      const { device, since } = parsed;
      const name = membership.device(device)?.name ?? device.slice(0, 8);
      return { deviceId: device, device: name, since, self: device === keys.device.id };
    }
    return { deviceId: '', device: '?', since: clock.now(), self: false };
  }

  /** Registers of leases that could not be let go yet, with the version that is to be written over. */
  const notLetGo = new Map<Uint8Array, number>();
  let stopped = false;

  const hasRunOut = (age: number) => age > leaseTimes.lasts * (1 + margin);

  async function state(profileId: string): Promise<LeaseState> {
    const { configured, client } = authority();
    if (!client) return { known: !configured, holder: null };
    const register = registerOf(profileId);
    try {
      const slot = await client.ask('getRegister', { channel, register });
      const holder = hasRunOut(slot.age) ? null : holderOf(register, slot.value);
      return { known: true, holder };
    } catch {
      return { known: false, holder: null };
    }
  }

  async function take(
    profileId: string,
    profileName: string,
    branch: boolean,
    onLost: () => void,
  ): Promise<Lease | null> {
    const { configured, client } = authority();
    if (!configured) return null;
    const unknown = () => new FailureError({ code: 'lockUnknown', name: profileName });
    if (!client) {
      if (branch) return null;
      throw unknown();
    }
    const register = registerOf(profileId);
    const since = clock.now();
    for (;;) {
      let asked = clock.monotonic();
      let slot: { version: number; value: Uint8Array; age: number };
      try {
        slot = await client.ask('getRegister', { channel, register });
        const holder = holderOf(register, slot.value);
        // One of this very device is left from before a crash: nobody but this host has the vault open.
        if (holder && !holder.self && !hasRunOut(slot.age)) {
          const { device, since } = holder;
          throw new FailureError({ code: 'profileLocked', name: profileName, device, since });
        }
        asked = clock.monotonic();
        const value = seal(register, since);
        const written = await client.ask('setRegister', {
          channel,
          register,
          version: slot.version,
          value,
        });
        // Somebody was faster; whoever it is, is named in the next round.
        if (!written.set) continue;
        const lease = hold(profileId, register, since, written.version, asked, onLost);
        held.set(profileId, lease);
        return lease;
      } catch (error) {
        if (error instanceof FailureError) throw error;
        if (branch) return null;
        throw unknown();
      }
    }
  }

  function hold(
    profileId: string,
    register: Uint8Array,
    since: number,
    first: number,
    takenAt: number,
    onLost: () => void,
  ): Lease {
    let version = first;
    let sureUntil = takenAt + leaseTimes.lasts * (1 - margin);
    let over = false;
    let stopRenewing = clock.setTimer(renew, leaseTimes.renewed);
    let stopDeadline = clock.setTimer(giveUp, sureUntil - clock.monotonic());

    function end(): void {
      over = true;
      stopRenewing();
      stopDeadline();
      held.delete(profileId);
    }

    function giveUp(): void {
      if (over) return;
      end();
      onLost();
    }

    async function renewOnce(): Promise<void> {
      const { client } = authority();
      if (!client) return;
      const asked = clock.monotonic();
      const value = seal(register, since);
      const done = await client.ask('setRegister', { channel, register, version, value });
      if (over) return;
      if (!done.set) {
        giveUp();
        return;
      }
      version = done.version;
      sureUntil = asked + leaseTimes.lasts * (1 - margin);
      stopDeadline();
      stopDeadline = clock.setTimer(giveUp, sureUntil - clock.monotonic());
    }

    function renew(): void {
      // What fails now is tried again; the deadline does not wait for it.
      void renewOnce()
        .catch(() => undefined)
        .finally(() => {
          if (!over) stopRenewing = clock.setTimer(renew, leaseTimes.renewed);
        });
    }

    return {
      fencingToken: first,
      async release() {
        if (over) return;
        end();
        if (await letGo(register, version)) return;
        // A connection ends when keys are replaced, and is back in a moment. Otherwise it runs out by itself.
        notLetGo.set(register, version);
        letGoSoon(releasedAgain);
      },
    };
  }

  /** @returns whether nobody has to wait for it any more. */
  async function letGo(register: Uint8Array, version: number): Promise<boolean> {
    const { client } = authority();
    const value = new Uint8Array();
    try {
      return Boolean(await client?.ask('setRegister', { channel, register, version, value }));
    } catch {
      return false;
    }
  }

  async function letGoAll(): Promise<void> {
    for (const [register, version] of [...notLetGo]) {
      if (await letGo(register, version)) notLetGo.delete(register);
    }
  }

  /** Longer each time, until they have run out by themselves. */
  function letGoSoon(after: number): void {
    clock.setTimer(async () => {
      if (stopped) return;
      if (after > leaseTimes.lasts) notLetGo.clear();
      await letGoAll();
      if (notLetGo.size > 0) letGoSoon(2 * after);
    }, after);
  }

  return {
    state,
    take,
    async stop() {
      await Promise.all([...held.values()].map((lease) => lease.release()));
      stopped = true;
      for (let n = 0; n < lastTries && notLetGo.size > 0; n++) {
        await new Promise<void>((resolve) => clock.setTimer(resolve, releasedAgain));
        await letGoAll();
      }
    },
  };
}

function parse(plain: Uint8Array): { device: string; since: number } | null {
  try {
    const value = JSON.parse(Buffer.from(plain).toString()) as Record<string, unknown>;
    const { device, since } = value;
    return typeof device === 'string' && typeof since === 'number' ? { device, since } : null;
  } catch {
    return null;
  }
}
