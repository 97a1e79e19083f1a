import { expect, test } from 'vitest';
import { rooms } from './importRules.ts';
import { forbiddenImports, roomOf } from './imports.ts';

const reasons = (file: string, source: string) =>
  forbiddenImports(file, source).map(({ reason }) => reason);

test.each([
  ['crypto/x.ts', "import { a } from '../workspace/vault/vault.ts';"],
  ['crypto/x.ts', "import { readFile } from 'node:fs';"],
  ['workspace/store/x.ts', "import { b } from '../../agent/steps/index.ts';"],
  ['workspace/model/x.ts', "export { c } from '../store/database.ts';"],
  ['agent/steps/x.ts', "import type { d } from '../../workspace/store/database.ts';"],
  ['agent/runner/x.ts', "import { e } from '../../crypto/keyWrap.ts';"],
  ['agent/runner/x.ts', "await import('../../workspace/vault/vault.ts');"],
  ['app/renderer/x.tsx', "import { f } from '../host/host.ts';"],
  ['app/renderer/x.tsx', "import { readFile } from 'node:fs';"],
  ['app/renderer/x.tsx', "import { next } from '@automerge/automerge';"],
  ['app/host/x.ts', "import Sqlite from 'better-sqlite3-multiple-ciphers';"],
  ['app/host/x.ts', "import sodium from 'libsodium-wrappers-sumo';"],
  ['app/host/x.ts', "export * from '../cli/main.ts';"],
  ['app/served/x.ts', "import { newVault } from '../../workspace/testing.ts';"],
  ['app/served/x.test.ts', "import { openVault } from '../../workspace/vault/vault.ts';"],
  ['sync-relay/server/x.ts', "import { a } from '../../workspace/model/run.ts';"],
  ['sync-relay/protocol/x.ts', "import { WebSocket } from 'ws';"],
  ['app/ipc/x.ts', "import { g } from '../host/host.ts';"],
])('%s may not say %s', (file, source) => {
  expect(reasons(file, source)).toHaveLength(1);
});

test.each([
  ['crypto/x.ts', "import sodium from 'libsodium-wrappers-sumo';"],
  ['workspace/vault/x.ts', "import { a } from '../../crypto/keyWrap.ts';"],
  ['agent/steps/x.ts', "import { b } from '../../workspace/model/run.ts';"],
  ['app/renderer/screens/x.tsx', "import { c } from '../../ipc/contract.ts';"],
  ['app/host/x.ts', "import { d } from '../../workspace/vault/vault.ts';"],
  ['crypto/x.test.ts', "import fc from 'fast-check';"],
  ['app/served/x.test.ts', "import { newVault } from '../../workspace/testing.ts';"],
])('%s may say %s', (file, source) => {
  expect(reasons(file, source)).toEqual([]);
});

test('every room that a room may import exists, and none imports upwards in a circle', () => {
  const known = rooms.map((room) => room.folder);
  for (const room of rooms) for (const other of room.rooms) expect(known).toContain(other);
  const reaches = (from: string, to: string): boolean =>
    (rooms.find((room) => room.folder === from)?.rooms ?? []).some(
      (next) => next === to || reaches(next, to),
    );
  for (const room of known) expect(reaches(room, room), room).toBe(false);
});

test('a file belongs to the innermost room', () => {
  expect(roomOf('workspace/model/run.ts')?.folder).toBe('workspace/model');
  expect(roomOf('workspace/store/database.ts')?.folder).toBe('workspace');
});
