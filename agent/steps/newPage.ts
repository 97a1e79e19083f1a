/** Opens another page, in which the following steps work. */
import { allowedUrl } from './address.ts';
import { defineStep } from './definition.ts';
import { choice, loadStates, optional, template, withDefault } from './fields.ts';

export const newPage = defineStep({
  type: 'newPage',
  group: 'page',
  fields: {
    /** As of `navigate`; an empty page when absent. */
    url: optional(template(20_000)),
    waitUntil: withDefault(choice(loadStates), 'load'),
  },
  template: { type: 'newPage', url: 'https://example.com' },
  async run({ pages, remaining }, step) {
    const url = step.url ? allowedUrl(step.url) : null;
    const page = await pages.open();
    pages.use(page);
    if (url) await page.goto(url, { waitUntil: step.waitUntil, timeout: remaining() });
  },
});
