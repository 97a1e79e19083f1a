/** Time, chance and a trace that are the same whenever a seed is: what a simulation runs on. */
import { createHash } from 'node:crypto';
import type { RandomBytes } from '../../../crypto/random.ts';
import type { Surroundings } from '../surroundings.ts';

export interface World {
  now(): number;
  /** 0 (inclusive) to 1. */
  chance(): number;
  /** A whole number below `bound`. */
  below(bound: number): number;
  pick<T>(list: readonly T[]): T | undefined;
  /** Seeded as well; each call gives another stream. */
  randomOf(name: string): RandomBytes;
  at(after: number, work: () => void): () => void;
  /** Lets time pass, event after event. */
  run(until: number): Promise<void>;
  /** Something that a trace tells two runs apart by. */
  note(what: string, bytes?: Uint8Array): void;
  traceHash(): string;
  readonly surroundings: Surroundings;
}

/** Rounds of the event loop without anything new after which everything is waiting for time to pass. */
const quietRounds = 4;
/** A life has some ten thousand rounds; one that goes on and on never comes to rest. */
const mostRounds = 40_000;

export function createWorld(seed: number): World {
  const next = generator(seed);
  const trace = createHash('sha256');
  let time = 1_800_000_000_000;
  let order = 0;
  let activity = 0;
  let rounds = 0;
  let events: { at: number; order: number; work: () => void }[] = [];

  function at(after: number, work: () => void): () => void {
    const event = { at: time + Math.max(0, Math.round(after)), order: order++, work };
    events.push(event);
    activity++;
    return () => {
      events = events.filter((one) => one !== event);
    };
  }

  /** What runs on promises and the event loop, until all of it waits for an event. */
  async function settle(): Promise<void> {
    let seen = -1;
    for (let quiet = 0; quiet < quietRounds; ) {
      quiet = seen === activity ? quiet + 1 : 0;
      seen = activity;
      if (++rounds > mostRounds) throw new Error('nothing comes to rest');
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  const world: World = {
    now: () => time,
    chance: next,
    below: (bound) => Math.floor(next() * bound),
    pick: (list) => list[Math.floor(next() * list.length)],
    randomOf(name) {
      const inner = generator(
        createHash('sha256').update(`${seed} ${name} ${order++}`).digest().readUInt32LE(0),
      );
      return (length) => Uint8Array.from({ length }, () => Math.floor(inner() * 256));
    },
    at,
    async run(until) {
      await settle();
      for (;;) {
        const due = events.reduce<(typeof events)[number] | null>(
          (first, event) =>
            !first || event.at < first.at || (event.at === first.at && event.order < first.order)
              ? event
              : first,
          null,
        );
        if (!due || due.at > until) break;
        events = events.filter((event) => event !== due);
        time = Math.max(time, due.at);
        due.work();
        activity++;
        await settle();
      }
      time = Math.max(time, until);
    },
    note(what, bytes) {
      activity++;
      trace.update(`${time} ${what} `);
      if (bytes) trace.update(bytes);
    },
    traceHash: () => trace.copy().digest('hex'),
    surroundings: {
      setTimer: (work, after) => at(after, work),
      chance: next,
      now: () => time,
      monotonic: () => time,
      pause: () => new Promise((resolve) => at(0, resolve)),
    },
  };
  return world;
}

/** Mulberry32: small, and the same everywhere. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
