/**
 * How a record's fields lie in its Automerge document, so that edits on two devices merge field by field:
 *
 * - a string is an `ImmutableString` (a plain one would be a text object, eleven times the operations);
 * - prose that people edit together is a text object;
 * - a set (tags) is a map from member to its place;
 * - a list of things with ids (steps) is a list of maps, changed in place, however deep it nests;
 * - anything else that is not a scalar is always edited as a whole: its JSON as bytes;
 * - a field that is null is absent: most fields of most records are, and each costs an operation.
 */
import { next as A } from '@automerge/automerge';
import type { JsonValue } from '../model/workflow.ts';

export interface Shape {
  readonly prose: readonly string[];
  readonly sets: readonly string[];
}

export type Fields = Readonly<Record<string, JsonValue | undefined>>;

/** The root of every record's document. */
export interface RecordDocument {
  kind: A.ImmutableString;
  createdAt: number;
  /** Milliseconds since 1970; absent while the record is not in the trash. */
  trashedAt?: number;
  fields: Record<string, unknown>;
}

type Item = Readonly<Record<string, JsonValue>> & { readonly id: string };
type Container = Record<string, unknown>;

/** Names that would reach an object's prototype; no record has them, so a document that does is hostile. */
const unsafe = new Set(['__proto__', 'constructor', 'prototype']);

/** What a new record's `fields` hold. */
export function firstFields(shape: Shape, fields: Fields): Record<string, unknown> {
  const content: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (isAbsent(value)) continue;
    if (shape.prose.includes(name)) content[name] = String(value);
    else if (shape.sets.includes(name)) content[name] = placesOf(value as readonly string[]);
    else content[name] = encode(value);
  }
  return content;
}

/** What a new record's document holds. */
export function firstContent(
  kind: string,
  createdAt: number,
  shape: Shape,
  fields: Fields,
): RecordDocument {
  return {
    kind: new A.ImmutableString(kind),
    createdAt,
    fields: firstFields(shape, fields),
  };
}

/** Writes into `root.fields` what differs from `before`, and nothing else. To be called inside a change. */
export function writeFields(
  root: RecordDocument,
  shape: Shape,
  before: Fields,
  after: Fields,
): void {
  for (const name of Object.keys(before)) {
    if (isAbsent(after[name]) && !isAbsent(before[name])) delete root.fields[name];
  }
  for (const [name, value] of Object.entries(after)) {
    if (isAbsent(value) || same(before[name], value)) continue;
    if (shape.prose.includes(name)) writeProse(root, name, value);
    else if (shape.sets.includes(name)) writeSet(root.fields, name, value as readonly string[]);
    else writeValue(root.fields, name, before[name], value);
  }
}

const isAbsent = (value: JsonValue | undefined): value is null | undefined =>
  value === undefined || value === null;

const placesOf = (members: readonly string[]): Record<string, number> =>
  Object.fromEntries(members.map((member, place) => [member, place]));

/** @throws RangeError when the document holds what no record of ours can. */
export function readFields(
  root: Readonly<RecordDocument>,
  shape: Shape,
): Record<string, JsonValue> {
  const fields: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(root.fields ?? {})) {
    if (unsafe.has(name)) throw new RangeError('a field has a name that is not allowed');
    fields[name] = shape.sets.includes(name) ? readSet(value) : readValue(value, 0);
  }
  return fields;
}

function writeProse(root: RecordDocument, name: string, value: JsonValue): void {
  if (typeof root.fields[name] === 'string') {
    A.updateText(root as A.Doc<unknown>, ['fields', name], String(value));
  } else root.fields[name] = String(value);
}

function writeSet(fields: Container, name: string, members: readonly string[]): void {
  if (!isMap(fields[name])) {
    fields[name] = placesOf(members);
    return;
  }
  const set = fields[name] as Record<string, unknown>;
  for (const member of Object.keys(set)) if (!members.includes(member)) delete set[member];
  members.forEach((member, place) => {
    if (set[member] !== place) set[member] = place;
  });
}

function writeValue(
  container: Container | unknown[],
  at: string | number,
  before: JsonValue | undefined,
  after: JsonValue,
): void {
  const target = container as Record<string | number, unknown>;
  if (isItems(before) && isItems(after) && Array.isArray(target[at])) {
    writeItems(target[at] as unknown[], before, after);
  } else target[at] = encode(after);
}

/** Changes a list of items in place: what stays keeps its identity, so that edits inside it merge. */
function writeItems(list: unknown[], before: readonly Item[], after: readonly Item[]): void {
  const current = [...before];
  const wanted = new Set(after.map((item) => item.id));
  after.forEach((item, at) => {
    while (current[at] && !wanted.has(current[at].id)) {
      current.splice(at, 1);
      A.deleteAt(list as A.List<unknown>, at);
    }
    if (current[at]?.id !== item.id) {
      // It comes from further down (a move is a removal and an insertion), or it is new.
      const from = current.findIndex((other, place) => place > at && other.id === item.id);
      if (from >= 0) {
        current.splice(from, 1);
        A.deleteAt(list as A.List<unknown>, from);
      }
      current.splice(at, 0, item);
      A.insertAt(list as A.List<unknown>, at, encode(item));
      return;
    }
    writeItem(list[at] as Container, current[at], item);
    current[at] = item;
  });
  if (current.length > after.length) {
    A.deleteAt(list as A.List<unknown>, after.length, current.length - after.length);
  }
}

function writeItem(map: Container, before: Item, after: Item): void {
  for (const name of Object.keys(before)) if (after[name] === undefined) delete map[name];
  for (const [name, value] of Object.entries(after)) {
    if (value !== undefined && !same(before[name], value)) {
      writeValue(map, name, before[name], value);
    }
  }
}

function encode(value: JsonValue): unknown {
  if (typeof value === 'string') return new A.ImmutableString(value);
  if (value === null || typeof value !== 'object') return value;
  if (isItems(value)) return value.map(encodeItem);
  if (isItem(value)) return encodeItem(value);
  return new Uint8Array(Buffer.from(JSON.stringify(value)));
}

const encodeItem = (item: Item): Container =>
  Object.fromEntries(
    Object.entries(item)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, encode(value)]),
  );

/** Deeper than any record nests; a document beyond it is hostile. */
const deepest = 64;

function readValue(value: unknown, depth: number): JsonValue {
  if (depth > deepest) throw new RangeError('a field nests too deeply');
  if (A.isImmutableString(value)) return value.toString();
  if (value instanceof Uint8Array) return JSON.parse(Buffer.from(value).toString()) as JsonValue;
  if (Array.isArray(value)) return value.map((item) => readValue(item, depth + 1));
  if (isMap(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => {
        if (unsafe.has(name)) throw new RangeError('a field has a name that is not allowed');
        return [name, readValue(inner, depth + 1)];
      }),
    );
  }
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) {
    return value as JsonValue;
  }
  throw new RangeError('a field holds a value of an unknown type');
}

function readSet(value: unknown): string[] {
  if (!isMap(value)) throw new RangeError('a set is not kept as one');
  return Object.entries(value)
    .map(([member, place]) => ({ member, place: typeof place === 'number' ? place : 0 }))
    .sort((a, b) => a.place - b.place || (a.member < b.member ? -1 : 1))
    .map(({ member }) => member);
}

const isMap = (value: unknown): value is Container =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Uint8Array) &&
  !(value instanceof Date) &&
  !A.isImmutableString(value);

const isItem = (value: JsonValue | undefined): value is Item =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  typeof (value as { id?: unknown }).id === 'string' &&
  (value as { id: string }).id !== '';

/** An empty list counts as one of items, so that what is first added to it on two devices is kept. */
const isItems = (value: JsonValue | undefined): value is readonly Item[] =>
  Array.isArray(value) &&
  value.every((item) => isItem(item as JsonValue)) &&
  new Set(value.map((item) => (item as Item).id)).size === value.length;

/** Whether two JSON values are equal; the order of an object's fields does not matter. */
export function same(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && same(at(a, name), at(b, name)))
  );
}

const at = (value: object, name: string) => (value as Record<string, JsonValue>)[name];
