import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { storeConformance } from './conformance.ts';
import { createSqliteStore } from './sqliteStore.ts';

const made: string[] = [];
afterAll(() => {
  for (const dir of made) rmSync(dir, { recursive: true, force: true });
});

storeConformance('SQLite', async (quotas) => {
  const dir = mkdtempSync(join(tmpdir(), 'warren-relay-'));
  made.push(dir);
  let time = 1_000_000;
  const now = () => time;
  const store = createSqliteStore({ dir, quotas, now });
  return {
    store,
    wait: (passed) => {
      time += passed;
    },
    async reopen(options = {}) {
      await store.close();
      return createSqliteStore({ dir, quotas, now, ...options });
    },
  };
});
