/**
 * The worker process: takes one task from its host, runs it, tells what happens and ends. When the host
 * goes away, so do the browser and this process.
 */
import { z } from 'zod';
import { killBrowser } from '../browser/kill.ts';
import { type RunningTask, runTask } from '../runner/runTask.ts';
import type { HostMessage, TaskSpec, WorkerMessage } from './protocol.ts';

/** The shape of what counts here; what is inside was made by the host from checked documents. */
const hostMessage = z.discriminatedUnion('type', [
  z.looseObject({ type: z.enum(['cancel', 'close', 'show']) }),
  z.looseObject({ type: z.literal('attach'), token: z.string().min(20) }),
  z.looseObject({
    type: z.literal('start'),
    task: z.looseObject({
      taskId: z.string(),
      workflow: z.looseObject({ steps: z.array(z.looseObject({ type: z.string() })) }),
      variables: z.record(z.string(), z.unknown()),
      userDataDir: z.string(),
      scratchDir: z.string(),
      browser: z.looseObject({ executablePath: z.string() }),
      limits: z.looseObject({ deadline: z.number() }),
    }),
  }),
]);

let running: RunningTask | null = null;
let browserPid: number | null = null;
let unsent = 0;
let allSent: (() => void) | null = null;

process.on('message', (message: unknown) => {
  const checked = hostMessage.safeParse(message);
  if (!checked.success) return void end(2);
  const known = message as HostMessage;
  if (known.type === 'attach') running?.attach(known.token);
  else if (known.type !== 'start') running?.[known.type]();
  else if (!running) start(known.task);
});
process.on('disconnect', () => void end(1));
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
  process.on(signal, () => void end(1));
process.on('uncaughtException', () => void end(70));
process.on('unhandledRejection', () => void end(70));
send({ type: 'ready' });

function start(task: TaskSpec): void {
  running = runTask(task, send);
  running.done.then(
    () => everythingSent().then(() => process.exit(0)),
    () => end(70),
  );
}

function send(message: WorkerMessage): void {
  if (message.type === 'browser') browserPid = message.pid;
  if (!process.connected) return;
  unsent += 1;
  // Not waited for, so that telling costs a step next to nothing. A host that is gone is noticed
  // through `disconnect`, so a failure to send needs no answer here.
  process.send?.(message, undefined, undefined, () => {
    unsent -= 1;
    if (unsent === 0) allSent?.();
  });
}

function everythingSent(): Promise<void> {
  if (unsent === 0) return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  allSent = resolve;
  return promise;
}

async function end(code: number): Promise<void> {
  if (browserPid !== null) await killBrowser(browserPid, 200);
  process.exit(code);
}
