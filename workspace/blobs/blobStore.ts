/**
 * Sealed files beside the database, named by the hash of their ciphertext. A file is written and synced
 * before the row that names it, and its row goes before it does: whenever a crash comes, what is left is
 * a file without a row, which the next start sweeps. Blobs that nobody uses go with it.
 */
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createContentHash } from '../../crypto/contentHash.ts';
import { BlobDamagedError, openBlob, openBlobRange, sealBlob } from '../../crypto/sealedBlob.ts';
import { FailureError } from '../model/failure.ts';
import type { BlobReference } from '../model/run.ts';
import { appendAll, isMissing, ownerOnly, readAt, syncDirectory } from '../vault/files.ts';
import { layout } from '../vault/layout.ts';
import type { OpenVault } from '../vault/vault.ts';

/** Content to seal: its length in bytes is known before it is read. */
export interface BlobContent {
  readonly length: number;
  parts(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

export interface BlobStore {
  put(content: BlobContent, mediaType: string): Promise<BlobReference>;
  /** Writes the sealed file only: it is a blob once `note` has been called in a transaction. */
  write(content: BlobContent, mediaType: string): Promise<BlobReference>;
  /** @param alias what the blob was called in the vault that it comes from. */
  note(blob: BlobReference, alias?: string): void;
  /** @throws FailureError `notFound`; `vaultDamaged` when a part is not authentic, in mid-stream. */
  read(id: string): AsyncIterable<Uint8Array>;
  /**
   * The bytes `from` (inclusive) to `to` (exclusive) of the content, opening only the chunks they lie in.
   *
   * @throws as `read`.
   */
  readRange(id: string, from: number, to: number): AsyncIterable<Uint8Array>;
  info(id: string): BlobReference | null;
  /** Deletes those of `ids` that nobody uses. */
  collect(ids: readonly string[]): Promise<void>;
  /**
   * Deletes blobs that nobody uses and files that no row names: what a crash left behind. Only at a
   * start, when nobody is between making a blob and using it.
   */
  sweep(): Promise<void>;
  /** @returns whether the file is whole: its bytes still have the hash that it is named by. */
  isWhole(id: string): Promise<boolean>;
  /**
   * Until the returned function is called, blobs that are deleted keep their files: somebody copies them.
   */
  keepFiles(): () => void;
  /** All ids. */
  allIds(): string[];
  /** Where a blob's sealed file lies, for whoever copies it as it is. */
  pathOf(id: string): string;
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

export function createBlobStore(vault: OpenVault): BlobStore {
  const { store, blobRoot, random } = vault;
  const { database } = store;
  const root = layout.blobs(vault.dir);
  const insert = database.prepare('insert or ignore into blob values (?, ?, ?, ?)');
  const insertAlias = database.prepare('insert or ignore into blob_alias values (?, ?)');
  const select = database.prepare<
    [string, string],
    { id: string; size: number; media_type: string }
  >(
    `select id, size, media_type from blob
     where id = coalesce((select blob_id from blob_alias where alias = ?), ?)`,
  );
  const find = (name: string) => select.get(name, name);
  const forgetUnused = database.prepare(
    'delete from blob where id = ? and not exists (select 1 from blob_use where blob_id = blob.id)',
  );
  const selectIds = database.prepare<[], string>('select id from blob order by id').pluck();
  const unused = database
    .prepare<[], string>(
      'select id from blob where not exists (select 1 from blob_use where blob_id = blob.id)',
    )
    .pluck();
  const folderOf = (id: string) => join(root, id.slice(0, 2));
  const pathOf = (id: string) => join(folderOf(id), id);

  /** How many copy files now, and what waits until they have ended; a crash leaves that to the sweep. */
  let copiers = 0;
  let leftBehind: string[] = [];

  async function collect(ids: readonly string[]): Promise<void> {
    const gone = await store.commit(() => ids.filter((id) => forgetUnused.run(id).changes > 0));
    if (copiers > 0) leftBehind.push(...gone);
    else for (const id of gone) await rm(pathOf(id), { force: true });
  }

  async function* opened(
    name: string,
    parts: (id: string) => AsyncIterable<Uint8Array>,
  ): AsyncGenerator<Uint8Array> {
    const { id } = find(name) ?? {};
    if (!id) throw new FailureError({ code: 'notFound', kind: 'file', name });
    try {
      yield* parts(id);
    } catch (error) {
      if (!isMissing(error) && !(error instanceof BlobDamagedError)) throw error;
      throw new FailureError({ code: 'vaultDamaged', part: `blobs/${id.slice(0, 2)}/${id}` });
    }
  }

  async function write(content: BlobContent, mediaType: string): Promise<BlobReference> {
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
      return { id, size: content.length, mediaType };
    } catch (error) {
      await rm(aside, { force: true });
      throw error;
    }
  }

  function note({ id, size, mediaType }: BlobReference, alias?: string): void {
    insert.run(id, size, mediaType, store.clock.tick());
    if (alias !== undefined) insertAlias.run(alias, id);
  }

  return {
    async put(content, mediaType) {
      const blob = await write(content, mediaType);
      await store.commit(() => note(blob));
      return blob;
    },
    write,
    note,
    read: (name) => opened(name, (id) => openBlob(blobRoot, createReadStream(pathOf(id)))),
    readRange: (name, from, to) =>
      opened(name, async function* (id) {
        const file = await open(pathOf(id), 'r');
        try {
          const { size } = await file.stat();
          yield* openBlobRange(
            blobRoot,
            (offset, length) => readAt(file, offset, length),
            size,
            from,
            to,
          );
        } finally {
          await file.close();
        }
      }),
    info(name) {
      const row = find(name);
      return row ? { id: row.id, size: row.size, mediaType: row.media_type } : null;
    },
    collect,
    async sweep() {
      await collect(unused.all());
      for (const entry of await readdir(root, { recursive: true, withFileTypes: true }).catch(
        nothingThere,
      )) {
        if (entry.isFile() && !find(entry.name)) {
          await rm(join(entry.parentPath, entry.name), { force: true });
        }
      }
    },
    async isWhole(id) {
      const hash = createContentHash();
      try {
        for await (const part of createReadStream(pathOf(id))) hash.update(part as Uint8Array);
        return hash.hex() === id;
      } catch (error) {
        if (isMissing(error)) return false;
        throw error;
      }
    },
    keepFiles() {
      copiers++;
      return () => {
        copiers--;
        if (copiers > 0) return;
        for (const id of leftBehind) void rm(pathOf(id), { force: true });
        leftBehind = [];
      };
    },
    allIds: () => selectIds.all(),
    pathOf,
  };
}

async function writeSealed(
  file: FileHandle,
  sealed: AsyncIterable<Uint8Array>,
  seen: (part: Uint8Array) => void,
): Promise<void> {
  for await (const part of sealed) {
    seen(part);
    await appendAll(file, part);
  }
  await file.sync();
}

function nothingThere(error: unknown): [] {
  if (!isMissing(error)) throw error;
  return [];
}
