/**
 * What replicating takes: the workspace's epochs and membership, the log of its sealed envelopes, and
 * for each relay what it does not have yet. Envelopes that were sealed before there was anybody to send
 * them to are dropped, with the attestations that nobody saw: once a vault is shared, it begins with all
 * that is in it.
 */
import type { Migration } from './index.ts';

export const replication: Migration = {
  name: 'replication',
  up(database) {
    database.exec(`
      create table epoch (
        id text primary key,
        key blob not null,
        -- Ids, comma-separated.
        parents text not null
      ) strict;
      insert into epoch select substr(name, 7), value, '' from secret where name like 'epoch:%';
      delete from secret where name like 'epoch:%';

      -- Signed, each naming those it follows.
      create table membership (
        position integer primary key autoincrement,
        id text not null unique,
        entry blob not null
      ) strict;

      drop table outbox;
      delete from attestation;
      -- Envelopes of this workspace, own ones and received ones, for every relay that may lack them.
      create table log (
        position integer primary key autoincrement,
        id blob not null unique,
        envelope blob not null,
        kind integer not null,
        device_id text not null,
        -- Its author's, see attestation.
        sequence integer not null,
        -- 0 as it was made; a compaction of many is one more than they are.
        level integer not null,
        -- Compacted: others of this log say the same.
        hidden integer not null default 0
      ) strict;
      create index log_by_id on log (id) where hidden = 0;
      create index log_by_level on log (level, position) where hidden = 0;
      create index log_by_author on log (device_id, sequence);

      create table relay (
        id text primary key,
        url text not null unique,
        added_at integer not null,
        incarnation blob,
        -- What was read of its log: a position, and the chain there.
        position integer not null default 0,
        chain blob not null
      ) strict;
      create table unsent (
        relay_id text not null references relay (id) on delete cascade,
        position integer not null references log (position) on delete cascade,
        primary key (relay_id, position)
      ) strict, without rowid;
      create index unsent_by_position on unsent (position);
      -- Ids that a relay is to hide, once it has all that stands for them.
      create table superseded (
        relay_id text not null references relay (id) on delete cascade,
        id blob not null,
        -- What has to be there before.
        until integer not null,
        primary key (relay_id, id)
      ) strict, without rowid;

      -- Received, and waiting for an epoch or a device that is not known yet.
      create table parked (
        id blob primary key,
        envelope blob not null,
        -- The epoch's tag, or the device; hexadecimal.
        wants text not null,
        received_at integer not null
      ) strict;
      -- Received, and not to be believed; the newest few hundred.
      create table refused (
        id blob primary key,
        reason text not null,
        device_id text,
        received_at integer not null
      ) strict;
      -- What a compaction stands for, device by device: attestations that are nowhere else any more.
      create table covered (
        device_id text not null,
        sequence_from integer not null,
        sequence_to integer not null,
        primary key (device_id, sequence_from, sequence_to)
      ) strict, without rowid;

      -- The newest session of a profile that another device captured, while it is not fetched.
      create table session_elsewhere (
        profile_id text primary key,
        device_id text not null,
        captured_at integer not null,
        state text not null
      ) strict;
      -- Documents of which something was received that was not opened yet.
      create table unopened (
        document_id text primary key,
        -- 1 where lists show it already as it is.
        shown integer not null
      ) strict, without rowid;
      create index unopened_by_shown on unopened (shown);

      -- What other devices are given of a profile's session here: kept until every relay has it.
      create table session_travel (
        profile_id text primary key,
        blob_id text not null references blob (id),
        relay_blob text not null,
        size integer not null
      ) strict;
      create table session_sent (
        relay_id text not null references relay (id) on delete cascade,
        relay_blob text not null,
        primary key (relay_id, relay_blob)
      ) strict, without rowid;
      -- 1 where the state came from another device and the folder has not seen it.
      alter table session add column state_newer integer not null default 0;
    `);
  },
};
