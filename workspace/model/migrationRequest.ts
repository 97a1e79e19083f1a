/** What is asked of an import of profiles, checked. Apart from its words, since a window has no use for it. */
import { z } from 'zod';
import { importFields, importFormats, longestText, mostColumns, nameClashes } from './migration.ts';
import { proxyTypes } from './proxyAddress.ts';

export const importSourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('text'),
    /** What a person calls it: a file's name. */
    name: z.string().min(1).max(4_096),
    text: z.string().max(longestText),
    format: z.enum(importFormats).default('auto'),
    /** Whether the first row of a table names its columns. */
    header: z.boolean().default(true),
  }),
  z.strictObject({
    kind: z.literal('chromium'),
    /** The folder that a Chromium browser keeps all its profiles in. */
    path: z.string().min(1).max(4_096),
  }),
]);
export type ImportSource = z.output<typeof importSourceSchema>;

export const importRequestSchema = z.strictObject({
  source: importSourceSchema,
  /** One for each column, in their order; guessed from the columns' names where it is not given. */
  mapping: z.array(z.enum(importFields)).max(mostColumns).optional(),
  onDuplicate: z.enum(nameClashes).default('skip'),
  /** Of proxies that do not say theirs. */
  proxyType: z.enum(proxyTypes).default('http'),
  /** For proxies that can be read both ways; null leaves their rows out. */
  proxyOrder: z.enum(['hostFirst', 'userFirst']).nullable().default(null),
  /** Takes user agents along, which say what the browser here is not. */
  keepUserAgents: z.boolean().default(false),
});
export type ImportRequest = z.output<typeof importRequestSchema>;
