/**
 * Time that never goes back: the wall clock, or one millisecond after the last time that was given out,
 * whichever is later. A clock that is set back ten years then loses nobody's order; what is written
 * shows the last known time until the clock is right again.
 */
import type { Database } from './database.ts';

export interface Clock {
  /** Milliseconds since 1970; larger at each call. */
  tick(): number;
  /** Takes note of a time that comes from elsewhere, so that what follows is later. */
  observe(time: number): void;
}

/** How far ahead of the wall clock a time from elsewhere may push this one: a day. */
const farAhead = 24 * 3_600_000;

export function createClock(wall: () => number, last = 0): Clock {
  let latest = last;
  return {
    tick() {
      latest = Math.max(wall(), latest + 1);
      return latest;
    },
    observe(time) {
      // A neighbour whose clock runs years ahead must not take this vault along.
      if (time > latest && time <= wall() + farAhead) latest = time;
    },
  };
}

/** The device that this vault's keys are of. */
const own = "(select value from meta where name = 'device')";

/**
 * Only what this device wrote: entries of others say what they like. Each is answered from the end of an
 * index: what a vault holds is not gone through when it opens.
 */
const latest = [
  // Taken in from elsewhere, it is never ahead of the clock that took it in.
  'select max(changed_at) from document',
  `select max(at) from (select at, device_id from entry order by position desc limit 100)
   where device_id = ${own}`,
  `select max(at) from (
     select at from entry
     where journal = 'activity' and subject = ${own} and device_id = ${own}
     order by sequence desc limit 1
   )`,
  `select max(used_at) from actor_nonce where device_id = ${own}`,
] as const;

/** The latest time that this device wrote anything at, as far as it can be read. */
export function latestTime(database: Database): number {
  const times = latest.map((sql) => {
    try {
      return Number(database.prepare(sql).pluck().get() ?? 0);
    } catch {
      // A damaged page must not keep the rest closed; the order of new records is what is at stake.
      return 0;
    }
  });
  return Math.max(0, ...times);
}
