/** Presses a key or a combination (`Enter`, `Control+A`), on an element or wherever the focus is. */
import { defineStep } from './definition.ts';
import { optionalTarget, text } from './fields.ts';

export const press = defineStep({
  type: 'press',
  group: 'input',
  fields: { key: text(100), ...optionalTarget },
  template: { type: 'press', key: 'Enter' },
  async run(context, step) {
    if (!step.selectors) {
      await context.page.keyboard.press(step.key);
      return;
    }
    const element = await context.locate({ ...step, selectors: step.selectors });
    await element.press(step.key, { timeout: context.remaining() });
  },
});
