/**
 * Records of one kind (profiles, workflows): stored as documents, listed from a view that is written in
 * the same transaction. Names are looked up for people's sake and kept apart on this device; ids are
 * what everything else refers to.
 */
import { randomUUID } from 'node:crypto';
import { FailureError } from '../model/failure.ts';
import type { Database } from '../store/database.ts';
import { decodeCursor, encodeCursor } from '../views/cursor.ts';
import { searchText, searchWords, sortKey } from '../views/textKeys.ts';

export interface RecordKind<Input extends { readonly name: string }, Summary> {
  readonly kind: string;
  /** What a list shows besides name and times. */
  summarize(input: Input): Summary;
  /** Further text that a search finds the record by. */
  searched(input: Input): readonly string[];
}

export type Stored<Input> = Input & {
  readonly id: string;
  readonly createdAt: number;
  readonly updatedAt: number;
};

export type ListRow<Summary> = Summary & {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly lastRunAt: number | null;
  readonly lastOutcome: string | null;
};

export interface ListQuery {
  readonly search: string;
  readonly sort: 'name' | 'recent' | 'created';
  readonly after?: string | undefined;
  readonly limit: number;
}

export interface ListPage<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
  readonly total: number;
}

export interface Records<Input extends { readonly name: string }, Summary> {
  /** @throws FailureError `duplicateName`; nothing is stored then, of any of them. */
  add(inputs: readonly Input[]): Stored<Input>[];
  /** @param reference an id or an exact name. @throws FailureError `notFound`, `ambiguousName`. */
  get(reference: string): Stored<Input>;
  replace(id: string, input: Input): Stored<Input>;
  remove(id: string): void;
  list(query: ListQuery): ListPage<ListRow<Summary>>;
  all(): Stored<Input>[];
  /** Writes the view again from the records. */
  rebuild(): void;
}

interface RecordRow {
  id: string;
  body: string;
  created_at: number;
  updated_at: number;
}

interface ViewRow {
  id: string;
  name: string;
  name_key: string;
  summary: string;
  created_at: number;
  updated_at: number;
  last_run_at: number;
  last_outcome: string | null;
}

const orders = {
  name: { column: 'name_key', direction: 'asc', beyond: '>' },
  recent: { column: 'last_run_at', direction: 'desc', beyond: '<' },
  created: { column: 'created_at', direction: 'desc', beyond: '<' },
} as const;

export function createRecords<Input extends { readonly name: string }, Summary extends object>(
  database: Database,
  kind: RecordKind<Input, Summary>,
  now: () => number,
): Records<Input, Summary> {
  const insert = database.prepare('insert into record values (?, ?, ?, ?, ?)');
  const update = database.prepare('update record set body = ?, updated_at = ? where id = ?');
  const putView = database.prepare(
    `insert into record_view (id, kind, name, name_key, search_text, summary, created_at, updated_at)
     values (?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (id) do update set name = excluded.name, name_key = excluded.name_key,
       search_text = excluded.search_text, summary = excluded.summary, updated_at = excluded.updated_at`,
  );
  const byId = database.prepare<[string, string], RecordRow>(
    'select id, body, created_at, updated_at from record where id = ? and kind = ?',
  );
  const idsByName = database
    .prepare<[string, string, string], string>(
      'select id from record_view where kind = ? and name_key = ? and name = ? limit 2',
    )
    .pluck();
  const everything = database.prepare<[string], RecordRow>(
    'select id, body, created_at, updated_at from record where kind = ? order by created_at, rowid',
  );

  const read = (row: RecordRow): Stored<Input> => ({
    ...(JSON.parse(row.body) as Input),
    id: row.id,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  });

  function view(record: Stored<Input>, input: Input): void {
    putView.run(
      record.id,
      kind.kind,
      input.name,
      sortKey(input.name),
      searchText(input.name, ...kind.searched(input)),
      JSON.stringify(kind.summarize(input)),
      record.createdAt,
      record.updatedAt,
    );
  }

  const idsNamed = (name: string) => idsByName.all(kind.kind, sortKey(name), name);

  function refuseTaken(name: string, except: string | null): void {
    if (idsNamed(name).some((id) => id !== except)) {
      throw new FailureError({ code: 'duplicateName', kind: kind.kind, name });
    }
  }

  function find(reference: string): RecordRow {
    const direct = byId.get(reference, kind.kind);
    if (direct) return direct;
    const [id, another] = idsNamed(reference);
    if (another)
      throw new FailureError({ code: 'ambiguousName', kind: kind.kind, name: reference });
    const named = id && byId.get(id, kind.kind);
    if (!named) throw new FailureError({ code: 'notFound', kind: kind.kind, name: reference });
    return named;
  }

  return {
    add: database.transaction((inputs: readonly Input[]) =>
      inputs.map((input) => {
        refuseTaken(input.name, null);
        const at = now();
        const record = { ...input, id: randomUUID(), createdAt: at, updatedAt: at };
        insert.run(record.id, kind.kind, JSON.stringify(input), at, at);
        view(record, input);
        return record;
      }),
    ),
    get: (reference) => read(find(reference)),
    replace: database.transaction((id: string, input: Input) => {
      const old = find(id);
      refuseTaken(input.name, id);
      const record = { ...input, id, createdAt: old.created_at, updatedAt: now() };
      update.run(JSON.stringify(input), record.updatedAt, id);
      view(record, input);
      return record;
    }),
    remove: database.transaction((id: string) => {
      find(id);
      database.prepare('delete from record where id = ?').run(id);
      database.prepare('delete from record_view where id = ?').run(id);
    }),
    list: (query) => list(database, kind.kind, query),
    all: () => everything.all(kind.kind).map(read),
    rebuild: database.transaction(() => {
      database
        .prepare('delete from record_view where kind = ? and id not in (select id from record)')
        .run(kind.kind);
      for (const row of everything.all(kind.kind)) {
        view(read(row), JSON.parse(row.body) as Input);
      }
    }),
  };
}

function list<Summary extends object>(
  database: Database,
  kind: string,
  query: ListQuery,
): ListPage<ListRow<Summary>> {
  const words = searchWords(query.search);
  const matching = `kind = ? ${words.map(() => 'and instr(search_text, ?) > 0').join(' ')}`;
  const { column, direction, beyond } = orders[query.sort];
  const from = query.after ? decodeCursor(query.after) : null;
  const rows = database
    .prepare<unknown[], ViewRow>(
      `select id, name, name_key, summary, created_at, updated_at, last_run_at, last_outcome
       from record_view where ${matching}
       ${from ? `and (${column} ${beyond} ? or (${column} = ? and id > ?))` : ''}
       order by ${column} ${direction}, id limit ?`,
    )
    .all(kind, ...words, ...(from ? [from[0], from[0], from[1]] : []), query.limit + 1);
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    rows: shown.map((row) => ({
      ...(JSON.parse(row.summary) as Summary),
      id: row.id,
      name: row.name,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
      lastRunAt: row.last_run_at || null,
      lastOutcome: row.last_outcome,
    })),
    next: last && rows.length > query.limit ? encodeCursor([last[column], last.id]) : null,
    total: Number(
      database
        .prepare(`select count(*) from record_view where ${matching}`)
        .pluck()
        .get(kind, ...words),
    ),
  };
}
