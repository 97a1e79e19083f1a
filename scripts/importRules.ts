/**
 * The allowed directions between rooms. A room is the longest folder of this table that a file lies in;
 * a file may import its own room and the rooms listed for it. Packages are listed where a room is meant
 * to stay free of them.
 */

export interface Room {
  readonly folder: string;
  /** Other rooms whose files it may import. */
  readonly rooms: readonly string[];
  /** Packages and `node:` modules that it may import; absent: any but those that `reserved` keeps. */
  readonly packages?: readonly string[];
}

export const rooms: readonly Room[] = [
  {
    folder: 'crypto',
    rooms: [],
    packages: ['libsodium-wrappers-sumo', '@scure/bip39', 'node:crypto'],
  },
  { folder: 'workspace', rooms: ['crypto', 'workspace/model'] },
  { folder: 'workspace/model', rooms: [], packages: ['zod'] },
  // What travels between devices, and how, is known here; the rest of the workspace works without.
  {
    folder: 'workspace/replication',
    rooms: [
      'crypto',
      'workspace',
      'workspace/model',
      'sync-relay/client',
      'sync-relay/protocol',
      'sync-relay/testing',
    ],
  },
  { folder: 'sync-relay/protocol', rooms: ['crypto'], packages: ['cborg', 'zod'] },
  { folder: 'sync-relay/client', rooms: ['crypto', 'sync-relay/protocol'] },
  // The relay must not be able to know what it carries: of `crypto` it uses hashes and signatures.
  { folder: 'sync-relay/server', rooms: ['crypto', 'sync-relay/protocol', 'sync-relay/store'] },
  { folder: 'sync-relay/store', rooms: ['crypto', 'sync-relay/protocol'] },
  {
    folder: 'sync-relay/testing',
    rooms: [
      'crypto',
      'sync-relay/protocol',
      'sync-relay/client',
      'sync-relay/server',
      'sync-relay/store',
    ],
  },
  {
    folder: 'workspace/replication/simulation',
    rooms: [
      'crypto',
      'workspace',
      'workspace/model',
      'workspace/replication',
      'sync-relay/client',
      'sync-relay/protocol',
      'sync-relay/server',
      'sync-relay/store',
    ],
  },
  {
    folder: 'workspace/pairing',
    rooms: [
      'crypto',
      'workspace',
      'workspace/model',
      'workspace/replication',
      'sync-relay/client',
      'sync-relay/protocol',
      'sync-relay/testing',
    ],
  },
  {
    folder: 'workspace/lan',
    rooms: [
      'crypto',
      'workspace',
      'workspace/model',
      'workspace/replication',
      'sync-relay/client',
      'sync-relay/protocol',
      'sync-relay/server',
      'sync-relay/store',
    ],
  },
  { folder: 'agent', rooms: ['agent/attach', 'agent/forwarder', 'workspace/model'] },
  // What programs from outside reach, and what leaves: each to be read by itself.
  { folder: 'agent/attach', rooms: [] },
  { folder: 'agent/forwarder', rooms: [] },
  // What tests of several rooms look at the machine with.
  { folder: 'agent/testing/system', rooms: [] },
  { folder: 'app/text', rooms: ['workspace/model'], packages: [] },
  { folder: 'app/ipc', rooms: ['workspace/model'], packages: ['zod'] },
  {
    folder: 'app/host',
    rooms: [
      'crypto',
      'workspace',
      'workspace/model',
      'workspace/lan',
      'workspace/pairing',
      'workspace/replication',
      'agent',
      'agent/forwarder',
      'agent/testing/system',
      'app/ipc',
      'sync-relay/client',
    ],
  },
  { folder: 'app/served', rooms: ['app/host', 'app/ipc'] },
  {
    folder: 'app/cli',
    rooms: [
      'app/host',
      'app/served',
      'app/ipc',
      'app/text',
      'workspace/model',
      'sync-relay/server',
    ],
  },
  { folder: 'app/main', rooms: ['app/host', 'app/ipc', 'app/text'] },
  { folder: 'app/preload', rooms: ['app/ipc'], packages: ['electron'] },
  {
    folder: 'app/renderer',
    rooms: ['app/ipc', 'app/text', 'workspace/model'],
    packages: [
      'solid-js',
      '@ark-ui/solid',
      '@tanstack/solid-virtual',
      'uqr',
      '@zxcvbn-ts/core',
      '@zxcvbn-ts/language-common',
      '@zxcvbn-ts/language-en',
      'lucide-solid',
    ],
  },
  {
    folder: 'bench',
    rooms: [
      'crypto',
      'workspace',
      'workspace/model',
      'workspace/pairing',
      'workspace/replication',
      'sync-relay/client',
      'sync-relay/protocol',
      'agent',
      'agent/forwarder',
      'app/host',
      'app/ipc',
      'app/served',
    ],
  },
  { folder: 'e2e', rooms: ['workspace/lan', 'agent/testing/system'] },
  { folder: 'scripts', rooms: [] },
];

/** Packages that belong to one room: whoever else imports them has taken a way around it. */
export const reserved: Readonly<Record<string, readonly string[]>> = {
  'libsodium-wrappers-sumo': ['crypto'],
  '@scure/bip39': ['crypto'],
  'better-sqlite3-multiple-ciphers': ['workspace', 'sync-relay/store', 'bench'],
  'playwright-core': ['agent', 'bench'],
  electron: ['app/main', 'app/preload'],
  'solid-js': ['app/renderer'],
  'bonjour-service': ['workspace/lan'],
  ws: [
    'app/served',
    'agent/attach',
    'sync-relay/client',
    'sync-relay/server',
    'sync-relay/testing',
    'bench',
  ],
  'proxy-chain': ['agent/forwarder'],
  'csv-parse': ['workspace'],
};

/** Packages that tests may use in any room. */
export const testPackages: readonly string[] = [
  'vitest',
  'fast-check',
  '@noble/ciphers',
  '@noble/curves',
  '@noble/hashes',
  'oxc-parser',
  '@playwright/test',
  'puppeteer-core',
  'playwright-core',
  'better-sqlite3-multiple-ciphers',
];
