/** All migrations in their order; a database's `user_version` is how many of them it has had. */
import type { Database } from '../database.ts';
import { initial } from './0001-initial.ts';

export interface Migration {
  readonly name: string;
  /** Runs inside a transaction. */
  up(database: Database): void;
}

export const migrations: readonly Migration[] = [initial];
