/** Looks again and again until something holds, within the time of the attempt. */
import type { StepContext } from './definition.ts';

/** Milliseconds between two looks; each is a round trip to the browser. */
const interval = 50;

/** @returns true as soon as `holds` does, false when the attempt's time has run out */
export async function until(context: StepContext, holds: () => Promise<boolean>): Promise<boolean> {
  // Some of the time is kept so that the step can say what it saw instead.
  const reserve = Math.min(250, context.remaining() / 4);
  for (;;) {
    if (await holds()) return true;
    if (context.remaining() <= reserve + interval) return false;
    await context.pause(interval);
  }
}
