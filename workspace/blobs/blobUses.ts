/** Who refers to which blob. What nobody refers to any more is collected. */
import type { Store } from '../store/store.ts';

export interface BlobUses {
  /** @param user such as `run:<id>` or `session:<profile>`. Unknown blobs are passed over; twice counts once. */
  add(blobId: string, user: string): void;
  /** Lets go of all that a user referred to. */
  release(user: string): void;
  /** Makes these, and only these, what the user refers to. */
  replace(user: string, blobIds: readonly string[]): void;
}

export function createBlobUses(store: Store): BlobUses {
  // A picture of an imported run is called as it was where the run was written down.
  const insert = store.database.prepare(
    `insert or ignore into blob_use
     select id, @user from blob
     where id = coalesce((select blob_id from blob_alias where alias = @blobId), @blobId)`,
  );
  const drop = store.database.prepare('delete from blob_use where user = ?');
  const uses: BlobUses = {
    add: (blobId, user) => void store.write(() => insert.run({ blobId, user })),
    release: (user) => void store.write(() => drop.run(user)),
    replace: (user, blobIds) =>
      store.write(() => {
        uses.release(user);
        for (const blobId of blobIds) uses.add(blobId, user);
      }),
  };
  return uses;
}
