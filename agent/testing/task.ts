/** Runs a workflow in a real browser through a real worker process, in one line. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { profileInputSchema } from '../../workspace/model/profile.ts';
import type { JsonValue } from '../../workspace/model/workflow.ts';
import { findBrowser } from '../browser/findBrowser.ts';
import { parseWorkflow } from '../steps/index.ts';
import { startWorker, type WorkerHandle, type WorkerOutcome } from '../worker/client.ts';
import {
  defaultLimits,
  type TaskLimits,
  type TaskSpec,
  type WorkerEvent,
} from '../worker/protocol.ts';

export interface TestTask {
  readonly steps: readonly Readonly<Record<string, unknown>>[];
  readonly variables?: Readonly<Record<string, JsonValue>>;
  readonly limits?: Partial<TaskLimits>;
  readonly userDataDir?: string;
  readonly storageState?: TaskSpec['storageState'];
  readonly cookiesNewer?: boolean;
  readonly profile?: Partial<TaskSpec['profile']>;
  readonly browser?: Partial<TaskSpec['browser']>;
}

export interface TestRun {
  readonly outcome: WorkerOutcome;
  readonly events: readonly WorkerEvent[];
  of<T extends WorkerEvent['type']>(type: T): Extract<WorkerEvent, { type: T }>[];
}

export interface StartedTask extends WorkerHandle {
  readonly userDataDir: string;
  readonly events: readonly WorkerEvent[];
  /** Resolves with the first event that fits. */
  seen(fits: (event: WorkerEvent) => boolean): Promise<WorkerEvent>;
  finished(): Promise<TestRun>;
}

const dirs: string[] = [];

export function temporaryDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'warren-agent-'));
  dirs.push(dir);
  return dir;
}

/** Takes away every folder that tests of this file made. */
export function removeTemporaryDirs(): void {
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
}

export function startTask(test: TestTask): StartedTask {
  const task = taskSpec(test);
  const events: WorkerEvent[] = [];
  const waiting = new Set<(event: WorkerEvent) => void>();
  const handle = startWorker(task, {
    onEvent(event) {
      events.push(event);
      for (const listener of waiting) listener(event);
    },
  });
  return {
    ...handle,
    userDataDir: task.userDataDir,
    events,
    seen(fits) {
      const known = events.find(fits);
      if (known) return Promise.resolve(known);
      return new Promise((resolve) => {
        const listener = (event: WorkerEvent) => {
          if (fits(event)) resolve(event);
        };
        waiting.add(listener);
      });
    },
    async finished() {
      const outcome = await handle.done;
      return {
        outcome,
        events,
        of: <T extends WorkerEvent['type']>(type: T) =>
          events.filter((event): event is Extract<WorkerEvent, { type: T }> => event.type === type),
      };
    },
  };
}

export function runTest(test: TestTask): Promise<TestRun> {
  return startTask(test).finished();
}

/** What the host would hand to the worker. */
export function taskSpec(test: TestTask): TaskSpec {
  const parsed = parseWorkflow({ name: 'Test', steps: test.steps });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure));
  const browser = findBrowser().found;
  if (!browser) throw new Error('these tests need an installed browser');
  return {
    taskId: 'task-1',
    runId: 'run-1',
    workflow: { name: 'Test', steps: parsed.value.steps, variables: [] },
    variables: test.variables ?? {},
    profile: { ...plainProfile, ...test.profile },
    userDataDir: test.userDataDir ?? temporaryDir(),
    scratchDir: temporaryDir(),
    stateReplaces: false,
    cookiesNewer: test.cookiesNewer ?? false,
    network: null,
    person: null,
    storageState: test.storageState ?? null,
    browser: {
      executablePath: browser.executablePath,
      // Chromium's sandbox does not start for root.
      sandbox: process.getuid?.() !== 0,
      headless: true,
      extensions: [],
      ...test.browser,
    },
    limits: { ...defaultLimits, ...test.limits },
  };
}

const plainProfile: TaskSpec['profile'] = {
  ...profileInputSchema.parse({ name: 'Ada', viewport: { width: 1000, height: 700 } }),
  id: 'profile-1',
};
