/**
 * Measures what a profile's browser reports: with the profile's settings, in a folder that is thrown
 * away, without its session and without a network. A profile that is open meanwhile is left alone.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startWorker, type WorkerHandle } from '../../agent/worker/client.ts';
import { defaultLimits, type TaskSpec } from '../../agent/worker/protocol.ts';
import type { SpareWorkers } from '../../agent/worker/spare.ts';
import type { Measured } from '../../workspace/model/consistency/measured.ts';
import { FailureError } from '../../workspace/model/failure.ts';
import type { Profile } from '../../workspace/model/profile.ts';
import { requireBrowser } from './browser.ts';
import type { Services } from './services.ts';
import { requireUsableProfile } from './usable.ts';

export interface Measuring {
  /** One at a time, since each is a browser. @throws FailureError `browserMissing`, `openFailed`, `locked`. */
  measure(profile: Profile): Promise<Measured>;
  /** Ends what is under way, waits until it is gone, and lets nothing begin any more. */
  stop(): Promise<void>;
}

/** Milliseconds for all of it. */
const deadline = 20_000;

export function createMeasuring({ settings }: Services, spares: SpareWorkers): Measuring {
  let worker: WorkerHandle | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let stopped = false;

  async function run(profile: Profile): Promise<Measured> {
    if (stopped) throw new FailureError({ code: 'locked' });
    requireUsableProfile(profile);
    const executablePath = await requireBrowser(settings.read().browserPath, profile);
    const folder = await mkdtemp(join(tmpdir(), 'warren-measure-'));
    try {
      const [userDataDir, scratchDir] = [join(folder, 'browser'), join(folder, 'scratch')];
      await mkdir(scratchDir);
      if (stopped) throw new FailureError({ code: 'locked' });
      let measured: Measured | null = null;
      const spec: TaskSpec = {
        taskId: profile.id,
        runId: '',
        workflow: { name: '', steps: [], variables: [] },
        variables: {},
        profile,
        userDataDir,
        scratchDir,
        storageState: null,
        stateReplaces: false,
        network: null,
        person: null,
        measure: { isProxied: profile.proxyId !== null || profile.proxyPool !== null },
        browser: {
          executablePath,
          sandbox: process.getuid?.() !== 0,
          headless: true,
          extensions: [],
        },
        limits: { ...defaultLimits, deadline },
      };
      const handlers = {
        onEvent: () => undefined,
        onMeasured: (found: Measured) => {
          measured = found;
        },
      };
      worker = startWorker(spec, handlers, spares.take());
      const { status, failure } = await worker.done;
      if (measured) return measured;
      if (stopped) throw new FailureError({ code: 'locked' });
      const reason = failure?.reason ?? status;
      throw new FailureError({ code: 'openFailed', name: profile.name, reason });
    } finally {
      worker = null;
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    }
  }

  return {
    measure(profile) {
      const done = last.then(() => run(profile));
      last = done.catch(() => undefined);
      return done;
    },
    async stop() {
      stopped = true;
      worker?.cancel();
      await last;
    },
  };
}
