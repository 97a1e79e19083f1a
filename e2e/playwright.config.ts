import { defineConfig } from '@playwright/test';
import { chromiumOptions } from './support/browser.ts';

/** End to end: the built page in a real Chromium, a real vault host, real pages on loopback. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../test-results/e2e',
  timeout: 120_000,
  expect: { timeout: 15_000 },
  workers: 1,
  // A flaky test is a defect to be found, not rerun.
  retries: 0,
  use: {
    ...chromiumOptions,
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    screenshot: 'only-on-failure',
  },
});
