import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseBoundedJson } from './boundedJson.ts';

const bytes = (text: string) => new Uint8Array(Buffer.from(text));
const reasonOf = (text: string, bounds?: { bytes: number; depth: number }) => {
  try {
    parseBoundedJson(bytes(text), 'file', bounds);
    return null;
  } catch (error) {
    return (error as { failure: { reason: string } }).failure.reason;
  }
};

test('any JSON within its bounds reads as JSON does', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const read = JSON.parse(text, (name, value) => (name === '__proto__' ? undefined : value));
      expect(parseBoundedJson(bytes(text), 'file')).toEqual(read);
    }),
  );
});

test('depth is counted outside of strings, before anything is parsed', () => {
  expect(reasonOf('['.repeat(30_000_000))).toBe('tooDeep');
  expect(reasonOf('{"a":'.repeat(200))).toBe('tooDeep');
  expect(reasonOf(JSON.stringify('['.repeat(500)))).toBeNull();
  expect(reasonOf('["\\"[[[[[[[["]', { bytes: 100, depth: 2 })).toBeNull();
  expect(reasonOf(`${'['.repeat(100)}${']'.repeat(100)}`)).toBeNull();
  expect(reasonOf(`${'['.repeat(101)}${']'.repeat(101)}`)).toBe('tooDeep');
});

test('what is too large or no JSON is refused with that reason', () => {
  expect(reasonOf('"123456789"', { bytes: 10, depth: 1 })).toBe('tooLarge');
  expect(reasonOf('{"a":}')).toBe('notJson');
  expect(reasonOf('')).toBe('notJson');
  const read = parseBoundedJson(bytes('{"__proto__":{"x":1},"a":1}'), 'file') as { x?: number };
  expect(read).toEqual({ a: 1 });
  expect(read.x).toBeUndefined();
});
