import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSite, type TestSite } from '../testing/site.ts';
import { removeTemporaryDirs, runTest, type StartedTask, startTask } from '../testing/task.ts';

let site: TestSite;
beforeAll(async () => {
  site = await startSite({ '/': '<h1>Here</h1>' });
});
afterAll(async () => {
  await site.close();
  removeTemporaryDirs();
});

const waiting = [
  { type: 'navigate', url: '{{ site }}/' },
  { type: 'waitForElement', selectors: ['#missing'] },
];

function start(): StartedTask {
  return startTask({ steps: waiting, variables: { site: site.origin } });
}

/** Processes whose command line has the task's folder in it. */
function browsersOf(task: StartedTask): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => commandLine(pid).includes(task.userDataDir));
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return ''; // It ended while we were looking.
  }
}

function mainProcess(task: StartedTask): number {
  const main = browsersOf(task).find((pid) => !commandLine(pid).includes('--type='));
  if (main === undefined) throw new Error('no browser');
  return main;
}

const atSecondStep = (task: StartedTask) =>
  task.seen((event) => event.type === 'step.started' && event.execution === 2);

describe.skipIf(process.platform !== 'linux')('a worker', () => {
  it('leaves no browser behind when it is killed, and the task is interrupted', async () => {
    const task = start();
    await atSecondStep(task);
    expect(browsersOf(task).length).toBeGreaterThan(0);
    if (task.pid !== undefined) process.kill(task.pid, 'SIGKILL');
    const { outcome, of } = await task.finished();
    expect(outcome).toMatchObject({ status: 'interrupted', failure: { reason: 'workerLost' } });
    expect(of('task.finished')).toHaveLength(1);
    expect(browsersOf(task)).toEqual([]);
  });

  it('takes its browser along when it is asked to end', async () => {
    const task = start();
    await atSecondStep(task);
    if (task.pid !== undefined) process.kill(task.pid, 'SIGTERM');
    const { outcome } = await task.finished();
    expect(outcome.status).toBe('interrupted');
    expect(browsersOf(task)).toEqual([]);
  });

  it('that hears nothing any more is ended soon after it was cancelled', async () => {
    const task = start();
    await atSecondStep(task);
    if (task.pid !== undefined) process.kill(task.pid, 'SIGSTOP');
    // Its step would wait for thirty seconds, so that an end at all is the cancel's doing.
    task.cancel();
    const { outcome, of } = await task.finished();
    expect(outcome).toMatchObject({ status: 'cancelled', failure: null });
    expect(of('task.finished')).toHaveLength(1);
    expect(browsersOf(task)).toEqual([]);
  });

  it('takes along a browser that is still starting when it is cancelled', async () => {
    const task = start();
    while (browsersOf(task).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    task.cancel();
    const { outcome } = await task.finished();
    expect(outcome.status).toBe('cancelled');
    expect(browsersOf(task)).toEqual([]);
  });

  it('tells that its browser was killed', async () => {
    const task = start();
    await atSecondStep(task);
    process.kill(mainProcess(task), 'SIGKILL');
    const { outcome, of } = await task.finished();
    const failure = { reason: 'browserLost', stepType: 'waitForElement' };
    expect(outcome).toMatchObject({ status: 'interrupted', failure });
    expect(of('step.finished').at(-1)).toMatchObject({
      outcome: 'failed',
      failure: { reason: 'browserLost', stepType: 'waitForElement' },
    });
    expect(of('task.finished')).toHaveLength(1);
  });

  it('tells that the page crashed', async () => {
    const task = start();
    await atSecondStep(task);
    for (const pid of browsersOf(task)) {
      if (commandLine(pid).includes('--type=renderer')) process.kill(pid, 'SIGKILL');
    }
    const { outcome } = await task.finished();
    expect(outcome).toMatchObject({ status: 'failed', failure: { reason: 'pageCrashed' } });
  });

  it('leaves nothing running after an orderly end', async () => {
    const task = startTask({ steps: [], variables: {} });
    const { outcome, events } = await task.finished();
    expect(outcome.status).toBe('succeeded');
    expect(events.map(({ type }) => type)).toEqual(['task.started', 'task.finished']);
    expect(browsersOf(task)).toEqual([]);
  });
});

describe('a task that can not start', () => {
  it('says that the browser is missing', async () => {
    const result = await runTest({ steps: [], browser: { executablePath: '/not/there' } });
    expect(result.outcome).toMatchObject({
      status: 'failed',
      failure: { reason: 'browserMissing', detail: '/not/there' },
    });
  });

  it('says that the browser failed', async () => {
    const result = await runTest({ steps: [], browser: { executablePath: '/bin/false' } });
    expect(result.outcome).toMatchObject({
      status: 'failed',
      failure: { reason: 'browserFailed' },
    });
  });
});
