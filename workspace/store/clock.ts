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

/** The latest time that anything in the database was written at. */
export function latestTime(database: Database): number {
  const newest = database
    .prepare<[], number | null>(
      `select max(
         coalesce((select max(updated_at) from record_view), 0),
         coalesce((select max(at) from (select at from entry order by position desc limit 100)), 0),
         coalesce((select max(used_at) from actor_nonce), 0),
         coalesce((select max(created_at) from blob), 0))`,
    )
    .pluck()
    .get();
  return newest ?? 0;
}
