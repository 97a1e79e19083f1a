/** The trash over all kinds of records, with what hangs on them. */
import type { BlobStore } from '../blobs/blobStore.ts';
import type { TrashedRow } from '../model/record.ts';
import type { SessionStore } from '../sessions/sessionStore.ts';
import type { Store } from '../store/store.ts';
import { eachSlice } from '../views/slices.ts';

/** What stays longer than this in the trash is deleted for good: 30 days, in milliseconds. */
export const trashStay = 30 * 24 * 3_600_000;

export interface Trash {
  /** The one that was thrown away last comes first. */
  rows(): TrashedRow[];
  /** Deletes for good those of `ids`, or all of it. @returns how many. */
  empty(ids?: readonly string[]): Promise<number>;
  /** Deletes for good what has been there for longer than {@link trashStay}. */
  emptyOld(): Promise<number>;
}

/** What the trash needs of a kind of records, whatever its input is. */
interface Trashable {
  readonly kind: { readonly kind: string };
  trashed(): TrashedRow[];
  purge(ids: readonly string[]): void;
}

const atOnce = 50;

export function createTrash(
  store: Store,
  kinds: readonly Trashable[],
  sessions: SessionStore,
  blobs: BlobStore,
): Trash {
  const rows = () =>
    kinds.flatMap((kind) => kind.trashed()).sort((a, b) => b.trashedAt - a.trashedAt);

  async function purge(chosen: readonly TrashedRow[]): Promise<number> {
    for (const kind of kinds) {
      const mine = chosen.filter((row) => row.kind === kind.kind.kind);
      await eachSlice(mine, atOnce, async (slice) => {
        // In one transaction: a profile that is gone must not leave its logins behind.
        const freed = await store.commit(() => {
          kind.purge(slice.map((row) => row.id));
          return slice.flatMap((row) => sessions.forget(row.id, row.name));
        });
        await blobs.collect(freed);
      });
    }
    return chosen.length;
  }

  return {
    rows,
    empty: (ids) => purge(rows().filter((row) => ids === undefined || ids.includes(row.id))),
    emptyOld() {
      const before = store.clock.tick() - trashStay;
      // One whose browser is open waits for another time: nobody is there to be told.
      return purge(rows().filter((row) => row.trashedAt < before && !sessions.isOpen(row.id)));
    },
  };
}
