/** Looks again and again until something holds, within the time of the attempt. */
import type { StepContext } from './definition.ts';

/** Milliseconds between two looks; each is a round trip to the browser. */
const interval = 50;

/**
 * @returns true as soon as `holds` does, false when the attempt's time has run out, be it in the middle
 * of a look
 */
export async function until(context: StepContext, holds: () => Promise<boolean>): Promise<boolean> {
  // Some of the time is kept so that the step can say what it saw instead.
  const reserve = Math.min(250, context.remaining() / 4);
  for (;;) {
    try {
      if (await holds()) return true;
    } catch (error) {
      if (ranOutOfTime(error)) return false;
      throw error;
    }
    if (context.remaining() <= reserve + interval) return false;
    await context.pause(interval);
  }
}

const ranOutOfTime = (error: unknown): boolean =>
  error instanceof Error && error.name === 'TimeoutError';
