/** Telling everything that is in a vault, once: when it is first shared with anybody. */
import type { Contents } from '../contents.ts';
import { uuidBytes } from '../documents/documentId.ts';
import { eachSlice, pause } from '../views/slices.ts';

const documentsAtOnce = 40;
const entriesAtOnce = 500;
/** The fact that says how far it came: absent, `yes` (all of it is sealed). */
const done = 'announced';

/** Goes in slices; what a crash cut off begins again, and what comes twice is merged. */
export async function announceAll(
  contents: Contents,
  shareSession: (profileId: string) => Promise<void>,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const { vault, documents, outbox, membership, journal, activity, sessions } = contents;
  const { store, database } = vault;
  const fact = database.prepare<[string], string>('select value from meta where name = ?').pluck();
  if (fact.get(done) === 'yes') return;
  membership.found();
  await store.commit(() => {
    outbox.share();
    for (const entry of membership.entries()) outbox.seal('membership', entry);
  });
  const ids = documents.ids();
  let told = 0;
  await eachSlice(ids, documentsAtOnce, async (slice) => {
    await store.commit(() => documents.announce(slice.filter((id) => documents.has(id))));
    told += slice.length;
    onProgress(told, ids.length);
  });
  const buried = database.prepare<[], string>('select document_id from tombstone').pluck().all();
  await store.commit(() =>
    outbox.add(
      'tombstone',
      buried.map((id) => ({ document: uuidBytes(id), bytes: new Uint8Array() })),
    ),
  );
  const { syncRuns, syncSessions } = contents.settings.read();
  const journals = [
    ['activity', activity],
    ...(syncRuns ? ([['run', journal]] as const) : []),
  ] as const;
  for (const [name, { journal: entries }] of journals) {
    for (let after = 0; ; ) {
      const page = entries.proofs(after, entriesAtOnce);
      await store.commit(() =>
        outbox.addEntries(page.map(({ position: _, ...entry }) => ({ journal: name, ...entry }))),
      );
      after = page.at(-1)?.position ?? after;
      if (page.length < entriesAtOnce) break;
      await pause();
    }
  }
  for (const { profileId } of syncSessions ? sessions.all() : []) await shareSession(profileId);
  await store.commit(() => {
    database.prepare('insert or replace into meta values (?, ?)').run(done, 'yes');
  });
}

/** A vault that joined a workspace has nothing to tell that is not known there. */
export function nothingToAnnounce(contents: Contents): void {
  contents.outbox.share();
  contents.vault.database.prepare('insert or replace into meta values (?, ?)').run(done, 'yes');
}
