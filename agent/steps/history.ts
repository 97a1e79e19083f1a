/** Goes back or forward in the page's history, or loads the page again. */
import { defineStep, StepError } from './definition.ts';
import { choice, loadStates, withDefault } from './fields.ts';

export const history = defineStep({
  type: 'history',
  group: 'page',
  fields: {
    go: withDefault(choice(['back', 'forward', 'reload']), 'back'),
    waitUntil: withDefault(choice(loadStates), 'load'),
  },
  template: { type: 'history', go: 'back' },
  async run({ page, remaining }, step) {
    const options = { waitUntil: step.waitUntil, timeout: remaining() };
    if (step.go === 'reload') {
      await page.reload(options);
      return;
    }
    const before = page.url();
    const response = await (step.go === 'back' ? page.goBack(options) : page.goForward(options));
    // Playwright says nothing of a history that ends here; a step within a page has no response either.
    if (response || page.url() !== before) return;
    throw new StepError('pageNotLoaded', `there is no page to go ${step.go} to`);
  },
});
