/** How much lies in a vault. */
import type { VaultStats } from '../model/record.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Database } from '../store/database.ts';

export function statsOf(database: Database, outbox: Outbox): VaultStats {
  const counts = (sql: string) =>
    Object.fromEntries(
      database
        .prepare<[], { name: string; count: number }>(sql)
        .all()
        .map(({ name, count }) => [name, count]),
    );
  const number = (sql: string) => Number(database.prepare(sql).pluck().get() ?? 0);
  const { envelopes, bytes } = outbox.size();
  return {
    records: counts(
      'select kind as name, count(*) as count from record_view where trashed_at is null group by kind',
    ),
    trashed: number('select count(*) from record_view where trashed_at is not null'),
    documents: number('select count(*) from document'),
    documentBytes: number('select sum(bytes) from document'),
    journalEntries: counts('select journal as name, count(*) as count from entry group by journal'),
    blobs: number('select count(*) from blob'),
    blobBytes: number('select sum(size) from blob'),
    outboxEnvelopes: envelopes,
    outboxBytes: bytes,
    databaseBytes:
      number('select page_count from pragma_page_count') *
      number('select page_size from pragma_page_size'),
  };
}
