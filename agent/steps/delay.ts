/** Waits for a time. */
import { defineStep } from './definition.ts';
import { wholeNumber } from './fields.ts';

export const delay = defineStep({
  type: 'delay',
  group: 'wait',
  // As long as it says: the usual time of a step would cut a long one off.
  timeout: null,
  fields: {
    /** Milliseconds. */
    ms: wholeNumber({ min: 0, max: 3_600_000 }),
  },
  template: { type: 'delay', ms: 1_000 },
  run: (context, step) => context.pause(step.ms),
});
