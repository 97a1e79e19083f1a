/**
 * Waits until a server has answered. An answer that came while the step before was still at work counts:
 * it is mostly that step which asked for it.
 */
import { fitsPattern } from './address.ts';
import { defineStep, StepError } from './definition.ts';
import { optional, template, wholeNumber } from './fields.ts';
import { until } from './polling.ts';

export const waitForResponse = defineStep({
  type: 'waitForResponse',
  group: 'wait',
  fields: {
    /** The whole address; `*` stands for anything. */
    url: template(20_000),
    /** Any when absent. */
    status: optional(wholeNumber({ min: 100, max: 599 })),
  },
  template: { type: 'waitForResponse', url: '*/api/*' },
  async run(context, step) {
    const fitting = () => context.responses().filter(({ url }) => fitsPattern(step.url, url));
    const came = await until(context, async () =>
      fitting().some(({ status }) => step.status === undefined || status === step.status),
    );
    if (came) return;
    const others = fitting().map(({ status }) => status);
    const found = others.length > 0 ? `answered with ${others.join(', ')}` : 'nothing answered';
    throw new StepError('timeout', `${found} at such an address`);
  },
});
