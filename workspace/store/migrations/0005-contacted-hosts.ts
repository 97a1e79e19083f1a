/**
 * Which hosts each profile's browser talked to on this device. It is not synced: it says where somebody
 * was, it is of use where a proxy or a page is looked into, and each device reaches hosts in its own way.
 */
import type { Migration } from './index.ts';

export const contactedHosts: Migration = {
  name: 'contactedHosts',
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
      -- Whoever deletes a profile for good, here or on another device, its visits go with it.
      create trigger contacted_host_of_purged after insert on tombstone begin
        delete from contacted_host where profile_id = new.document_id;
      end;
    `);
  },
};
