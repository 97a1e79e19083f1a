// `npm test`: sets up what is missing and runs everything; ends with one line that counts it.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWhenStale, node, root, run, setUp } from './setup.mjs';

await setUp();

const slow = process.argv.includes('--slow');
const reports = mkdtempSync(join(tmpdir(), 'warren-reports-'));
const env = {
  WARREN_SLOW: slow ? '1' : '0',
  PLAYWRIGHT_JSON_OUTPUT_NAME: join(reports, 'e2e.json'),
};
const tool = (path) => join(root, 'node_modules', path);

/** What is run, in order; a stage without a report counts as one check. */
const stages = [
  {
    name: 'format and lint',
    args: [tool('@biomejs/biome/bin/biome'), 'ci', '--error-on-warnings', '.'],
  },
  { name: 'types', args: [tool('typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.json'] },
  { name: 'import rules', args: ['scripts/checkImports.ts'] },
  {
    name: 'unit, property and integration tests',
    args: [
      tool('vitest/vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${join(reports, 'unit.json')}`,
    ],
    count: () => {
      const report = readReport('unit.json');
      return (
        report && {
          passed: report.numPassedTests,
          failed: report.numFailedTests,
          skipped: report.numPendingTests,
        }
      );
    },
  },
  { name: 'build', build: true },
  {
    name: 'end to end',
    args: [
      tool('@playwright/test/cli.js'),
      'test',
      '-c',
      'e2e/playwright.config.ts',
      '--reporter=list,json',
    ],
    count: () => {
      const stats = readReport('e2e.json')?.stats;
      return (
        stats && {
          passed: stats.expected,
          failed: stats.unexpected + stats.flaky,
          skipped: stats.skipped,
        }
      );
    },
  },
];

let passed = 0;
let failed = 0;
let skipped = 0;
for (const stage of stages) {
  console.log(`\n== ${stage.name}`);
  const started = Date.now();
  if (stage.build) await buildWhenStale();
  const code = stage.build ? 0 : await run(node, stage.args, { env });
  const counted = stage.count?.() ?? { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
  passed += counted.passed;
  failed += counted.failed;
  skipped += counted.skipped ?? 0;
  // A runner that fails without a failed test (a file that does not load) has failed all the same.
  if (code !== 0 && counted.failed === 0) failed += 1;
  console.log(
    `== ${stage.name}: ${code === 0 ? 'good' : 'FAILED'} in ${Math.round((Date.now() - started) / 1000)} s`,
  );
}
rmSync(reports, { recursive: true, force: true });
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed === 0 ? 0 : 1;

function readReport(name) {
  const path = join(reports, name);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
}
