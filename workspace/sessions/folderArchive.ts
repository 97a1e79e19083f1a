/**
 * A browser's user-data folder as one stream (tar), without its caches and without anything that is
 * not a plain file or folder.
 */
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract, pack } from 'tar-stream';
import type { BlobContent } from '../blobs/blobStore.ts';
import { appendAll, ownerOnly } from '../vault/files.ts';

/** What Chromium builds again by itself. Matched against each name on the way down. */
const rebuilt = new Set([
  'Cache',
  'Code Cache',
  'GPUCache',
  'DawnGraphiteCache',
  'DawnWebGPUCache',
  'GraphiteDawnCache',
  'GrShaderCache',
  'ShaderCache',
  'blob_storage',
  'component_crx_cache',
  'extensions_crx_cache',
  'optimization_guide_model_store',
  'Safe Browsing',
  'Crashpad',
  'Crash Reports',
  'BrowserMetrics',
  'BrowserMetrics-spare.pma',
  'DeferredBrowserMetrics',
  'lockfile',
]);

interface ArchivedFile {
  readonly path: string;
  readonly name: string;
  readonly size: number;
}

/** @returns the folder's content, read once now for its length and again when its parts are taken. */
export async function archiveFolder(folder: string): Promise<BlobContent> {
  const files = await filesIn(folder);
  let length = 0;
  for await (const part of tarOf(files)) length += part.length;
  return { length, parts: () => tarOf(files) };
}

/** @throws Error when an entry would land outside of `folder`; the archive is ours, but it is checked. */
export async function unpackFolder(
  archive: AsyncIterable<Uint8Array>,
  folder: string,
): Promise<void> {
  const root = resolve(folder);
  await mkdir(root, { recursive: true, mode: ownerOnly.directory });
  const entries = extract();
  const source = Readable.from(archive);
  source.on('error', (error) => entries.destroy(error));
  source.pipe(entries);
  for await (const entry of entries) {
    const target = resolve(root, entry.header.name);
    if (entry.header.type !== 'file' || !target.startsWith(root + sep)) {
      throw new Error('the archive holds something else than files of its own folder');
    }
    await mkdir(dirname(target), { recursive: true, mode: ownerOnly.directory });
    const file = await open(target, 'wx', ownerOnly.file);
    try {
      for await (const part of entry as AsyncIterable<Uint8Array>) await appendAll(file, part);
    } finally {
      await file.close();
    }
  }
}

async function filesIn(folder: string, root = folder): Promise<ArchivedFile[]> {
  const files: ArchivedFile[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (rebuilt.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) files.push(...(await filesIn(path, root)));
    if (entry.isFile()) {
      const name = relative(root, path).split(sep).join('/');
      files.push({ path, name, size: (await stat(path)).size });
    }
  }
  return files;
}

async function* tarOf(files: readonly ArchivedFile[]): AsyncGenerator<Uint8Array> {
  const tar = pack();
  const filled = fill(tar, files);
  // A failed read ends the stream with its error; without a handler here it would also be unhandled.
  filled.catch((error: Error) => tar.destroy(error));
  yield* tar as AsyncIterable<Uint8Array>;
  await filled;
}

async function fill(tar: ReturnType<typeof pack>, files: readonly ArchivedFile[]): Promise<void> {
  for (const { path, name, size } of files) {
    // No times: two archives of the same content are then the same bytes.
    const entry = tar.entry({ name, size, mode: ownerOnly.file, mtime: new Date(0) });
    const content = size > 0 ? createReadStream(path, { end: size - 1 }) : Readable.from([]);
    await pipeline(content, entry);
  }
  tar.finalize();
}
