/**
 * The one encrypted file of an export.
 *
 * Layout: "WRNX" || version (1 byte, 1) || length of the head (32-bit big endian) || head (JSON) ||
 * sealed stream (`crypto/sealedStream.ts`) of a tar archive of the parts of `entries.ts`.
 *
 * The file key is random. It is wrapped under a key of the vault, whose database key the recovery words
 * open, so the same vault opens the file by itself and its recovery words open it anywhere; and, when the
 * person asked for that, under words of the file's own, which can be given away. No passphrase protects
 * the file: it may leave the device, and passphrases can be guessed.
 */
import { createReadStream } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pack } from 'tar-stream';
import { z } from 'zod';
import { concat, encodeParts, uint, utf8 } from '../../crypto/bytes.ts';
import { deriveKey, keyBytes } from '../../crypto/derivedKey.ts';
import { unwrapKey, wrapKey } from '../../crypto/keyWrap.ts';
import { recoveryKeyToWords, wordsToRecoveryKey } from '../../crypto/recoveryWords.ts';
import { openStream, sealStream } from '../../crypto/sealedStream.ts';
import { parseBoundedJson } from '../model/boundedJson.ts';
import { FailureError, type ImportRefusal } from '../model/failure.ts';
import { bytesSchema, stringifyBytes } from '../vault/bytesJson.ts';
import { appendAll, asideOf, isMissing, ownerOnly, readAt, syncDirectory } from '../vault/files.ts';
import { readHeader, unwrapByRecovery } from '../vault/header.ts';
import type { OpenVault } from '../vault/vault.ts';
import type { ExportPart } from './entries.ts';

const magic = utf8('WRNX');
const version = 1;
const fixedBytes = magic.length + 1 + 4;
const longestHead = 16_384;

const wrappedSchema = bytesSchema(0, 768, 1_024);

const headSchema = z.strictObject({
  vaultId: bytesSchema(16, 16, 1_024),
  /** The vault's database key, wrapped by its recovery key. */
  recovery: wrappedSchema,
  /** The file key, wrapped under a key that the database key gives. */
  vault: wrappedSchema,
  /** The file key, wrapped by the file's own words, where it has some. */
  words: wrappedSchema.optional(),
});

type Head = z.output<typeof headSchema>;

const vaultSlotKey = (databaseKey: Uint8Array): Uint8Array =>
  deriveKey(databaseKey, 'warren/export/v1');
const slotContext = (slot: 'vault' | 'words', vaultId: Uint8Array): Uint8Array =>
  encodeParts(utf8(`warren/export/v1/${slot}`), vaultId);

/**
 * Writes the parts into a file that is whole or not there.
 *
 * @returns the file's own words, when they were asked for.
 * @throws FailureError `fileExists`.
 */
export async function writeSealedFile(
  vault: OpenVault,
  path: string,
  parts: AsyncIterable<ExportPart>,
  ownWords: boolean,
): Promise<readonly string[] | null> {
  const header = await readHeader(vault.dir);
  if (!header) throw new FailureError({ code: 'vaultMissing', dir: vault.dir });
  const { random } = vault;
  const fileKey = random(keyBytes);
  const wordsKey = ownWords ? random(keyBytes) : null;
  const head: Head = {
    vaultId: vault.id,
    recovery: header.wrapped.recovery,
    vault: wrapKey(
      vaultSlotKey(vault.databaseKey),
      fileKey,
      slotContext('vault', vault.id),
      random,
    ),
    ...(wordsKey
      ? { words: wrapKey(wordsKey, fileKey, slotContext('words', vault.id), random) }
      : {}),
  };
  await writeAside(path, async (file) => {
    await appendAll(file, encodeHead(head));
    for await (const block of sealStream(fileKey, tarOf(parts), random)) {
      await appendAll(file, block);
    }
  });
  return wordsKey && recoveryKeyToWords(wordsKey);
}

/** @param words the file's own, or the recovery words of the vault that it comes from. */
export interface FileKeys {
  readonly vault?: Pick<OpenVault, 'databaseKey'>;
  readonly words?: string | undefined;
}

/**
 * @returns the tar archive's bytes.
 * @throws FailureError `importRefused`: not an export, newer, damaged, or the words do not open it.
 */
export async function readSealedFile(
  path: string,
  keys: FileKeys,
): Promise<AsyncIterable<Uint8Array>> {
  const { head, start } = await readHead(path);
  const fileKey = fileKeyOf(head, keys);
  if (!fileKey) {
    throw refused(path, keys.words === undefined ? 'wordsNeeded' : 'wordsWrong');
  }
  return openStream(fileKey, createReadStream(path, { start }));
}

export async function isSealedFile(path: string): Promise<boolean> {
  return withFile(path, async (file) => {
    const start = await readAt(file, 0, magic.length);
    return magic.every((byte, at) => start[at] === byte);
  });
}

export const refused = (path: string, reason: ImportRefusal): FailureError =>
  new FailureError({ code: 'importRefused', path, reason });

function fileKeyOf(head: Head, { vault, words }: FileKeys): Uint8Array | null {
  const byVault = (databaseKey: Uint8Array) =>
    unwrapKey(vaultSlotKey(databaseKey), head.vault, slotContext('vault', head.vaultId));
  const own = vault && byVault(vault.databaseKey);
  if (own) return own;
  const key = words === undefined ? null : wordsToRecoveryKey(words);
  if (!key) return null;
  const databaseKey = unwrapByRecovery(key, head.vaultId, head.recovery);
  if (databaseKey) return byVault(databaseKey);
  return head.words ? unwrapKey(key, head.words, slotContext('words', head.vaultId)) : null;
}

function encodeHead(head: Head): Uint8Array {
  const text = utf8(stringifyBytes(head));
  return concat(magic, Uint8Array.of(version), uint('head', text.length, 4), text);
}

async function readHead(path: string): Promise<{ head: Head; start: number }> {
  return withFile(path, async (file) => {
    const fixed = await readAt(file, 0, fixedBytes);
    if (fixed.length < fixedBytes || magic.some((byte, at) => fixed[at] !== byte)) {
      throw refused(path, 'notAnExport');
    }
    if (fixed[magic.length] !== version) throw refused(path, 'newer');
    const length = Buffer.from(fixed).readUInt32BE(magic.length + 1);
    if (length > longestHead) throw refused(path, 'damaged');
    const text = await readAt(file, fixedBytes, length);
    const parsed = headSchema.safeParse(parseBoundedJson(text, path));
    if (!parsed.success) throw refused(path, 'damaged');
    return { head: parsed.data, start: fixedBytes + length };
  });
}

async function withFile<T>(path: string, work: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path, 'r').catch((error: unknown) => {
    if (isMissing(error)) throw new FailureError({ code: 'fileMissing', path });
    throw error;
  });
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}

async function* tarOf(parts: AsyncIterable<ExportPart>): AsyncGenerator<Uint8Array> {
  const tar = pack();
  const filled = (async () => {
    for await (const { name, size, content } of parts) {
      const entry = tar.entry({ name, size, mode: ownerOnly.file });
      const source = content instanceof Uint8Array ? [content] : content;
      await pipeline(Readable.from(size > 0 ? source : []), entry);
    }
    tar.finalize();
  })();
  // A failed read ends the stream with its error; without a handler here it would also be unhandled.
  filled.catch((error: Error) => tar.destroy(error));
  yield* tar as AsyncIterable<Uint8Array>;
  await filled;
}

/** Writes beside the path and renames at the end. @throws FailureError `fileExists`. */
async function writeAside(path: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  const aside = asideOf(path);
  const claim = await open(path, 'wx', ownerOnly.file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') throw new FailureError({ code: 'fileExists', path });
    throw error;
  });
  await claim.close();
  try {
    const file = await open(aside, 'wx', ownerOnly.file);
    try {
      await write(file);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
    await syncDirectory(dirname(path));
  } catch (error) {
    await Promise.all([rm(aside, { force: true }), rm(path, { force: true })]);
    throw error;
  }
}
