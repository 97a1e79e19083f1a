/** Waits until the page has an address. */
import { fitsPattern, withoutQuery } from './address.ts';
import { defineStep, StepError } from './definition.ts';
import { template } from './fields.ts';
import { until } from './polling.ts';

export const waitForURL = defineStep({
  type: 'waitForURL',
  group: 'wait',
  fields: {
    /** The whole address; `*` stands for anything. */
    url: template(20_000),
  },
  template: { type: 'waitForURL', url: 'https://example.com/*' },
  async run(context, step) {
    const { page } = context;
    const reached = await until(context, async () => fitsPattern(step.url, page.url()));
    if (!reached) {
      throw new StepError('timeout', `the address is still "${withoutQuery(page.url())}"`);
    }
    await page.waitForLoadState('domcontentloaded', { timeout: context.remaining() });
  },
});
