/**
 * Sealed files beside the database, named by the hash of their ciphertext. A file is written and synced
 * before the row that names it; files without a row are swept at the next start.
 */
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createContentHash } from '../../crypto/contentHash.ts';
import { BlobDamagedError, openBlob, sealBlob } from '../../crypto/sealedBlob.ts';
import { FailureError } from '../model/failure.ts';
import type { BlobReference } from '../model/run.ts';
import { ownerOnly, syncDirectory } from '../vault/files.ts';
import { layout } from '../vault/layout.ts';
import type { OpenVault } from '../vault/vault.ts';

/** Content to seal: its length in bytes is known before it is read. */
export interface BlobContent {
  readonly length: number;
  parts(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

export interface BlobStore {
  put(content: BlobContent, mediaType: string): Promise<BlobReference>;
  /** @throws FailureError `notFound`; `vaultDamaged` when a part is not authentic, in mid-stream. */
  read(id: string): AsyncIterable<Uint8Array>;
  info(id: string): BlobReference | null;
  /** Forgets and deletes. Nothing may refer to them any more. */
  remove(ids: readonly string[]): Promise<void>;
  /** Deletes files that no row names: what a crash left behind. */
  sweep(): Promise<void>;
}

export const contentOf = (bytes: Uint8Array): BlobContent => ({
  length: bytes.length,
  parts: () => [bytes],
});

/** @throws what `read` throws. */
export async function readWhole(parts: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const part of parts) all.push(part);
  return Buffer.concat(all);
}

export function createBlobStore(vault: OpenVault, now: () => number): BlobStore {
  const { database, blobRoot, random } = vault;
  const root = layout.blobs(vault.dir);
  const insert = database.prepare('insert or ignore into blob values (?, ?, ?, ?)');
  const select = database.prepare<[string], { size: number; media_type: string }>(
    'select size, media_type from blob where id = ?',
  );
  const forget = database.prepare('delete from blob where id = ?');
  const folderOf = (id: string) => join(root, id.slice(0, 2));
  const pathOf = (id: string) => join(folderOf(id), id);

  return {
    async put(content, mediaType) {
      await mkdir(root, { recursive: true, mode: ownerOnly.directory });
      const aside = join(root, `new-${Buffer.from(random(8)).toString('hex')}`);
      const hash = createContentHash();
      try {
        const file = await open(aside, 'wx', ownerOnly.file);
        try {
          await writeSealed(
            file,
            sealBlob(blobRoot, content.length, content.parts(), random),
            hash.update,
          );
        } finally {
          await file.close();
        }
        const id = hash.hex();
        await mkdir(folderOf(id), { recursive: true, mode: ownerOnly.directory });
        await rename(aside, pathOf(id));
        await syncDirectory(folderOf(id));
        insert.run(id, content.length, mediaType, now());
        return { id, size: content.length, mediaType };
      } catch (error) {
        await rm(aside, { force: true });
        throw error;
      }
    },
    async *read(id) {
      if (!select.get(id)) throw new FailureError({ code: 'notFound', kind: 'file', name: id });
      try {
        yield* openBlob(blobRoot, createReadStream(pathOf(id)));
      } catch (error) {
        const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
        if (!missing && !(error instanceof BlobDamagedError)) throw error;
        throw new FailureError({ code: 'vaultDamaged', part: `blobs/${id.slice(0, 2)}/${id}` });
      }
    },
    info(id) {
      const row = select.get(id);
      return row ? { id, size: row.size, mediaType: row.media_type } : null;
    },
    async remove(ids) {
      for (const id of ids) {
        forget.run(id);
        await rm(pathOf(id), { force: true });
      }
    },
    async sweep() {
      for (const entry of await readdir(root, { recursive: true, withFileTypes: true }).catch(
        nothingThere,
      )) {
        if (entry.isFile() && !select.get(entry.name)) {
          await rm(join(entry.parentPath, entry.name), { force: true });
        }
      }
    },
  };
}

async function writeSealed(
  file: FileHandle,
  sealed: AsyncIterable<Uint8Array>,
  seen: (part: Uint8Array) => void,
): Promise<void> {
  for await (const part of sealed) {
    seen(part);
    await file.write(part);
  }
  await file.sync();
}

function nothingThere(error: NodeJS.ErrnoException): [] {
  if (error.code !== 'ENOENT') throw error;
  return [];
}
