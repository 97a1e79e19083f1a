/** A profile's session while its browser is open: looked at now and then, captured at the end. */
import { killBrowser } from '../browser/kill.ts';
import type { LaunchedBrowser } from '../browser/launch.ts';
import { captureCookies, captureSession } from '../browser/session.ts';
import { within } from '../browser/within.ts';
import type { StorageState, WorkerMessage } from '../worker/protocol.ts';
import { Cancelled } from './stop.ts';

/** Milliseconds for the end of a task: the session, then the browser. */
const orderly = { session: 3_000, close: 5_000 };
/** A cancelled task is over within a second, whatever the browser is doing. */
const hurried = { session: 200, close: 300 };
/** Milliseconds between two looks at the cookies, for the case that there is no orderly end. */
const cookieInterval = 5_000;

/** Keeps what is known of the session and tells the host when it has changed hands. */
export function keepSession(
  before: StorageState | null,
  send: (message: WorkerMessage) => void,
  { context }: LaunchedBrowser,
  tabs: () => readonly string[] = () => [],
) {
  let latest = before;
  let looked = performance.now();
  let begun = false;
  const keep = (state: StorageState | null) => {
    // Before the kept session is back, what the browser has would take its place.
    if (!state || !begun) return;
    const open = tabs();
    // The last ones before the window was closed are those to bring back.
    latest = { ...state, tabs: open.length > 0 ? open : (latest?.tabs ?? []) };
    send({ type: 'session', storageState: latest });
  };
  return {
    /** Says that the session from before has been put back. */
    begin() {
      begun = true;
    },
    /** Costs the step nothing: it is not waited for. */
    glance() {
      if (performance.now() - looked < cookieInterval) return;
      looked = performance.now();
      void captureCookies(context, latest, 1_000).then(keep);
    },
    look: () => void captureCookies(context, latest, 1_000).then(keep),
    async capture(bound: number) {
      looked = Number.POSITIVE_INFINITY;
      keep(await captureSession(context, latest, bound));
    },
  };
}

export type KeptSession = ReturnType<typeof keepSession>;

/** Captures what there is and ends the browser, however it takes it. */
export async function closeBrowser(
  session: KeptSession,
  { context, pid }: LaunchedBrowser,
  signal: AbortSignal,
): Promise<void> {
  const bounds = signal.reason instanceof Cancelled ? hurried : orderly;
  const early = signal.aborted;
  await session.capture(bounds.session);
  const closed = await within(
    bounds.close,
    context.close().then(() => true),
  );
  // The folder belongs to the host as soon as the task is finished, and helpers of a browser that did
  // not end in order may still write into it.
  if (!closed || early) await killBrowser(pid, 200);
}
