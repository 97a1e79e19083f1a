/**
 * The sessions of profiles on this device. At rest a profile's user-data folder and its storageState
 * are sealed blobs; while its browser is open the folder lies in the vault's `open/` under a random
 * name. What a crash left there is sealed at the next start, so that no login is lost, and wiped.
 */
import { lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type BlobStore, contentOf, readWhole } from '../blobs/blobStore.ts';
import type { BlobUses } from '../blobs/blobUses.ts';
import { type Failure, FailureError } from '../model/failure.ts';
import { storageFailure } from '../vault/failures.ts';
import { ownerOnly } from '../vault/files.ts';
import { layout } from '../vault/layout.ts';
import type { OpenVault } from '../vault/vault.ts';
import { archiveFolder, unpackFolder } from './folderArchive.ts';

export interface OpenSession {
  /** The folder to give the browser. */
  readonly userDataDir: string;
  /** A folder beside it for downloads and the like; never kept. */
  readonly scratchDir: string;
  /** Playwright's storageState as last captured, or null. */
  readonly storageState: unknown;
  /** The state came from another device: it replaces what the folder has. */
  readonly stateReplaces: boolean;
  /** The browser did not end in order: the cookies of the state are newer than what its folder has of them. */
  readonly cookiesNewer: boolean;
}

export interface SessionStore {
  /** @throws FailureError `profileBusy` while it is open already. */
  open(profileId: string, profileName: string): Promise<OpenSession>;
  /** Seals what was captured while it is open, so that it outlives the host; without effect once it is closed. */
  capture(profileId: string, storageState: unknown): Promise<void>;
  /**
   * Seals the folder and the captured state and wipes what was open. The browser must have ended. When it
   * fails, on a full disk say, all stays as it is: closing or opening again tries it once more.
   *
   * @param storageState what the worker captured last; undefined keeps the one from before.
   */
  close(profileId: string, storageState?: unknown): Promise<void>;
  /** The profiles whose browser has ended and that could not be sealed. */
  unsealed(): readonly string[];
  isOpen(profileId: string): boolean;
  has(profileIds: readonly string[]): ReadonlySet<string>;
  /** Forgets cookies and storage. @throws FailureError `profileBusy`. */
  clear(profileId: string, profileName: string): Promise<void>;
  /**
   * What `clear` does, as a part of a transaction that the caller is in.
   *
   * @returns the blobs that held the session, to be collected after that.
   * @throws FailureError `profileBusy`.
   */
  forget(profileId: string, profileName: string): string[];
  /** Seals and wipes what a host that died left open; what there is no room for stays until there is. */
  recover(): Promise<void>;
  /** The blob that holds what was captured of a profile last, or null. */
  stateOf(profileId: string): string | null;
  /** The sealed sessions of all profiles. */
  all(): SealedSession[];
  /** Takes the state that another device captured later; the folder stays. To be called in a transaction. */
  adoptState(profileId: string, stateBlob: string, capturedAt: number): void;
  /** Takes a sealed session from elsewhere, unless the profile has a newer one. To be called in a transaction. */
  adopt(session: SealedSession): boolean;
}

/** A session at rest: which blobs hold its folder and its storageState. */
export interface SealedSession {
  readonly profileId: string;
  readonly folderBlob: string | null;
  readonly stateBlob: string | null;
  readonly capturedAt: number;
}

interface SessionRow {
  profile_id: string;
  folder_blob: string | null;
  state_blob: string | null;
  captured_at: number | null;
  open_folder: string | null;
  state_newer: number;
}

/** What of the kept state is newer than the folder, as `state_newer` has it. */
const newer = { nothing: 0, everything: 1, cookies: 2 } as const;

export function createSessionStore(
  vault: OpenVault,
  blobs: BlobStore,
  uses: BlobUses,
): SessionStore {
  const { store } = vault;
  const { database } = store;
  const root = layout.open(vault.dir);
  const select = database.prepare<[string], SessionRow>(
    'select * from session where profile_id = ?',
  );
  const markOpen = database.prepare(
    `insert into session (profile_id, open_folder) values (?, ?)
     on conflict (profile_id) do update set open_folder = excluded.open_folder`,
  );
  const keep = database.prepare(
    `update session set folder_blob = ?, state_blob = ?, captured_at = ?, open_folder = null,
       state_newer = ?
     where profile_id = ?`,
  );
  const adoptNewer = database.prepare(
    `insert into session (profile_id, state_blob, captured_at, state_newer) values (?, ?, ?, 1)
     on conflict (profile_id) do update set state_blob = excluded.state_blob,
       captured_at = excluded.captured_at, state_newer = 1`,
  );
  const keepState = database.prepare(
    'update session set state_blob = ?, state_newer = ? where profile_id = ?',
  );
  const drop = database.prepare('delete from session where profile_id = ?');
  const userDataOf = (folder: string) => join(root, folder, 'user-data');
  const wipeFolder = (folder: string) => rm(join(root, folder), { recursive: true, force: true });

  /** Those whose browser has ended and that could not be sealed, with what was captured of them last. */
  const unsealed = new Map<string, unknown>();

  function refuseOpen(row: SessionRow | undefined, name: string): void {
    if (row?.open_folder) throw new FailureError({ code: 'profileBusy', name });
  }

  function forget(profileId: string, profileName: string): string[] {
    const row = select.get(profileId);
    if (!row) return [];
    refuseOpen(row, profileName);
    drop.run(profileId);
    uses.release(userOf(profileId));
    store.touch('profile', profileId);
    return present(row.folder_blob, row.state_blob);
  }

  /** @param stateNewer what of the state is newer than the folder. */
  async function seal(
    row: SessionRow,
    folder: string,
    storageState: unknown,
    stateNewer: number,
  ): Promise<void> {
    const archive = await blobs.put(await archiveFolder(userDataOf(folder)), 'application/x-tar');
    const state =
      storageState === undefined
        ? row.state_blob
        : (
            await blobs.put(
              contentOf(Buffer.from(JSON.stringify(storageState))),
              'application/json',
            )
          ).id;
    await store.commit(() => {
      keep.run(archive.id, state, store.clock.tick(), stateNewer, row.profile_id);
      uses.replace(userOf(row.profile_id), present(archive.id, state));
      store.touch('profile', row.profile_id);
    });
    unsealed.delete(row.profile_id);
    await wipeFolder(folder);
    await blobs.collect(present(row.folder_blob, row.state_blob));
  }

  async function close(profileId: string, storageState = unsealed.get(profileId)): Promise<void> {
    const row = select.get(profileId);
    if (!row?.open_folder) return;
    const inOrder = await endedInOrder(userDataOf(row.open_folder));
    // Where nothing was captured, nobody knows that the newer state has reached the folder.
    const isUnknown = storageState === undefined && row.state_newer === newer.everything;
    const stateNewer = isUnknown ? row.state_newer : inOrder ? newer.nothing : newer.cookies;
    try {
      await seal(row, row.open_folder, storageState, stateNewer);
    } catch (error) {
      if (select.get(profileId)?.open_folder) unsealed.set(profileId, storageState);
      throw error;
    }
  }

  return {
    async open(profileId, profileName) {
      if (unsealed.has(profileId)) await close(profileId);
      const folder = Buffer.from(vault.random(12)).toString('hex');
      const row = await store.commit(() => {
        // Looked at in here: of two at the same instant the second finds the first.
        const before = select.get(profileId);
        refuseOpen(before, profileName);
        markOpen.run(profileId, folder);
        store.touch('profile', profileId);
        return before;
      });
      try {
        const scratchDir = join(root, folder, 'scratch');
        await mkdir(scratchDir, { recursive: true, mode: ownerOnly.directory });
        // Renamed when complete: a crash in the middle must not leave a half folder that looks whole.
        const unpacking = join(root, folder, 'unpacking');
        await mkdir(unpacking, { mode: ownerOnly.directory });
        if (row?.folder_blob) await unpackFolder(blobs.read(row.folder_blob), unpacking);
        await rename(unpacking, userDataOf(folder));
        const state = row?.state_blob ? await readWhole(blobs.read(row.state_blob)) : null;
        return {
          userDataDir: userDataOf(folder),
          scratchDir,
          storageState: state && JSON.parse(Buffer.from(state).toString()),
          stateReplaces: row?.state_newer === newer.everything,
          cookiesNewer: row?.state_newer === newer.cookies,
        };
      } catch (error) {
        // The sealed session stays as it was; only the half-made copy goes.
        keep.run(
          row?.folder_blob ?? null,
          row?.state_blob ?? null,
          row?.captured_at ?? null,
          row?.state_newer ?? 0,
          profileId,
        );
        await wipeFolder(folder);
        throw error;
      }
    },
    async capture(profileId, storageState) {
      if (!select.get(profileId)?.open_folder) return;
      const content = contentOf(Buffer.from(JSON.stringify(storageState)));
      const state = await blobs.put(content, 'application/json');
      const unused = await store.commit(() => {
        const row = select.get(profileId);
        if (!row?.open_folder) return state.id;
        // Captured in a browser that had the state from before: nothing but its cookies is newer now.
        keepState.run(state.id, newer.cookies, profileId);
        uses.replace(userOf(profileId), present(row.folder_blob, state.id));
        return row.state_blob;
      });
      await blobs.collect(present(unused));
    },
    close,
    unsealed: () => [...unsealed.keys()],
    isOpen: (profileId) => Boolean(select.get(profileId)?.open_folder),
    has(profileIds) {
      return new Set(
        profileIds.filter((id) => {
          const row = select.get(id);
          return Boolean(row?.folder_blob ?? row?.state_blob);
        }),
      );
    },
    async clear(profileId, profileName) {
      await blobs.collect(await store.commit(() => forget(profileId, profileName)));
    },
    forget,
    stateOf: (profileId) => select.get(profileId)?.state_blob ?? null,
    all: () =>
      database
        .prepare<[], SessionRow>(
          'select * from session where folder_blob is not null or state_blob is not null order by profile_id',
        )
        .all()
        .map((row) => ({
          profileId: row.profile_id,
          folderBlob: row.folder_blob,
          stateBlob: row.state_blob,
          capturedAt: row.captured_at ?? 0,
        })),
    adoptState(profileId, stateBlob, capturedAt) {
      const folder = select.get(profileId)?.folder_blob;
      adoptNewer.run(profileId, stateBlob, capturedAt);
      uses.replace(userOf(profileId), present(folder, stateBlob));
    },
    adopt({ profileId, folderBlob, stateBlob, capturedAt }) {
      const row = select.get(profileId);
      if (row && (row.open_folder !== null || (row.captured_at ?? 0) >= capturedAt)) return false;
      markOpen.run(profileId, null);
      keep.run(folderBlob, stateBlob, capturedAt, 0, profileId);
      uses.replace(userOf(profileId), present(folderBlob, stateBlob));
      return true;
    },
    async recover() {
      const left = database
        .prepare<[], SessionRow>('select * from session where open_folder is not null')
        .all();
      for (const row of left) {
        const folder = row.open_folder ?? '';
        const found: readonly string[] = await readdir(userDataOf(folder)).catch(() => []);
        // A folder that no browser has used must not replace the sealed one.
        if (found.includes('Default')) {
          // It did not end in order, so that the last cookies are in what was captured; where nothing was,
          // nobody knows that a newer state has reached the folder.
          const stateNewer =
            row.state_newer === newer.everything ? newer.everything : newer.cookies;
          await seal(row, folder, undefined, stateNewer).catch((error: unknown) => {
            // The other sessions, and all else in the vault, can be had without this one.
            if (!isFull(storageFailure(error, vault.dir, 'sessions'))) throw error;
            unsealed.set(row.profile_id, undefined);
          });
        } else {
          const { folder_blob, state_blob, captured_at, state_newer, profile_id } = row;
          keep.run(folder_blob, state_blob, captured_at, state_newer, profile_id);
        }
      }
      await wipeOthers(
        root,
        present(...[...unsealed.keys()].map((id) => select.get(id)?.open_folder)),
      );
    },
  };
}

/** Whether Chromium has put away its lock, which it does last; where it has none (Windows) nobody can tell. */
async function endedInOrder(userDataDir: string): Promise<boolean> {
  const lock = await lstat(join(userDataDir, 'SingletonLock')).catch(() => null);
  return lock === null;
}

const isFull = (failure: Failure | null): boolean =>
  failure?.code === 'storageFull' || failure?.code === 'storageFailed';

async function wipeOthers(root: string, kept: readonly string[]): Promise<void> {
  if (kept.length === 0) return rm(root, { recursive: true, force: true });
  for (const name of await readdir(root)) {
    if (!kept.includes(name)) await rm(join(root, name), { recursive: true, force: true });
  }
}

const userOf = (profileId: string) => `session:${profileId}`;

const present = (...ids: readonly (string | null | undefined)[]): string[] =>
  ids.filter((id): id is string => Boolean(id));
