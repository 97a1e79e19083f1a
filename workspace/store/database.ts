/**
 * The vault's SQLite file: encrypted page by page, opened by one process at a time.
 *
 * The lock is SQLite's own (`locking_mode=EXCLUSIVE`): the system drops it when the process dies, so
 * there is no stale lock file to delete by hand. Temporary tables stay in memory, because SQLite would
 * write them to disk unencrypted.
 */
import { closeSync, copyFileSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3-multiple-ciphers';
import { requireBytes } from '../../crypto/bytes.ts';
import { FailureError } from '../model/failure.ts';
import { ownerOnly } from '../vault/files.ts';
import { type MigrationContext, migrations } from './migrations/index.ts';

export type Database = Sqlite.Database;

/** @param key 32 bytes. @throws SqliteError; when the path exists already. */
export function createDatabase(path: string, key: Uint8Array, context: MigrationContext): Database {
  // Made here so that only its owner may read it; SQLite gives its log the same permissions.
  closeSync(openSync(path, 'wx', ownerOnly.file));
  const database = openEncrypted(path, key);
  database.transaction(() => {
    for (const migration of migrations) migration.up(database, context);
    database.pragma(`user_version = ${migrations.length}`);
  })();
  return database;
}

/**
 * Opens and brings up to date, with a copy of the file set aside before anything is changed.
 *
 * @throws SqliteError; FailureError `vaultNewer` or `vaultDamaged`.
 */
export function openDatabase(
  path: string,
  key: Uint8Array,
  backups: string,
  context: MigrationContext,
): Database {
  const database = openEncrypted(path, key);
  try {
    migrate(database, path, backups, context);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Writes everything back into the one file and lets go of it. */
export function closeDatabase(database: Database): void {
  if (!database.open) return;
  try {
    database.pragma('wal_checkpoint(TRUNCATE)');
  } catch {
    // What can not be written back, on a full or damaged disk, stays in the log and is read from there.
  }
  database.close();
}

/** @param key 32 bytes. @throws SqliteError. */
export function openEncrypted(path: string, key: Uint8Array): Database {
  requireBytes('key', key, 32);
  const database = new Sqlite(path, { fileMustExist: true, timeout: 200 });
  try {
    database.pragma("cipher = 'chacha20'");
    database.key(Buffer.from(`raw:${Buffer.from(key).toString('hex')}`));
    database.pragma('locking_mode = EXCLUSIVE');
    database.pragma('temp_store = MEMORY');
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('secure_delete = ON');
    database.pragma('trusted_schema = OFF');
    database.pragma('cell_size_check = ON');
    database.pragma('foreign_keys = ON');
    // The exclusive lock is taken at the first write; take it now, so that a second opener is told at once.
    database.exec('begin immediate; commit');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function migrate(
  database: Database,
  path: string,
  backups: string,
  context: MigrationContext,
): void {
  const found = Number(database.pragma('user_version', { simple: true }));
  // SQLite takes an emptied file for a new database; a vault's database is never at version 0.
  if (found === 0) throw new FailureError({ code: 'vaultDamaged', part: 'vault.db' });
  if (found > migrations.length) {
    throw new FailureError({ code: 'vaultNewer', found, supported: migrations.length });
  }
  if (found === migrations.length) return;
  database.pragma('wal_checkpoint(TRUNCATE)');
  mkdirSync(backups, { recursive: true, mode: ownerOnly.directory });
  copyFileSync(path, join(backups, `before-migration-${found + 1}-${context.now}.db`));
  database.transaction(() => {
    for (const migration of migrations.slice(found)) migration.up(database, context);
    database.pragma(`user_version = ${migrations.length}`);
  })();
}
