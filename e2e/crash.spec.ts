/** What a sudden death leaves behind: a run marked interrupted, a vault that opens, nothing in the open. */
import type { ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { anyRuns, descendants, isBrowser, isWorker } from '../agent/testing/system/processes.ts';
import { type Site, startSite } from './support/site.ts';
import { newWarren, readableIn, type Warren } from './support/warren.ts';

const secrets = {
  user: 'crash-user',
  password: 'crash-password-canary',
  cookie: 'crash-cookie-canary',
  stored: 'crash-stored-canary',
  items: [{ name: 'Crash item canary', price: '1' }],
};

test.describe.configure({ mode: 'serial' });

let site: Site;
let warren: Warren;

test.beforeAll(async () => {
  site = await startSite(secrets);
  warren = newWarren('a passphrase for crashes');
  expect((await warren.command('init', '--kdf', 'minimum', '--json')).code).toBe(0);
  expect((await warren.command('profile', 'add', 'Crash profile canary')).code).toBe(0);
  for (const [name, last] of [
    ['Log in and wait', { type: 'waitForElement', selectors: ['#never'], timeout: 60_000 }],
    ['Log in', { type: 'waitForElement', selectors: ['#items'] }],
  ] as const) {
    const path = join(warren.folder, 'flow.json');
    writeFileSync(
      path,
      JSON.stringify({
        name,
        steps: [
          { type: 'navigate', url: site.url },
          { type: 'fill', selectors: [{ label: 'User' }], value: secrets.user },
          { type: 'fill', selectors: [{ label: 'Password' }], value: secrets.password },
          { type: 'click', selectors: [{ role: 'button', name: 'Log in' }] },
          { type: 'waitForElement', selectors: ['#items'] },
          last,
        ],
      }),
    );
    expect((await warren.command('workflow', 'import', path)).code).toBe(0);
  }
});

test.afterAll(async () => {
  await warren.dispose();
  await site.close();
});

/** Starts a run that waits inside the page, and gives its process once it is there. */
async function waitingRun(): Promise<{ child: ChildProcess; pid: number; told: () => string }> {
  const child = warren.spawn([
    'run',
    'Log in and wait',
    '--profile',
    'Crash profile canary',
    '--headless',
    '--json',
  ]);
  let told = '';
  child.stdout?.on('data', (data) => {
    told += String(data);
  });
  await expect.poll(() => told.split('"type":"step.started"').length - 1).toBe(6);
  return { child, pid: child.pid ?? 0, told: () => told };
}

async function newestRun() {
  const { stdout } = await warren.command('runs', 'list', '--limit', '1', '--json');
  const [newest] = JSON.parse(stdout);
  const shown = await warren.command('runs', 'show', newest.id, '--json');
  return JSON.parse(shown.stdout);
}

function expectNothingOpen(): void {
  const open = join(warren.vault, 'open');
  expect(existsSync(open) ? readdirSync(open) : []).toEqual([]);
  expect(
    readableIn(warren.vault, [
      ...Object.values(secrets).filter((one) => typeof one === 'string'),
      'canary',
    ]),
  ).toEqual([]);
}

test('the worker is killed: the run is interrupted and its browser ends', async () => {
  const { child, pid, told } = await waitingRun();
  const worker = descendants(pid).find(isWorker);
  if (!worker) throw new Error('no worker runs');
  process.kill(worker.pid, 'SIGKILL');
  await new Promise((done) => child.once('close', done));
  expect(child.exitCode).toBe(1);
  expect(told()).toContain('"reason":"workerLost"');
  expect(anyRuns(warren.vault)).toBe(false);
  const run = await newestRun();
  expect(run.status).toBe('interrupted');
  expect(run.taskRows[0]).toMatchObject({
    status: 'interrupted',
    failure: { reason: 'workerLost' },
  });
  expectNothingOpen();
});

test('the browser is killed: the run is interrupted', async () => {
  const { child, pid } = await waitingRun();
  const browser = descendants(pid).find(isBrowser);
  if (!browser) throw new Error('no browser runs');
  process.kill(browser.pid, 'SIGKILL');
  await new Promise((done) => child.once('close', done));
  const run = await newestRun();
  expect(run.status).toBe('interrupted');
  expect(run.taskRows[0].failure.reason).toBe('browserLost');
  expectNothingOpen();
});

test('the host is killed: its worker and browser end, the next start marks the run and seals the folder', async () => {
  const { child, pid } = await waitingRun();
  const left = descendants(pid);
  expect(left.some(isBrowser)).toBe(true);
  process.kill(pid, 'SIGKILL');
  await new Promise((done) => child.once('close', done));
  await expect.poll(() => anyRuns(warren.vault)).toBe(false);
  const run = await newestRun();
  expect(run.status).toBe('interrupted');
  expect(run.taskRows[0].failure.reason).toBe('interrupted');
  expectNothingOpen();
  expect(
    (await warren.command('run', 'Log in', '--profile', 'Crash profile canary', '--headless')).code,
  ).toBe(0);
});

test('the host is killed at random moments: the vault opens every time and no run stays open', async () => {
  const rounds = process.env.WARREN_SLOW === '1' ? 60 : 3;
  const seed = Number(process.env.WARREN_SEED ?? Date.now() % 1_000_000);
  console.log(`seed ${seed} (WARREN_SEED=${seed} repeats it)`);
  test.setTimeout(rounds * 30_000);
  for (let round = 0; round < rounds; round++) {
    const child = warren.spawn([
      'run',
      'Log in',
      '--profile',
      'Crash profile canary',
      '--headless',
      '--json',
    ]);
    const ended = new Promise((done) => child.once('close', done));
    const moment = randomBelow(3_500, seed + round);
    await Promise.race([ended, new Promise((done) => setTimeout(done, moment))]);
    child.kill('SIGKILL');
    await ended;
    await expect.poll(() => anyRuns(warren.vault)).toBe(false);
    const listed = await warren.command('runs', 'list', '--json');
    expect(listed.code, `round ${round}, after ${moment} ms: ${listed.stderr}`).toBe(0);
    const open = JSON.parse(listed.stdout).filter((run: { status: string }) =>
      ['queued', 'running'].includes(run.status),
    );
    expect(open).toEqual([]);
    expectNothingOpen();
  }
  const last = await warren.command(
    'run',
    'Log in',
    '--profile',
    'Crash profile canary',
    '--headless',
  );
  expect(last.code).toBe(0);
});

/** mulberry32: the same number for the same seed. */
function randomBelow(bound: number, seed: number): number {
  let state = (seed + 0x6d2b79f5) | 0;
  state = Math.imul(state ^ (state >>> 15), state | 1);
  state ^= state + Math.imul(state ^ (state >>> 7), state | 61);
  return Math.floor((((state ^ (state >>> 14)) >>> 0) / 2 ** 32) * bound);
}
