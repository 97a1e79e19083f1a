/** Records, the journal of runs, the views over both, sealed files and sessions. */
import type { Migration } from './index.ts';

export const initial: Migration = {
  name: 'initial',
  up(database) {
    database.exec(`
      create table record (
        id text primary key,
        kind text not null,
        body text not null,
        created_at integer not null,
        updated_at integer not null
      ) strict;
      create index record_by_kind on record (kind);

      -- Events never change; a run's sequence has no gaps.
      create table run_entry (
        run_id text not null,
        sequence integer not null,
        body text not null,
        primary key (run_id, sequence)
      ) strict, without rowid;

      -- Views: kept from records and entries in the same transaction, rebuilt from them at any time.
      create table record_view (
        id text primary key,
        kind text not null,
        name text not null,
        name_key text not null,
        search_text text not null,
        summary text not null,
        created_at integer not null,
        updated_at integer not null,
        last_run_at integer not null default 0,
        last_outcome text
      ) strict;
      create index record_view_by_name on record_view (kind, name_key, id);
      create index record_view_by_created on record_view (kind, created_at desc, id);
      create index record_view_by_recent on record_view (kind, last_run_at desc, id);

      create table run_view (
        id text primary key,
        workflow_id text not null,
        workflow_name text not null,
        status text not null,
        started_at integer not null,
        finished_at integer,
        tasks integer not null,
        succeeded integer not null default 0,
        failed integer not null default 0,
        variables text not null,
        headless integer not null
      ) strict;
      create index run_by_start on run_view (started_at desc, id);
      create index run_by_workflow on run_view (workflow_id, started_at desc);
      create index run_by_status on run_view (status, started_at desc);

      create table task_view (
        id text primary key,
        run_id text not null,
        position integer not null,
        profile_id text not null,
        profile_name text not null,
        status text not null,
        started_at integer,
        finished_at integer,
        steps_finished integer not null default 0,
        current_step text,
        failure text
      ) strict;
      create index task_by_run on task_view (run_id, position);
      create index task_by_profile on task_view (profile_id);

      create table blob (
        id text primary key,
        size integer not null,
        media_type text not null,
        created_at integer not null
      ) strict;

      -- One row a profile that has been opened on this device.
      create table session (
        profile_id text primary key,
        folder_blob text references blob (id),
        state_blob text references blob (id),
        captured_at integer,
        open_folder text
      ) strict;
    `);
  },
};
