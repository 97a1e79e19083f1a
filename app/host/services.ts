/** Everything that works on an unlocked vault, put together once after it opened. */

import { type BlobStore, createBlobStore } from '../../workspace/blobs/blobStore.ts';
import { createRunJournal, type RunJournal } from '../../workspace/journal/runJournal.ts';
import type { ProfileInput } from '../../workspace/model/profile.ts';
import type { WorkflowInput } from '../../workspace/model/workflow.ts';
import {
  type ProfileSummary,
  profileKind,
  type WorkflowSummary,
  workflowKind,
} from '../../workspace/records/kinds.ts';
import { createRecords, type Records } from '../../workspace/records/records.ts';
import { createSettingsStore, type SettingsStore } from '../../workspace/records/settingsStore.ts';
import { createSessionStore, type SessionStore } from '../../workspace/sessions/sessionStore.ts';
import { closeDatabase } from '../../workspace/store/database.ts';
import type { OpenVault } from '../../workspace/vault/vault.ts';

export interface Services {
  readonly profiles: Records<ProfileInput, ProfileSummary>;
  readonly workflows: Records<WorkflowInput, WorkflowSummary>;
  readonly settings: SettingsStore;
  readonly journal: RunJournal;
  readonly blobs: BlobStore;
  readonly sessions: SessionStore;
  close(): void;
}

/** Opens the services and sets right what a host that died left behind. */
export async function openServices(vault: OpenVault, now: () => number): Promise<Services> {
  const { database } = vault;
  const blobs = createBlobStore(vault, now);
  const sessions = createSessionStore(vault, blobs, now);
  const journal = createRunJournal(database, now);
  await blobs.sweep();
  await sessions.recover();
  journal.interruptUnfinished();
  return {
    profiles: createRecords(database, profileKind, now),
    workflows: createRecords(database, workflowKind, now),
    settings: createSettingsStore(database, now),
    journal,
    blobs,
    sessions,
    close: () => closeDatabase(database),
  };
}
