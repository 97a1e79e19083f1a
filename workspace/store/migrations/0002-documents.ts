/**
 * Records become Automerge documents, entries are signed, blobs count who uses them, and the vault gets
 * an account root, a device and its first epoch. Views are only emptied here: they are made again from
 * documents and entries when the vault opens.
 */
import { actorNonceBytes } from '../../documents/actor.ts';
import { createChunks } from '../../documents/chunks.ts';
import { documentIdOf, uuidBytes } from '../../documents/documentId.ts';
import { firstKeys, storeKeys } from '../../keys/vaultKeys.ts';
import { documentOfRow, signedEntries } from './0002-conversion.ts';
import type { Migration } from './index.ts';

interface RecordRow {
  id: string;
  kind: string;
  body: string;
  created_at: number;
  updated_at: number;
}

const isRecord = (row: RecordRow) => row.kind === 'profile' || row.kind === 'workflow';

export const documents: Migration = {
  name: 'documents',
  up(database, { random, now, deviceName }) {
    database.exec(`
      -- Small facts about this vault on this device: settings, versions of views, the last known time.
      create table meta (name text primary key, value text not null) strict;
      -- Keys. The whole file is encrypted; nothing here leaves it except wrapped.
      create table secret (name text primary key, value blob not null) strict;
      create table device (
        id text primary key,
        name text not null,
        signing_key blob not null,
        box_key blob not null,
        certificate blob not null,
        added_at integer not null
      ) strict;
      -- Starts of hosts that wrote something: an actor id follows from device, document and nonce.
      create table actor_nonce (
        nonce blob primary key,
        device_id text not null,
        used_at integer not null
      ) strict, without rowid;

      create table document (
        id text primary key,
        kind text not null,
        bytes integer not null,
        -- When its newest change was made; kept here because Automerge tells it at some cost.
        changed_at integer not null
      ) strict;
      create index document_by_kind on document (kind);
      create index document_by_change on document (changed_at);
      -- The storage of documents, by keys of automerge-repo's storage adapters.
      create table chunk (key text not null unique, data blob not null) strict;
      -- Documents deleted for good; absence alone never means deletion.
      create table tombstone (
        document_id text primary key,
        kind text not null,
        name text not null,
        device_id text not null,
        deleted_at integer not null
      ) strict;
      -- Sealed and signed, in the order in which they were made, for whoever replicates this vault.
      create table outbox (
        sequence integer primary key autoincrement,
        envelope_id blob not null unique,
        envelope blob not null
      ) strict;
      -- Which of them carry a change of a document: who made it, by signature.
      create table attestation (
        device_id text not null,
        device_sequence integer not null,
        id blob not null,
        primary key (device_id, device_sequence)
      ) strict;

      create table entry (
        position integer primary key autoincrement,
        journal text not null,
        subject text not null,
        sequence integer not null,
        at integer not null,
        device_id text not null,
        body text not null,
        previous blob not null,
        signature blob not null,
        unique (journal, subject, sequence)
      ) strict;
      create trigger entry_never_changes before update on entry
      begin select raise(abort, 'entries never change'); end;

      -- What a blob was called in the vault that it was imported from.
      create table blob_alias (
        alias text primary key,
        blob_id text not null references blob (id) on delete cascade
      ) strict, without rowid;
      create index blob_alias_by_blob on blob_alias (blob_id);
      create table blob_use (
        blob_id text not null references blob (id),
        user text not null,
        primary key (blob_id, user)
      ) strict, without rowid;
      create index blob_use_by_user on blob_use (user);

      drop table record_view;
      drop table run_view;
      drop table task_view;
      create table record_view (
        id text primary key,
        kind text not null,
        name text not null,
        name_key text not null,
        search_text text not null,
        summary text not null,
        created_at integer not null,
        updated_at integer not null,
        trashed_at integer,
        last_run_at integer not null default 0,
        last_outcome text
      ) strict;
      create index record_view_by_name on record_view (kind, name_key, id) where trashed_at is null;
      create index record_view_by_created on record_view (kind, created_at desc, id) where trashed_at is null;
      create index record_view_by_recent on record_view (kind, last_run_at desc, id) where trashed_at is null;
      create index record_view_by_trashed on record_view (trashed_at desc, id) where trashed_at is not null;

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
      create index run_by_workflow on run_view (workflow_id, started_at desc, id);
      create index run_by_status on run_view (status, started_at desc, id);

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
      create index task_by_profile on task_view (profile_id, run_id);

      create table activity_view (
        position integer primary key,
        at integer not null,
        type text not null,
        kind text not null,
        record_id text not null,
        name text not null,
        device_id text not null
      ) strict;
      create index activity_by_time on activity_view (at desc, position desc);
      create index activity_by_type on activity_view (type, at desc, position desc);
      create index activity_by_kind on activity_view (kind, at desc, position desc);
      create index activity_by_record on activity_view (record_id, at desc, position desc);
    `);
    const keys = firstKeys(random, deviceName, now);
    storeKeys(database, keys);

    const rows = database
      .prepare<[], RecordRow>('select id, kind, body, created_at, updated_at from record')
      .all();
    const addDocument = database.prepare('insert into document values (?, ?, ?, ?)');
    const chunks = createChunks(database);
    const nonce = random(actorNonceBytes);
    for (const row of rows.filter(isRecord)) {
      const snapshot = documentOfRow(row, uuidBytes(row.id), keys.device.id, nonce);
      addDocument.run(row.id, row.kind, snapshot.length, row.updated_at);
      chunks.replace(documentIdOf(row.id), snapshot);
    }
    if (rows.length > 0) {
      database.prepare('insert into actor_nonce values (?, ?, ?)').run(nonce, keys.device.id, now);
    }
    const settings = rows.find((row) => row.id === 'settings');
    if (settings) {
      database.prepare("insert into meta values ('settings', ?)").run(settings.body);
    }

    const addEntry = database.prepare(
      `insert into entry (journal, subject, sequence, at, device_id, body, previous, signature)
       values ('run', ?, ?, ?, ?, ?, ?, ?)`,
    );
    const entries = database
      .prepare<[], { run_id: string; sequence: number; body: string }>(
        `select e.* from run_entry e
         join run_entry first on first.run_id = e.run_id and first.sequence = 1
         order by json_extract(first.body, '$.at'), e.run_id, e.sequence`,
      )
      .all();
    for (const entry of signedEntries(entries, keys)) {
      addEntry.run(
        entry.subject,
        entry.sequence,
        entry.at,
        keys.device.id,
        entry.body,
        entry.previous,
        entry.signature,
      );
    }
    database.exec(`
      insert into blob_use select folder_blob, 'session:' || profile_id from session where folder_blob is not null;
      insert or ignore into blob_use select state_blob, 'session:' || profile_id from session where state_blob is not null;
      insert or ignore into blob_use
        select json_extract(body, '$.image.id'), 'run:' || run_id from run_entry
        where json_extract(body, '$.type') = 'screenshot.taken'
          and json_extract(body, '$.image.id') in (select id from blob);
      drop table record;
      drop table run_entry;
    `);
  },
};
