/**
 * Records of one kind (profiles, workflows): each a document of its own, listed from a view that is
 * written in the same transaction. Names are looked up for people's sake and kept apart on this device;
 * ids are what everything else refers to.
 */
import { randomUUID } from 'node:crypto';
import type { Content, Documents, Edit, Version } from '../documents/documents.ts';
import type { Trust } from '../documents/guard.ts';
import { type Shape, same } from '../documents/shape.ts';
import type { ActivityLog } from '../journal/activity.ts';
import { FailureError } from '../model/failure.ts';
import {
  type Facet,
  type HistoryEntry,
  isAscending,
  type ListOrder,
  type TrashedRow,
} from '../model/record.ts';
import type { JsonValue } from '../model/workflow.ts';
import type { Database } from '../store/database.ts';
import type { Store } from '../store/store.ts';
import { decodeCursor, encodeCursor } from '../views/cursor.ts';
import { searchText, searchWords, sortKey } from '../views/textKeys.ts';

export interface RecordKind<Input extends { readonly name: string }, Summary> {
  readonly kind: string;
  /** How its fields lie in a document. */
  readonly shape: Shape;
  /** Fields that a document of an older version lacks. */
  readonly defaults: Partial<Input>;
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
  readonly sort: ListOrder;
  /** Only those whose summary says this: a field's value, or one of a list's; `tag` is one of `tags`. */
  readonly filter?: Readonly<Record<string, string | number | null | undefined>> | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

export interface ListPage<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
  readonly total: number;
}

export interface Records<Input extends { readonly name: string }, Summary> {
  readonly kind: RecordKind<Input, Summary>;
  /** @throws FailureError `duplicateName`; nothing is stored then, of any of them. */
  add(inputs: readonly Input[], action?: 'add' | 'import'): Stored<Input>[];
  /** One under an id that it had elsewhere. @throws FailureError `duplicateName`. */
  addAs(id: string, input: Input): Stored<Input>;
  /** @param reference an id or an exact name. @throws FailureError `notFound`, `ambiguousName`. */
  get(reference: string): Stored<Input>;
  /** @throws FailureError `duplicateName`, `notFound`. */
  replace(id: string, input: Input): Stored<Input>;
  /** The same change to many, in one transaction. @returns how many changed. */
  editEach(ids: readonly string[], edit: (record: Stored<Input>) => Input): number;
  /** Into the trash, from where they can be restored. @returns them. @throws FailureError `notFound`. */
  trash(ids: readonly string[]): readonly { readonly id: string; readonly name: string }[];
  /** Out of the trash; its name gets a number when it was taken meanwhile. @throws FailureError `notFound`. */
  untrash(id: string): Stored<Input>;
  /** The same for many, in one transaction; those that are not in the trash stay as they are. */
  untrashEach(ids: readonly string[]): void;
  /** Deletes for good, and remembers that it was deleted. */
  purge(ids: readonly string[]): void;
  history(reference: string): HistoryEntry[];
  /** @throws FailureError `notFound` for a version that the record never had. */
  at(reference: string, version: string): Stored<Input>;
  /** Makes the content of a version the newest one. @throws FailureError as `at` and `replace`. */
  restoreVersion(reference: string, version: string): Stored<Input>;
  /** Takes in a document that another vault saved. @returns what became of it. */
  merge(id: string, bytes: Uint8Array, trust?: Trust): 'added' | 'changed' | 'same';
  /** @returns the name itself, or with the first number that makes it free. */
  freeName(name: string): string;
  /** @returns the id of the record of that name, or null. */
  idOfName(name: string): string | null;
  list(query: ListQuery): ListPage<ListRow<Summary>>;
  /** Those of `ids` that the query would show, in its order, with what they are ordered by. */
  rowsAmong(query: ListQuery, ids: readonly string[]): Positioned<ListRow<Summary>>[];
  /** @param field of the summary. @returns each of its values with how many have it, the most first. */
  countBy(field: string): Facet[];
  trashed(): TrashedRow[];
  /** Ids of all of them, those in the trash too. */
  ids(): string[];
  /** Ids of those that are not in the trash, oldest first. */
  listedIds(): string[];
  /** Writes the view's rows of these records again from their documents. */
  rebuild(ids: readonly string[]): void;
}

/** A row with its place in the order: the sort value, then the id. */
export interface Positioned<Row> {
  readonly row: Row;
  readonly position: readonly [string | number, string];
}

interface ViewRow {
  id: string;
  name: string;
  name_key: string;
  summary: string;
  created_at: number;
  updated_at: number;
  trashed_at: number | null;
  last_run_at: number;
  last_outcome: string | null;
}

/** With what it is ordered by. */
interface OrderedRow extends ViewRow {
  place: string | number;
}

const orderValues: { readonly [Order in ListOrder]: string } = {
  name: 'name_key',
  // Those without a number come last, beyond what a number can be.
  number: "coalesce(json_extract(summary, '$.number'), 1000000000)",
  // A run of any device that shares its history, or a person's opening on this one.
  used: 'max(last_run_at, coalesce((select at from profile_opening where profile_id = id), 0))',
  recent: 'last_run_at',
  created: 'created_at',
  updated: 'updated_at',
};

/** What records are kept by. */
export interface RecordStores {
  readonly store: Store;
  readonly documents: Documents;
  readonly activity: ActivityLog;
  readonly deviceName: (deviceId: string) => string | null;
}

export function createRecords<Input extends { readonly name: string }, Summary extends object>(
  stores: RecordStores,
  kind: RecordKind<Input, Summary>,
): Records<Input, Summary> {
  const { store, documents, activity } = stores;
  const { database } = store;
  const { shape } = kind;
  const putView = database.prepare(
    `insert into record_view (id, kind, name, name_key, search_text, summary, created_at, updated_at, trashed_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (id) do update set name = excluded.name, name_key = excluded.name_key,
       search_text = excluded.search_text, summary = excluded.summary,
       updated_at = excluded.updated_at, trashed_at = excluded.trashed_at`,
  );
  const dropView = database.prepare('delete from record_view where id = ?');
  const viewOf = database.prepare<[string, string], ViewRow>(
    'select * from record_view where id = ? and kind = ?',
  );
  const idsByName = database
    .prepare<[string, string, string], string>(
      `select id from record_view
       where kind = ? and name_key = ? and name = ? and trashed_at is null limit 2`,
    )
    .pluck();
  const bury = database.prepare('insert or replace into tombstone values (?, ?, ?, ?, ?)');

  function stored(id: string, content: Content): Stored<Input> {
    const { createdAt, updatedAt } = content;
    return { ...kind.defaults, ...content.fields, id, createdAt, updatedAt } as Stored<Input>;
  }

  const read = (id: string): Stored<Input> => stored(id, documents.read(id, shape));

  function inputOf({ id: _i, createdAt: _c, updatedAt: _u, ...input }: Stored<Input>): Input {
    return input as unknown as Input;
  }

  function show(id: string): Stored<Input> {
    return showContent(id, documents.read(id, shape));
  }

  function showContent(id: string, content: Content): Stored<Input> {
    const record = stored(id, content);
    const input = inputOf(record);
    putView.run(
      id,
      kind.kind,
      input.name,
      sortKey(input.name),
      searchText(input.name, ...kind.searched(input)),
      JSON.stringify(kind.summarize(input)),
      record.createdAt,
      record.updatedAt,
      content.trashedAt,
    );
    return record;
  }

  const idsNamed = (name: string) => idsByName.all(kind.kind, sortKey(name), name);

  function refuseTaken(name: string, except: string | null): void {
    if (idsNamed(name).some((id) => id !== except)) {
      throw new FailureError({ code: 'duplicateName', kind: kind.kind, name });
    }
  }

  /** @throws FailureError unless it is there; one in the trash is found by its id only. */
  function find(reference: string): ViewRow {
    const direct = viewOf.get(reference, kind.kind);
    if (direct) return direct;
    const [id, another] = idsNamed(reference);
    if (another)
      throw new FailureError({ code: 'ambiguousName', kind: kind.kind, name: reference });
    const named = id === undefined ? undefined : viewOf.get(id, kind.kind);
    if (!named) throw new FailureError({ code: 'notFound', kind: kind.kind, name: reference });
    return named;
  }

  function findLive(reference: string): ViewRow {
    const row = find(reference);
    if (row.trashed_at === null) return row;
    throw new FailureError({ code: 'notFound', kind: kind.kind, name: reference });
  }

  const edit = <More extends Partial<Edit>>(id: string, action: string, more: More) => ({
    id,
    kind: kind.kind,
    shape,
    action,
    ...more,
  });
  const fieldsOf = (input: Input) => input as unknown as Record<string, JsonValue>;
  const note = (type: string, id: string, name: string) =>
    activity.add({ type, kind: kind.kind, recordId: id, name });

  /** One entry for one record, one for all of many: a list of ten thousand lines tells nobody anything. */
  function noteAll(type: string, records: readonly { id: string; name: string }[]): void {
    const [only] = records;
    if (records.length === 1 && only) note(type, only.id, only.name);
    else if (records.length > 1) note(`${type}Many`, '', String(records.length));
  }

  function freeName(name: string): string {
    if (idsNamed(name).length === 0) return name;
    for (let number = 2; ; number++) {
      const numbered = `${name} (${number})`;
      if (idsNamed(numbered).length === 0) return numbered;
    }
  }

  function replaceAs(action: string, id: string, input: Input): Stored<Input> {
    refuseTaken(input.name, id);
    const before = documents.read(id, shape);
    const fields = fieldsOf(input);
    const moved = documents.apply([edit(id, action, { fields, before: before.fields })]);
    const updatedAt = moved.get(id);
    if (updatedAt === undefined) return stored(id, before);
    note(action, id, input.name);
    return showContent(id, { ...before, updatedAt, fields });
  }

  /** Out of the trash, under a name that is free now. */
  function bringBack(id: string): Stored<Input> {
    const before = fieldsOf(inputOf(read(id)));
    const name = freeName(String(before.name));
    const renamed = name === before.name ? {} : { fields: { ...before, name }, before };
    documents.apply([edit(id, 'untrash', { trashedAt: null, ...renamed })]);
    return show(id);
  }

  function at(reference: string, version: string): Stored<Input> {
    const { id } = find(reference);
    const content = documents.at(id, version, shape);
    if (!content) throw new FailureError({ code: 'notFound', kind: 'version', name: version });
    return stored(id, content);
  }

  return {
    kind,
    add: (inputs, action = 'add') =>
      store.write(() => {
        const edits = inputs.map((input) =>
          edit(randomUUID(), action, { fields: fieldsOf(input) }),
        );
        const times = documents.apply(edits);
        const added = edits.map(({ id, fields }) => {
          refuseTaken(String(fields.name), null);
          const at = times.get(id) ?? 0;
          return showContent(id, {
            kind: kind.kind,
            createdAt: at,
            updatedAt: at,
            trashedAt: null,
            fields,
          });
        });
        noteAll(action, added);
        return added;
      }),
    addAs: (id, input) =>
      store.write(() => {
        refuseTaken(input.name, null);
        documents.apply([edit(id, 'import', { fields: fieldsOf(input) })]);
        noteAll('import', [{ id, name: input.name }]);
        return show(id);
      }),
    get: (reference) => read(findLive(reference).id),
    replace: (reference, input) =>
      store.write(() => replaceAs('edit', findLive(reference).id, input)),
    editEach: (ids, change) =>
      store.write(() => {
        const edits = ids.map((reference) => {
          const { id } = findLive(reference);
          const content = documents.read(id, shape);
          const fields = fieldsOf(change(stored(id, content)));
          return { content, ...edit(id, 'edit', { fields, before: content.fields }) };
        });
        const moved = documents.apply(edits);
        const changed = edits.flatMap(({ id, content, fields }) => {
          const updatedAt = moved.get(id);
          if (updatedAt === undefined) return [];
          refuseTaken(String(fields.name), id);
          return [showContent(id, { ...content, updatedAt, fields })];
        });
        noteAll('edit', changed);
        return changed.length;
      }),
    trash: (ids) =>
      store.write(() => {
        const rows = ids.map(findLive);
        const trashedAt = store.clock.tick();
        documents.apply(rows.map(({ id }) => edit(id, 'trash', { trashedAt })));
        for (const { id } of rows) show(id);
        noteAll('trash', rows);
        return rows.map(({ id, name }) => ({ id, name }));
      }),
    untrash: (reference) =>
      store.write(() => {
        const { id, trashed_at } = find(reference);
        if (trashed_at === null) return read(id);
        const back = bringBack(id);
        noteAll('untrash', [back]);
        return back;
      }),
    untrashEach: (ids) =>
      store.write(() => {
        const gone = ids.map(find).filter(({ trashed_at }) => trashed_at !== null);
        noteAll(
          'untrash',
          gone.map(({ id }) => bringBack(id)),
        );
      }),
    purge: (ids) =>
      store.write(() => {
        const rows = ids.map(find);
        documents.remove(rows.map(({ id }) => id));
        for (const { id, name } of rows) {
          bury.run(id, kind.kind, name, activity.deviceId, store.clock.tick());
          dropView.run(id);
        }
        noteAll('purge', rows);
      }),
    history(reference) {
      const { id } = find(reference);
      const versions = documents.history(id);
      const contentAfter = (version: Version | undefined) =>
        version ? fieldsAt(documents, id, version.id, shape) : {};
      let after = contentAfter(versions[0]);
      return versions.map((version, index) => {
        const before = contentAfter(versions[index + 1]);
        const changed = changedFields(before, after);
        after = before;
        return {
          version: version.id,
          number: versions.length - index,
          at: version.at,
          deviceId: version.deviceId,
          deviceName: version.deviceId === null ? null : stores.deviceName(version.deviceId),
          action: version.action,
          changed,
        };
      });
    },
    at,
    restoreVersion: (reference, version) =>
      store.write(() => {
        const old = at(reference, version);
        return replaceAs('restoreVersion', old.id, inputOf(old));
      }),
    merge: (id, bytes, trust) =>
      store.write(() => {
        const known = documents.has(id);
        const { changed } = documents.merge(id, kind.kind, bytes, trust);
        if (!changed) return 'same';
        show(id);
        return known ? 'changed' : 'added';
      }),
    freeName,
    idOfName: (name) => idsNamed(name)[0] ?? null,
    list: (query) => list(database, kind.kind, query),
    rowsAmong: (query, ids) => rowsAmong(database, kind.kind, query, ids),
    countBy: (field) =>
      database
        .prepare<[string, string], Facet>(
          `select each.value as value, count(*) as count
           from record_view, json_each(summary, '$.' || ?) as each
           where kind = ? and trashed_at is null and each.value is not null
           group by each.value order by count desc, each.value`,
        )
        .all(field, kind.kind),
    trashed: () =>
      database
        .prepare<[string], { id: string; name: string; trashed_at: number }>(
          `select id, name, trashed_at from record_view
           where kind = ? and trashed_at is not null order by trashed_at desc, id`,
        )
        .all(kind.kind)
        .map(({ id, name, trashed_at }) => ({ kind: kind.kind, id, name, trashedAt: trashed_at })),
    ids: () => documents.ids(kind.kind),
    listedIds: () =>
      database
        .prepare<[string], string>(
          'select id from record_view where kind = ? and trashed_at is null order by created_at, id',
        )
        .pluck()
        .all(kind.kind),
    rebuild: (ids) =>
      store.write(() => {
        for (const id of ids) show(id);
      }),
  };
}

function fieldsAt(
  documents: Documents,
  id: string,
  version: string,
  shape: Shape,
): Readonly<Record<string, JsonValue>> {
  const content = documents.at(id, version, shape);
  return content ? { ...content.fields, trashed: content.trashedAt !== null } : {};
}

const changedFields = (
  before: Readonly<Record<string, JsonValue>>,
  after: Readonly<Record<string, JsonValue>>,
): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) =>
      !same(before[name], after[name]) &&
      (name !== 'trashed' || after[name] === true || before[name] === true),
  );

const orderOf = ({ sort }: ListQuery) =>
  isAscending(sort)
    ? { value: orderValues[sort], direction: 'asc', beyond: '>' }
    : { value: orderValues[sort], direction: 'desc', beyond: '<' };

const rowColumns =
  'id, name, name_key, summary, created_at, updated_at, trashed_at, last_run_at, last_outcome';

/** @returns the condition and its values, the kind first. */
function matchingOf(kind: string, query: ListQuery): { matching: string; values: unknown[] } {
  const words = searchWords(query.search);
  const fields = Object.entries(query.filter ?? {}).filter(([, value]) => value !== undefined);
  const conditions = [
    'kind = ? and trashed_at is null',
    ...words.map(() => 'instr(search_text, ?) > 0'),
    ...fields.map(([name]) =>
      name === 'tag'
        ? "exists (select 1 from json_each(summary, '$.tags') as tag where tag.value = ?)"
        : "json_extract(summary, '$.' || ?) is ?",
    ),
  ];
  return {
    matching: conditions.join(' and '),
    values: [
      kind,
      ...words,
      ...fields.flatMap(([name, value]) => (name === 'tag' ? [value] : [name, value])),
    ],
  };
}

const toRow = <Summary extends object>(row: ViewRow): ListRow<Summary> => ({
  ...(JSON.parse(row.summary) as Summary),
  id: row.id,
  name: row.name,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  lastRunAt: row.last_run_at || null,
  lastOutcome: row.last_outcome,
});

function rowsAmong<Summary extends object>(
  database: Database,
  kind: string,
  query: ListQuery,
  ids: readonly string[],
): Positioned<ListRow<Summary>>[] {
  const { matching, values } = matchingOf(kind, query);
  const { value, direction } = orderOf(query);
  return database
    .prepare<unknown[], OrderedRow>(
      `select ${rowColumns}, ${value} as place from record_view
       where ${matching} and id in (select value from json_each(?))
       order by ${value} ${direction}, id`,
    )
    .all(...values, JSON.stringify(ids))
    .map((row) => ({ row: toRow<Summary>(row), position: [row.place, row.id] }));
}

function list<Summary extends object>(
  database: Database,
  kind: string,
  query: ListQuery,
): ListPage<ListRow<Summary>> {
  const { matching, values } = matchingOf(kind, query);
  const { value, direction, beyond } = orderOf(query);
  const from = query.after ? decodeCursor(query.after) : null;
  const rows = database
    .prepare<unknown[], OrderedRow>(
      `select ${rowColumns}, ${value} as place
       from record_view where ${matching}
       ${from ? `and (${value} ${beyond} ? or (${value} = ? and id > ?))` : ''}
       order by ${value} ${direction}, id limit ?`,
    )
    .all(...values, ...(from ? [from[0], from[0], from[1]] : []), query.limit + 1);
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    rows: shown.map((row) => toRow<Summary>(row)),
    next: last && rows.length > query.limit ? encodeCursor([last.place, last.id]) : null,
    total: Number(
      database
        .prepare(`select count(*) from record_view where ${matching}`)
        .pluck()
        .get(...values),
    ),
  };
}
