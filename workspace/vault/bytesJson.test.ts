import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { bytesSchema, stringifyBytes } from './bytesJson.ts';

test('bytes come back from JSON as they were, buffers too', () => {
  const schema = z.strictObject({ n: z.number(), inner: z.strictObject({ bytes: bytesSchema() }) });
  fc.assert(
    fc.property(fc.uint8Array(), fc.boolean(), (bytes, asBuffer) => {
      const value = { n: 1, inner: { bytes: asBuffer ? Buffer.from(bytes) : bytes } };
      expect(schema.parse(JSON.parse(stringifyBytes(value)))).toEqual({ n: 1, inner: { bytes } });
    }),
  );
});

test('texts that are no base64, and too few, too many or too long ones, are refused', () => {
  expect(bytesSchema(2, 3).safeParse('AAAA').success).toBe(true);
  for (const text of ['AA==', 'AAAAAAA=', 'A', '!!!!', 7]) {
    expect(bytesSchema(2, 3).safeParse(text).success, `${text}`).toBe(false);
  }
  expect(bytesSchema(0, 9, 4).safeParse('AAAAAAAA').success).toBe(false);
});
