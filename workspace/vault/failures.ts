/** What the file system and SQLite say, as the failures that a person is told. */
import { type Failure, FailureError } from '../model/failure.ts';

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/**
 * @param dir the vault's folder, named where the person has to look there.
 * @param part what was being read, named when it turns out damaged.
 * @returns the failure, or null when the error is none that a person can act on.
 */
export function storageFailure(error: unknown, dir: string, part: string): Failure | null {
  if (error instanceof FailureError) return error.failure;
  const code = codeOf(error);
  if (code === 'SQLITE_BUSY' || code === 'SQLITE_LOCKED') {
    return { code: 'vaultInUse', pid: null, since: null };
  }
  if (['SQLITE_FULL', 'ENOSPC', 'EDQUOT', 'EFBIG'].includes(code)) return { code: 'storageFull' };
  if (/^(SQLITE_IOERR_(WRITE|FSYNC|DIR_FSYNC|TRUNCATE|SHMSIZE)|EIO)/.test(code)) {
    return { code: 'storageFailed' };
  }
  // A file that may only be read can not be locked for writing either: SQLITE_IOERR_LOCK.
  if (
    /^(SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM|SQLITE_IOERR_LOCK|EACCES|EPERM|EROFS)/.test(code)
  ) {
    return { code: 'vaultReadOnly', dir };
  }
  if (/^(SQLITE_CORRUPT|SQLITE_NOTADB|SQLITE_IOERR)/.test(code))
    return { code: 'vaultDamaged', part };
  return null;
}

/** Runs storage work; what {@link storageFailure} knows comes out as a `FailureError`. */
export async function withStorageFailures<T>(
  dir: string,
  part: string,
  work: () => Promise<T> | T,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const failure = storageFailure(error, dir, part);
    throw failure ? new FailureError(failure) : error;
  }
}
