/**
 * Process entry: one operation on a vault, in a process whose files may only grow to a limit. Prints one
 * line: `done`, or the failure that a person would be told; then it ends without closing anything.
 */
import { createBackups } from '../backup/backups.ts';
import { restoreBackup } from '../backup/restoreBackup.ts';
import { contentOf } from '../blobs/blobStore.ts';
import { type Contents, createContents } from '../contents.ts';
import { profileInputSchema } from '../model/profile.ts';
import { validate } from '../model/validation.ts';
import { workflowOutlineSchema } from '../model/workflow.ts';
import { exportTo, importFrom } from '../transfer/transfer.ts';
import { storageFailure } from '../vault/failures.ts';
import { openVault, openVaultQuickly } from '../vault/vault.ts';

export type Operation = 'commit' | 'open' | 'backup' | 'restore' | 'import' | 'export' | 'blob';

const [dir = '', key = '', operation = '', argument = ''] = process.argv.slice(2);
const progress = { signal: new AbortController().signal, onProgress: () => undefined };
const edited = profileInputSchema.parse({ name: 'Edited', notes: 'long '.repeat(4_000) });

const operations: Record<Operation, (contents: Contents) => Promise<unknown>> = {
  open: async () => undefined,
  commit: ({ profiles, vault }) =>
    vault.store.commit(() => {
      const [first = ''] = profiles.listedIds();
      profiles.replace(first, edited);
      profiles.add([profileInputSchema.parse({ name: 'Added' })]);
    }),
  blob: async ({ blobs, blobUses, vault }) => {
    const blob = await blobs.put(contentOf(Buffer.alloc(300_000, 1)), 'x/y');
    await vault.store.commit(() => blobUses.add(blob.id, 'fault'));
  },
  backup: ({ vault, blobs }) =>
    createBackups(vault, blobs, () => ({ keep: 9, everyHours: 0 })).now(
      progress.signal,
      progress.onProgress,
    ),
  restore: async ({ vault }) => {
    vault.database.pragma('wal_checkpoint(TRUNCATE)');
    vault.database.close();
    await restoreBackup(dir, argument, vault.databaseKey);
  },
  export: (contents) =>
    exportTo(contents, argument, { format: 'sealed', ownWords: false, ...progress }),
  import: (contents) =>
    importFrom(contents, argument, undefined, {
      onDuplicate: 'copy',
      preview: false,
      validate: (kind, fields) =>
        kind === 'profile'
          ? validate(profileInputSchema, fields)
          : validate(workflowOutlineSchema, fields),
      ...progress,
    }),
};

try {
  // Without a key the argument is the passphrase: that is how a vault of an older version is opened.
  const vault = key
    ? await openVaultQuickly(dir, new Uint8Array(Buffer.from(key, 'hex')))
    : await openVault(dir, argument);
  await operations[operation as Operation](createContents(vault));
  console.log('done');
} catch (error) {
  console.log(storageFailure(error, dir, 'vault.db')?.code ?? `unknown: ${String(error)}`);
}
process.exit(0);
