/** Whatever a file holds, each of its rows comes or is refused with a reason; nothing else is thrown. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FailureError } from '../model/failure.ts';
import { importFields } from '../model/migration.ts';
import { importRequestSchema } from '../model/migrationRequest.ts';
import { profileInputSchema } from '../model/profile.ts';
import { proxyInputSchema } from '../model/proxy.ts';
import { readRows } from './readRows.ts';

const cell = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.constantFrom(
    '"',
    '=1+1',
    '10.0.0.1:80:u:p',
    'socks5://[::1]:1080',
    '[{"name":"a","value":"b","domain":"c.example"}]',
    'Europe/Berlin',
    'vi_VN',
    '{',
    '\u0000',
  ),
);

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

const read = async (text: string, mapping?: readonly string[]) =>
  readRows(
    importRequestSchema.parse({
      source: { kind: 'text', name: 'any', text },
      ...(mapping ? { mapping } : {}),
    }),
    () => false,
  );

test('any text is read or refused', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.string(), fc.json(), fc.string({ unit: 'binary' })),
      async (text) => {
        const found = await read(text).catch((error: unknown) => error);
        if (found instanceof Error) expect(found).toBeInstanceOf(FailureError);
      },
    ),
    { numRuns: 300 },
  );
});

test('a table under any mapping gives profiles that can be stored', async () => {
  const mapping = fc.uniqueArray(fc.constantFrom(...importFields), { minLength: 6, maxLength: 6 });
  const table = fc.array(fc.array(cell, { minLength: 6, maxLength: 6 }), {
    minLength: 1,
    maxLength: 5,
  });
  await fc.assert(
    fc.asyncProperty(mapping, table, async (fields, rows) => {
      const text = ['a,b,c,d,e,f', ...rows.map((cells) => cells.map(quoted).join(','))].join('\n');
      const { rows: found } = await read(text, fields);
      const blank = rows.filter((cells) => cells.every((one) => one.trim() === '')).length;
      expect(found).toHaveLength(rows.length - blank);
      for (const row of found) {
        if ('refused' in row) continue;
        profileInputSchema.parse({ ...row.given, name: row.name });
        if (row.proxy) {
          proxyInputSchema.parse({ ...row.proxy, name: row.proxy.name ?? row.proxy.host });
        }
      }
    }),
    { numRuns: 300 },
  );
});
