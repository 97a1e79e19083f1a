/** All migrations in their order; a database's `user_version` is how many of them it has had. */
import type { RandomBytes } from '../../../crypto/random.ts';
import type { Database } from '../database.ts';
import { initial } from './0001-initial.ts';
import { documents } from './0002-documents.ts';
import { replication } from './0003-replication.ts';
import { proxyChecks } from './0004-proxy-checks.ts';
import { profileUse } from './0005-profile-use.ts';

export interface MigrationContext {
  readonly random: RandomBytes;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What this device is called until somebody renames it. */
  readonly deviceName: string;
}

export interface Migration {
  readonly name: string;
  /** Runs inside a transaction. */
  up(database: Database, context: MigrationContext): void;
}

export const migrations: readonly Migration[] = [
  initial,
  documents,
  replication,
  proxyChecks,
  profileUse,
];
