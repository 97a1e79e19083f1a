/**
 * The sessions of profiles on this device. At rest a profile's user-data folder and its storageState
 * are sealed blobs; while its browser is open the folder lies in the vault's `open/` under a random
 * name. What a crash left there is sealed at the next start, so that no login is lost, and wiped.
 */
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type BlobStore, contentOf, readWhole } from '../blobs/blobStore.ts';
import type { BlobUses } from '../blobs/blobUses.ts';
import { FailureError } from '../model/failure.ts';
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
}

export interface SessionStore {
  /** @throws FailureError `profileBusy` while it is open already. */
  open(profileId: string, profileName: string): Promise<OpenSession>;
  /**
   * Seals the folder and the captured state and wipes what was open. The browser must have ended.
   *
   * @param storageState what the worker captured last; undefined keeps the one from before.
   */
  close(profileId: string, storageState?: unknown): Promise<void>;
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
  /** Seals and wipes what a host that died left open. */
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
  const drop = database.prepare('delete from session where profile_id = ?');
  const userDataOf = (folder: string) => join(root, folder, 'user-data');
  const wipeFolder = (folder: string) => rm(join(root, folder), { recursive: true, force: true });

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

  async function seal(row: SessionRow, folder: string, storageState: unknown): Promise<void> {
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
      // Where nothing was captured, nobody knows that the newer state has reached the folder.
      const newer = storageState === undefined ? row.state_newer : 0;
      keep.run(archive.id, state, store.clock.tick(), newer, row.profile_id);
      uses.replace(userOf(row.profile_id), present(archive.id, state));
      store.touch('profile', row.profile_id);
    });
    await wipeFolder(folder);
    await blobs.collect(present(row.folder_blob, row.state_blob));
  }

  return {
    async open(profileId, profileName) {
      const row = select.get(profileId);
      refuseOpen(row, profileName);
      const folder = Buffer.from(vault.random(12)).toString('hex');
      await store.commit(() => {
        markOpen.run(profileId, folder);
        store.touch('profile', profileId);
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
          stateReplaces: row?.state_newer === 1,
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
    async close(profileId, storageState) {
      const row = select.get(profileId);
      if (row?.open_folder) await seal(row, row.open_folder, storageState);
    },
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
        // One that a browser has used holds what came after the state that it was opened with.
        if (found.includes('Default')) await seal({ ...row, state_newer: 0 }, folder, undefined);
        else {
          const { folder_blob, state_blob, captured_at, state_newer, profile_id } = row;
          keep.run(folder_blob, state_blob, captured_at, state_newer, profile_id);
        }
      }
      await rm(root, { recursive: true, force: true });
    },
  };
}

const userOf = (profileId: string) => `session:${profileId}`;

const present = (...ids: readonly (string | null | undefined)[]): string[] =>
  ids.filter((id): id is string => Boolean(id));
