/**
 * How profiles were used on this device: which hosts each one's browser talked to, and when a person
 * opened it last. It is not synced: it says where somebody was and when, it is of use where a proxy or a
 * page is looked into, and each device reaches hosts in its own way.
 */
import type { Migration } from './index.ts';

export const profileUse: Migration = {
  name: 'profileUse',
  up(database) {
    database.exec(`
      create table contacted_host (
        profile_id text not null,
        host text not null,
        port integer not null,
        connections integer not null,
        -- How many of those were not let through, and why the last of them was not.
        blocked integer not null,
        reason text,
        first_at integer not null,
        last_at integer not null,
        primary key (profile_id, host, port)
      ) strict, without rowid;
      create index contacted_host_by_time on contacted_host (profile_id, last_at desc);
      create table profile_opening (
        profile_id text primary key,
        at integer not null
      ) strict, without rowid;
      -- Whoever deletes a profile for good, here or on another device, all of this goes with it.
      create trigger use_of_purged_profile after insert on tombstone begin
        delete from contacted_host where profile_id = new.document_id;
        delete from profile_opening where profile_id = new.document_id;
      end;
    `);
  },
};
