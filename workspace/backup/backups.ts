/**
 * Backups: folders below the vault's own, each with the encrypted database and the sealed blobs as they
 * were at one moment. Each can be carried away by itself. Blobs that an earlier backup has are shared
 * with it, never with the vault: damage there must not reach its backups.
 */
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { BlobStore } from '../blobs/blobStore.ts';
import { FailureError } from '../model/failure.ts';
import type { BackupRow } from '../model/transfer.ts';
import { withStorageFailures } from '../vault/failures.ts';
import { isMissing, ownerOnly, syncDirectory } from '../vault/files.ts';
import { readHeader } from '../vault/header.ts';
import { layout } from '../vault/layout.ts';
import type { OpenVault } from '../vault/vault.ts';
import { copyWhole, hashOfFile, linkIfPossible } from './copyFile.ts';
import { problemsOf } from './integrity.ts';
import {
  blobPath,
  damaged,
  databaseName,
  folderOfBackup,
  type Manifest,
  openManifest,
  readHead,
  writeManifest,
} from './manifest.ts';

type Progress = (done: number, total: number) => void;

export interface Soundness {
  /** Damaged or missing parts, by their place in the backup. */
  readonly damaged: readonly string[];
  readonly checked: number;
}

export interface Backups {
  /**
   * Makes one, verifies it, and deletes those that are too many.
   *
   * @param spared one that stays whatever its age, by its name or path: it is about to be restored.
   * @throws when `signal` is aborted.
   */
  now(signal: AbortSignal, onProgress: Progress, spared?: string): Promise<BackupRow>;
  /** Newest first; one that was cut off is there too. */
  list(): Promise<BackupRow[]>;
  /** @param backup a name from `list`, or a folder's absolute path. @throws FailureError `fileMissing`. */
  verify(backup: string, onProgress: Progress): Promise<Soundness>;
  /** @throws FailureError `vaultDamaged` naming the first part that is not whole. */
  requireSound(backup: string, onProgress: Progress): Promise<void>;
  /** Whether the newest one is older than the settings want, at this time. */
  due(now: number): Promise<boolean>;
}

export interface BackupSettings {
  /** How many stay. */
  readonly keep: number;
  /** Hours between two; 0 for none by themselves. */
  readonly everyHours: number;
}

export function createBackups(
  vault: OpenVault,
  blobs: BlobStore,
  settings: () => BackupSettings,
): Backups {
  const root = layout.backups(vault.dir);

  async function list(): Promise<BackupRow[]> {
    const entries = await readdir(root, { withFileTypes: true }).catch((error: unknown) => {
      if (isMissing(error)) return [];
      throw error;
    });
    const rows: BackupRow[] = [];
    for (const entry of entries) {
      if (!entry.isDirectory() || entry.name.startsWith('.')) continue;
      rows.push(await rowOf(entry.name, join(root, entry.name)));
    }
    return rows.sort((a, b) => b.createdAt - a.createdAt);
  }

  async function now(
    signal: AbortSignal,
    onProgress: Progress,
    spared?: string,
  ): Promise<BackupRow> {
    await mkdir(root, { recursive: true, mode: ownerOnly.directory });
    await sweep(root);
    const earlier = await list();
    for (const { path, complete } of earlier) if (!complete) await discard(path);
    const createdAt = vault.store.clock.tick();
    const name = await freeName(root, createdAt);
    const folder = join(root, name);
    try {
      await mkdir(folder, { mode: ownerOnly.directory });
      const manifest = await copyVault(folder, earlier.find((row) => row.complete)?.path, {
        signal,
        onProgress,
      });
      await seal(folder, createdAt, manifest);
      const { damaged: parts } = await soundness(folder, vault.databaseKey, root, () => undefined);
      const [first] = parts;
      if (first !== undefined) throw damaged(first);
      await syncDirectory(root);
    } catch (error) {
      await discard(folder);
      throw error;
    }
    const stays = spared === undefined ? null : folderOfBackup(vault.dir, spared);
    for (const { path } of (await list()).filter((row) => row.complete).slice(settings().keep)) {
      if (stays === null || relative(stays, path) !== '') await discard(path);
    }
    return rowOf(name, folder);
  }

  /**
   * The list of blobs is taken at the moment at which the file is frozen, and what is deleted meanwhile
   * keeps its file until the copy ends: so every blob that the copied database names is in the backup.
   */
  async function copyVault(
    folder: string,
    previous: string | undefined,
    { signal, onProgress }: { signal: AbortSignal; onProgress: Progress },
  ): Promise<Manifest> {
    const thaw = vault.checkpoints.freeze();
    const release = blobs.keepFiles();
    try {
      const ids = blobs.allIds();
      const database = join(folder, databaseName);
      await copyWhole(layout.database(vault.dir), database);
      for (const [n, id] of ids.entries()) {
        signal.throwIfAborted();
        const to = join(folder, blobPath(id));
        const shared = previous && (await linkIfPossible(join(previous, blobPath(id)), to));
        if (!shared) await copyWhole(blobs.pathOf(id), to);
        onProgress(n + 1, ids.length + 1);
      }
      signal.throwIfAborted();
      onProgress(ids.length + 1, ids.length + 1);
      return {
        databaseBytes: (await stat(database)).size,
        databaseHash: (await hashOfFile(database)) ?? '',
        blobs: ids,
      };
    } finally {
      release();
      thaw();
    }
  }

  async function seal(folder: string, createdAt: number, manifest: Manifest): Promise<void> {
    const header = await readHeader(vault.dir);
    if (!header) throw new FailureError({ code: 'vaultMissing', dir: vault.dir });
    let bytes = manifest.databaseBytes;
    for (const id of manifest.blobs) bytes += (await stat(join(folder, blobPath(id)))).size;
    const { recovery } = header.wrapped;
    const open = { vaultId: vault.id, createdAt, bytes, blobs: manifest.blobs.length, recovery };
    await writeManifest(folder, open, manifest, vault.databaseKey, vault.random);
  }

  const verify = async (backup: string, onProgress: Progress) =>
    soundness(folderOfBackup(vault.dir, backup), vault.databaseKey, root, onProgress);

  return {
    now: (signal, onProgress, spared) =>
      withStorageFailures(vault.dir, 'backups', () => now(signal, onProgress, spared)),
    list,
    verify,
    async requireSound(backup, onProgress) {
      const [first] = (await verify(backup, onProgress)).damaged;
      if (first !== undefined) throw damaged(first);
    },
    async due(at) {
      const { everyHours } = settings();
      if (everyHours === 0) return false;
      const newest = (await list()).find((row) => row.complete);
      return !newest || newest.createdAt + everyHours * 3_600_000 <= at;
    },
  };
}

/**
 * Reads a whole backup.
 *
 * @param scratch a folder that may be written to.
 * @throws FailureError `fileMissing` where there is no backup.
 */
export async function soundness(
  folder: string,
  databaseKey: Uint8Array,
  scratch: string,
  onProgress: Progress,
): Promise<Soundness> {
  const parts: string[] = [];
  let manifest: Manifest;
  try {
    const head = await readHead(folder);
    if (!head) throw new FailureError({ code: 'fileMissing', path: folder });
    manifest = openManifest(head, databaseKey);
  } catch (error) {
    if (!(error instanceof FailureError) || error.failure.code !== 'vaultDamaged') throw error;
    return { damaged: [error.failure.part], checked: 1 };
  }
  const database = join(folder, databaseName);
  const whole = (await hashOfFile(database)) === manifest.databaseHash;
  if (!whole || (await problemsOf(database, databaseKey, scratch)).length > 0) {
    parts.push(databaseName);
  }
  for (const [n, id] of manifest.blobs.entries()) {
    if ((await hashOfFile(join(folder, blobPath(id)))) !== id) parts.push(blobPath(id));
    onProgress(n + 1, manifest.blobs.length);
  }
  return { damaged: parts, checked: manifest.blobs.length + 2 };
}

async function rowOf(name: string, path: string): Promise<BackupRow> {
  try {
    const head = await readHead(path);
    if (head) {
      const { createdAt, bytes, blobs } = head;
      return { name, path, createdAt, bytes, blobs, complete: true };
    }
  } catch (error) {
    // One whose head is damaged stays where it is: somebody may still save parts of it.
    if (!(error instanceof FailureError)) throw error;
    const { mtimeMs } = await stat(path);
    return { name, path, createdAt: Math.floor(mtimeMs), bytes: 0, blobs: 0, complete: true };
  }
  const { mtimeMs } = await stat(path);
  return { name, path, createdAt: Math.floor(mtimeMs), bytes: 0, blobs: 0, complete: false };
}

/** `2026-11-21T013000Z`, with a number where there are several in a second. */
async function freeName(root: string, at: number): Promise<string> {
  const stamp = `${new Date(at).toISOString().slice(0, 19).replaceAll(':', '')}Z`;
  const taken = new Set(await readdir(root));
  if (!taken.has(stamp)) return stamp;
  for (let number = 2; ; number++)
    if (!taken.has(`${stamp}-${number}`)) return `${stamp}-${number}`;
}

/** Deletes what a process that died was deleting or checking: each can be as large as the vault. */
async function sweep(root: string): Promise<void> {
  for (const name of await readdir(root)) {
    if (!/^\.(deleted|check)\b/.test(name)) continue;
    await rm(join(root, name), { recursive: true, force: true });
  }
}

/** Renamed first: half a backup must not look like a whole one. */
async function discard(path: string): Promise<void> {
  const hidden = join(path, '..', `.deleted-${Date.now()}-${Math.random().toString(36).slice(2)}`);
  try {
    await rename(path, hidden);
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  await rm(hidden, { recursive: true, force: true });
}
