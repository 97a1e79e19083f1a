/** A browser that is only measured: no step is run, and no session put back or kept. */

import { killBrowser } from '../browser/kill.ts';
import type { LaunchedBrowser } from '../browser/launch.ts';
import { within } from '../browser/within.ts';
import { measureBrowser } from '../measure/measureBrowser.ts';
import type { Body, End } from './runTask.ts';
import { untilStopped } from './stop.ts';

/** Milliseconds for the browser's orderly end; it has nothing to lose. */
const closeTime = 500;

export async function runMeasurement(
  { signal, reporter, send }: Body,
  browser: LaunchedBrowser,
): Promise<End> {
  try {
    reporter.started(browser.version);
    const measured = await untilStopped(signal, null, measureBrowser(browser));
    send({ type: 'measured', measured });
    return { status: 'succeeded' };
  } finally {
    await within(closeTime, browser.context.close());
    await killBrowser(browser.pid, 200);
  }
}
