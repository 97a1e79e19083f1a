/**
 * `backup.json`, written last: a folder without it is no backup. It can be read by anybody who has the
 * vault's key or its recovery words, on any machine; no passphrase protects it, because a backup may
 * leave the device and passphrases can be guessed.
 */
import { readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { encodeParts, utf8 } from '../../crypto/bytes.ts';
import { deriveKey } from '../../crypto/derivedKey.ts';
import { unwrapKey, wrapKey } from '../../crypto/keyWrap.ts';
import type { RandomBytes } from '../../crypto/random.ts';
import { wordsToRecoveryKey } from '../../crypto/recoveryWords.ts';
import { FailureError } from '../model/failure.ts';
import { bytesSchema, stringifyBytes } from '../vault/bytesJson.ts';
import { writeWhole } from '../vault/files.ts';
import { unwrapByRecovery } from '../vault/header.ts';
import { layout } from '../vault/layout.ts';

export const manifestName = 'backup.json';
export const databaseName = 'vault.db';

/**
 * @param backup a backup's name, or the absolute path of one that was carried away: a relative one would
 *   mean another folder to each process that hears of it.
 * @throws FailureError `fileMissing` for what can be neither.
 */
export function folderOfBackup(dir: string, backup: string): string {
  if (isAbsolute(backup)) return backup;
  if (/[\\/]/.test(backup) || backup.startsWith('.')) {
    throw new FailureError({ code: 'fileMissing', path: backup });
  }
  return join(layout.backups(dir), backup);
}

/** Where a blob lies in a backup, as in a vault. */
export const blobPath = (id: string): string => join('blobs', id.slice(0, 2), id);

/** What a backup holds, authenticated by the vault's key. */
export interface Manifest {
  readonly databaseBytes: number;
  /** BLAKE2b-256 of the database file, hexadecimal. */
  readonly databaseHash: string;
  readonly blobs: readonly string[];
}

export interface BackupHead {
  readonly vaultId: Uint8Array;
  readonly createdAt: number;
  /** Bytes of all its parts. */
  readonly bytes: number;
  readonly blobs: number;
  /** The database key, wrapped by the recovery key. */
  readonly recovery: Uint8Array;
  /** The {@link Manifest}, sealed. */
  readonly sealed: Uint8Array;
}

const headSchema = z.strictObject({
  format: z.literal('warren-backup'),
  version: z.literal(1),
  vaultId: bytesSchema(16, 16),
  createdAt: z.int().min(0),
  bytes: z.int().min(0),
  blobs: z.int().min(0),
  recovery: bytesSchema(),
  sealed: bytesSchema(),
});
const manifestSchema = z.strictObject({
  databaseBytes: z.int().min(0),
  databaseHash: z.string().regex(/^[0-9a-f]{64}$/),
  blobs: z.array(z.string().regex(/^[0-9a-f]{64}$/)),
});

const manifestKey = (databaseKey: Uint8Array) => deriveKey(databaseKey, 'warren/backup/v1');

/** All that stands in the open is bound to what is sealed. */
const context = ({ vaultId, createdAt, bytes, blobs, recovery }: Omit<BackupHead, 'sealed'>) =>
  encodeParts(utf8('warren/backup/v1'), vaultId, utf8(`${createdAt} ${bytes} ${blobs}`), recovery);

export async function writeManifest(
  folder: string,
  open: Omit<BackupHead, 'sealed'>,
  manifest: Manifest,
  databaseKey: Uint8Array,
  random: RandomBytes,
): Promise<void> {
  const content = utf8(JSON.stringify(manifest));
  const sealed = wrapKey(manifestKey(databaseKey), content, context(open), random);
  const head = { format: 'warren-backup', version: 1, ...open, sealed };
  await writeWhole(join(folder, manifestName), `${stringifyBytes(head)}\n`);
}

/** @returns null where there is none. @throws FailureError `vaultDamaged` when it can not be read. */
export async function readHead(folder: string): Promise<BackupHead | null> {
  const text = await readFile(join(folder, manifestName), 'utf8').catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
      throw error;
    },
  );
  if (text === null) return null;
  try {
    return headSchema.parse(JSON.parse(text));
  } catch {
    throw damaged(manifestName);
  }
}

/** @throws FailureError `vaultDamaged` when it was altered or is another vault's. */
export function openManifest(head: BackupHead, databaseKey: Uint8Array): Manifest {
  const content = unwrapKey(manifestKey(databaseKey), head.sealed, context(head));
  if (!content) throw damaged(manifestName);
  return manifestSchema.parse(JSON.parse(Buffer.from(content).toString()));
}

/** @returns the database key. @throws FailureError `unlockRefused` when the words are not the vault's. */
export function keyByWords(head: BackupHead, words: string): Uint8Array {
  const recoveryKey = wordsToRecoveryKey(words);
  const key = recoveryKey && unwrapByRecovery(recoveryKey, head.vaultId, head.recovery);
  if (!key) throw new FailureError({ code: 'unlockRefused' });
  return key;
}

export const damaged = (part: string): FailureError =>
  new FailureError({ code: 'vaultDamaged', part });
