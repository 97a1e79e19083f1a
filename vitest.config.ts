import { defineConfig } from 'vitest/config';

const slow = process.env.WARREN_SLOW === '1';

/** Unit, property and integration tests of all rooms; `WARREN_SLOW=1` runs the same with larger numbers. */
export default defineConfig({
  test: {
    include: [
      '{crypto,workspace,sync-relay,agent,app,scripts,bench}/**/*.test.ts',
      '{crypto,workspace,sync-relay,agent,app,scripts,bench}/**/*.test.mjs',
    ],
    setupFiles: ['scripts/vitestSetup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: slow ? 600_000 : 60_000,
    hookTimeout: 60_000,
    // How long a busy machine takes says nothing about what is right.
    expect: { poll: { timeout: slow ? 300_000 : 30_000 } },
  },
});
