/** Turns what an expression gives (CEL's own numbers, times, maps) into a bounded JSON value. */
import type { JsonValue } from '../../workspace/model/workflow.ts';

const deepest = 100;
const mostElements = 200_000;

/**
 * @param budget characters of text allowed, all strings and keys together
 * @throws Error saying what is not a JSON value or what is too large
 */
export function toJson(value: unknown, budget: number): JsonValue {
  const left = { characters: budget, elements: mostElements };
  return convert(value, left, 0);
}

interface Budget {
  characters: number;
  elements: number;
}

function convert(value: unknown, left: Budget, depth: number): JsonValue {
  if (depth > deepest) throw new Error(`is nested deeper than ${deepest}`);
  left.elements -= 1;
  if (left.elements < 0) throw new Error(`has more than ${mostElements} elements`);
  switch (typeof value) {
    case 'string':
      return spend(value, left);
    case 'boolean':
      return value;
    case 'number':
      return finite(value);
    case 'bigint':
      return safe(value);
    case 'object':
      return value === null ? null : convertObject(value, left, depth);
    default:
      throw new Error('is not a JSON value');
  }
}

function convertObject(value: object, left: Budget, depth: number): JsonValue {
  if (Array.isArray(value)) return value.map((item) => convert(item, left, depth + 1));
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Map) return convertEntries([...value.entries()], left, depth);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) {
    return convertEntries(Object.entries(value), left, depth);
  }
  const primitive: unknown = value.valueOf();
  if (typeof primitive === 'bigint' || typeof primitive === 'number') {
    return convert(primitive, left, depth);
  }
  throw new Error('is not a JSON value; convert it with string(...)');
}

function convertEntries(
  entries: readonly (readonly [unknown, unknown])[],
  left: Budget,
  depth: number,
): JsonValue {
  const result: Record<string, JsonValue> = {};
  for (const [key, item] of entries) {
    const name = spend(String(key), left);
    // Assigning `__proto__` would set the prototype; as data it is of no use to anybody.
    if (name === '__proto__') throw new Error('has a key "__proto__"');
    result[name] = convert(item, left, depth + 1);
  }
  return result;
}

function spend(text: string, left: Budget): string {
  left.characters -= text.length;
  if (left.characters < 0) throw new Error('gives more text than is allowed');
  return text;
}

function finite(value: number): number {
  if (!Number.isFinite(value)) throw new Error('is not a finite number');
  return value;
}

function safe(value: bigint): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new Error('is a number too large to keep exactly');
  return number;
}
