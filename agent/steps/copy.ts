/** Copies a document of unknown origin into plain JSON values, within bounds. */
import type { Issue } from '../../workspace/model/failure.ts';
import { formatPath } from '../../workspace/model/validation.ts';
import type { JsonValue } from '../../workspace/model/workflow.ts';

/** Nested steps take two levels each; values inside of them some more. */
const deepest = 60;
const mostValues = 500_000;

type Copied =
  | { readonly ok: true; readonly value: JsonValue }
  | { readonly ok: false; readonly issue: Issue };

/**
 * @param bytes most bytes of the document as JSON
 * @returns a copy that shares nothing with the input, or the first thing that is not plain JSON
 */
export function copyDocument(document: unknown, bytes: number): Copied {
  try {
    const value = copy(document, [], { values: mostValues });
    const size = Buffer.byteLength(JSON.stringify(value));
    return size > bytes
      ? { ok: false, issue: { path: '', message: `${size} bytes, at most ${bytes} are allowed` } }
      : { ok: true, value };
  } catch (error) {
    if (error instanceof NotPlain) return { ok: false, issue: error.issue };
    throw error;
  }
}

class NotPlain extends Error {
  readonly issue: Issue;
  constructor(path: readonly PropertyKey[], message: string) {
    super(message);
    this.issue = { path: formatPath(path), message };
  }
}

function copy(value: unknown, path: readonly PropertyKey[], left: { values: number }): JsonValue {
  left.values -= 1;
  if (left.values < 0) throw new NotPlain([], `more than ${mostValues} values`);
  if (path.length > deepest) throw new NotPlain(path.slice(0, 8), 'is nested too deep');
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (Array.isArray(value)) {
    return Array.from(value, (item, index) => copy(item, [...path, index], left));
  }
  if (isPlainObject(value)) return copyObject(value, path, left);
  throw new NotPlain(path, 'is not a JSON value');
}

function copyObject(
  value: object,
  path: readonly PropertyKey[],
  left: { values: number },
): JsonValue {
  const result: Record<string, JsonValue> = {};
  for (const key of Object.keys(value)) {
    if (key === '__proto__') throw new NotPlain([...path, key], 'is not allowed as a name');
    const item: unknown = Reflect.get(value, key);
    // A field set to undefined is not there once the document has been JSON.
    if (item !== undefined) result[key] = copy(item, [...path, key], left);
  }
  return result;
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
