/**
 * When a person opened each profile last on this device. Other devices are not told: runs are shared with
 * those that share their history, what a person does by hand is not.
 */
import type { Store } from '../store/store.ts';

export interface ProfileOpenings {
  /** To be called inside a transaction. @param at milliseconds since 1970. */
  note(profileId: string, at: number): void;
  /** Of those that were ever opened. */
  latest(profileIds: readonly string[]): ReadonlyMap<string, number>;
}

export function createProfileOpenings(store: Store): ProfileOpenings {
  const { database } = store;
  const put = database.prepare('insert or replace into profile_opening values (?, ?)');
  const select = database.prepare<[string], { profile_id: string; at: number }>(
    'select * from profile_opening where profile_id in (select value from json_each(?))',
  );
  return {
    note(profileId, at) {
      put.run(profileId, at);
      store.touch('profile', profileId);
    },
    latest: (profileIds) =>
      new Map(select.all(JSON.stringify(profileIds)).map((row) => [row.profile_id, row.at])),
  };
}
