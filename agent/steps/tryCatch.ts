/**
 * Goes on with other steps where some have failed, and with the last ones in either case. What failed is
 * `error` in the steps of `catch`: its `reason`, its `message` and the `step` by name.
 */
import { defineStep } from './definition.ts';
import { steps, withDefault } from './fields.ts';

export const tryCatch = defineStep({
  type: 'tryCatch',
  group: 'flow',
  timeout: null,
  fields: {
    try: withDefault(steps(), []),
    catch: withDefault(steps(), []),
    finally: withDefault(steps(), []),
  },
  template: { type: 'tryCatch', try: [], catch: [], finally: [] },
  async run(context, step) {
    const failure = await context.trySteps(step.try);
    const error = failure && {
      reason: failure.reason,
      message: failure.detail,
      step: failure.stepName ?? '',
    };
    const again = error && (await context.trySteps(step.catch, { error }));
    await context.runSteps(step.finally);
    if (again) context.failAgain(again);
  },
});
