/**
 * Making the views again from documents and entries: when their version changes, and whenever somebody
 * asks. Goes in slices, so that nothing else waits long; what changes meanwhile is shown at once or when
 * the rebuild comes to it.
 */
import type { ActivityLog } from '../journal/activity.ts';
import type { RunJournal } from '../journal/runJournal.ts';
import type { Store } from '../store/store.ts';
import { eachSlice, pause } from './slices.ts';

/** Raise it whenever what a view holds changes; vaults then make theirs again when they open. */
export const viewVersion = 2;

export interface Views {
  /** Rebuilds if this version of the views is another than the stored one. */
  refresh(onProgress: Progress): Promise<void>;
  /** @returns how many documents and entries were gone through. */
  rebuild(onProgress: Progress): Promise<number>;
}

export type Progress = (done: number, total: number) => void;

/** What views need of a kind of records, whatever its input is. */
interface Rebuildable {
  readonly kind: { readonly kind: string };
  ids(): string[];
  rebuild(ids: readonly string[]): void;
}

const documentsAtOnce = 40;
const entriesAtOnce = 500;

export function createViews(
  store: Store,
  records: readonly Rebuildable[],
  runs: RunJournal,
  activity: ActivityLog,
): Views {
  const { database } = store;
  const stored = database
    .prepare<[], string>("select value from meta where name = 'view-version'")
    .pluck();
  const note = database.prepare("insert or replace into meta values ('view-version', ?)");
  const dropOrphans = database.prepare(
    'delete from record_view where id not in (select id from document)',
  );

  async function rebuild(onProgress: Progress): Promise<number> {
    const total =
      Number(database.prepare('select count(*) from document').pluck().get()) +
      runs.journal.count() +
      activity.journal.count();
    let done = 0;
    const advance = (count: number) => {
      done += count;
      onProgress(Math.min(done, total), total);
    };
    store.write(() => dropOrphans.run());
    for (const kind of records) {
      await eachSlice(kind.ids(), documentsAtOnce, (ids) => {
        kind.rebuild(ids);
        advance(ids.length);
      });
    }
    runs.beginRebuild();
    for (let after: number | null = 0; after !== null; ) {
      after = runs.rebuildPage(after, entriesAtOnce);
      advance(entriesAtOnce);
      await pause();
    }
    store.write(() => activity.clearView());
    for (let after = 0; ; ) {
      const entries = activity.journal.page(after, entriesAtOnce);
      store.write(() => activity.show(entries));
      advance(entries.length);
      after = entries.at(-1)?.position ?? after;
      if (entries.length < entriesAtOnce) break;
      await pause();
    }
    store.write(() => note.run(String(viewVersion)));
    onProgress(total, total);
    return total;
  }

  return {
    async refresh(onProgress) {
      if (stored.get() !== String(viewVersion)) await rebuild(onProgress);
    },
    rebuild,
  };
}
