import { defineConfig } from '@playwright/test';
import base from './playwright.config.ts';

/** `npm run screens`: the pictures under `docs/screens/`, made from a real Warren with example data. */
export default defineConfig({
  ...base,
  testMatch: '*.screens.ts',
  outputDir: '../test-results/screens',
  timeout: 300_000,
});
