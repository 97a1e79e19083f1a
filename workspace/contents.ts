/** Everything that works on an unlocked vault's contents, put together once after it opened. */
import { type BlobStore, createBlobStore } from './blobs/blobStore.ts';
import { type BlobUses, createBlobUses } from './blobs/blobUses.ts';
import { createActors } from './documents/actor.ts';
import { createDocuments, type Documents } from './documents/documents.ts';
import { type ActivityLog, createActivityLog } from './journal/activity.ts';
import type { ForeignEntry, JournalName } from './journal/journal.ts';
import { createRunJournal, type RunJournal } from './journal/runJournal.ts';
import { createEpochs, type Epochs } from './keys/epochs.ts';
import { createMembership, type MembershipLog } from './membership/membership.ts';
import type { ProfileInput } from './model/profile.ts';
import type { ProxyInput } from './model/proxy.ts';
import type { RecordKindName, VaultStats } from './model/record.ts';
import type { WorkflowInput } from './model/workflow.ts';
import { createEnvelopeLog, type EnvelopeLog } from './outbox/log.ts';
import { createOutbox, type Outbox } from './outbox/outbox.ts';
import { type ContactedHosts, createContactedHosts } from './records/contactedHosts.ts';
import {
  type ProfileSummary,
  type ProxySummary,
  profileKind,
  proxyKind,
  type TemplateSummary,
  templateKind,
  type WorkflowSummary,
  workflowKind,
} from './records/kinds.ts';
import { createProfileOpenings, type ProfileOpenings } from './records/profileOpenings.ts';
import { createProxyChecks, type ProxyChecks } from './records/proxyChecks.ts';
import { createRecords, type Records } from './records/records.ts';
import { createSettingsStore, type SettingsStore } from './records/settingsStore.ts';
import { createTrash, type Trash } from './records/trash.ts';
import { createSessionStore, type SessionStore } from './sessions/sessionStore.ts';
import { createStepUp, type StepUp } from './stepUp/stepUp.ts';
import { storageFailure } from './vault/failures.ts';
import type { OpenVault } from './vault/vault.ts';
import { statsOf } from './views/stats.ts';
import { createViews, type Views } from './views/views.ts';

export interface Contents {
  readonly vault: OpenVault;
  readonly documents: Documents;
  readonly epochs: Epochs;
  readonly membership: MembershipLog;
  readonly log: EnvelopeLog;
  readonly outbox: Outbox;
  readonly profiles: Records<ProfileInput, ProfileSummary>;
  readonly proxies: Records<ProxyInput, ProxySummary>;
  readonly proxyChecks: ProxyChecks;
  readonly contactedHosts: ContactedHosts;
  readonly profileOpenings: ProfileOpenings;
  readonly templates: Records<ProfileInput, TemplateSummary>;
  readonly workflows: Records<WorkflowInput, WorkflowSummary>;
  readonly settings: SettingsStore;
  readonly journal: RunJournal;
  readonly activity: ActivityLog;
  readonly blobs: BlobStore;
  readonly blobUses: BlobUses;
  readonly sessions: SessionStore;
  readonly views: Views;
  readonly trash: Trash;
  readonly stepUp: StepUp;
  stats(): VaultStats;
}

export function createContents(vault: OpenVault, now: () => number = Date.now): Contents {
  const { store, keys, random, database } = vault;
  const actors = createActors(store, keys.device.id, random);
  const epochs = createEpochs(store);
  const log = createEnvelopeLog(store);
  const outbox: Outbox = createOutbox(store, keys, epochs, log, actors, random, {
    membershipHeads: () => membership.current().heads,
  });
  const membership = createMembership(store, keys, epochs, random, (entry) => {
    if (outbox.isShared()) outbox.seal('membership', entry.encoded);
  });
  const documents = createDocuments(store, actors, outbox);
  const settings = createSettingsStore(store);
  const tell = (journal: JournalName) => (entries: readonly ForeignEntry[]) =>
    outbox.addEntries(entries.map((entry) => ({ journal, ...entry })));
  /** Runs that others are told of: from their beginning, or not at all. */
  const toldRuns = new Set<string>();
  const tellRun = (entries: readonly ForeignEntry[]) => {
    const [first] = entries;
    if (!first) return;
    if (first.sequence === 1 && settings.read().syncRuns) toldRuns.add(first.subject);
    if (toldRuns.has(first.subject)) tell('run')(entries);
  };
  const activity = createActivityLog(store, keys, tell('activity'));
  const deviceNames = database
    .prepare<[string], string>('select name from device where id = ?')
    .pluck();
  const stores = {
    store,
    documents,
    activity,
    deviceName: (id: string) => deviceNames.get(id) ?? null,
  };
  const profiles = createRecords(stores, profileKind);
  const proxies = createRecords(stores, proxyKind);
  const templates = createRecords(stores, templateKind);
  const workflows = createRecords(stores, workflowKind);
  const kinds = [profiles, proxies, templates, workflows];
  const blobUses = createBlobUses(store);
  const blobs = createBlobStore(vault);
  const journal = createRunJournal(store, keys, blobUses, now, tellRun);
  const sessions = createSessionStore(vault, blobs, blobUses);
  return {
    vault,
    documents,
    epochs,
    membership,
    log,
    outbox,
    profiles,
    proxies,
    proxyChecks: createProxyChecks(store),
    contactedHosts: createContactedHosts(store),
    profileOpenings: createProfileOpenings(store),
    templates,
    workflows,
    settings,
    journal,
    activity,
    blobs,
    blobUses,
    sessions,
    views: createViews(store, kinds, journal, activity),
    trash: createTrash(store, kinds, sessions, blobs),
    stepUp: createStepUp(store, random, now),
    stats: () => statsOf(database, outbox),
  };
}

/** A record's fields, whatever kind it is of. */
export type AnyInput = { readonly name: string };
export type AnyRecords = Records<AnyInput, object>;

/** For work that is done to every kind alike, and does not look at what is its own. */
export function recordsOf(contents: Contents, kind: RecordKindName): AnyRecords {
  const byKind = {
    profile: contents.profiles,
    proxy: contents.proxies,
    template: contents.templates,
    workflow: contents.workflows,
  };
  return byKind[kind] as unknown as AnyRecords;
}

/**
 * Sets right what a host that died left behind, and brings the views up to this version. Where a part of
 * the vault is damaged, the rest is set right all the same, so that it can be read and exported.
 *
 * @returns the steps that met damage.
 */
export async function recoverContents(
  contents: Contents,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<readonly string[]> {
  const steps: readonly [string, () => unknown][] = [
    ['views', () => contents.views.refresh(onProgress)],
    ['blobs', () => contents.blobs.sweep()],
    ['sessions', () => contents.sessions.recover()],
    ['runs', () => contents.journal.interruptUnfinished()],
    ['trash', () => contents.trash.emptyOld()],
  ];
  const damaged: string[] = [];
  for (const [name, step] of steps) {
    try {
      await step();
    } catch (error) {
      if (storageFailure(error, contents.vault.dir, name)?.code !== 'vaultDamaged') throw error;
      damaged.push(name);
    }
  }
  return damaged;
}
