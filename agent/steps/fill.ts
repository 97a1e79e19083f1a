/** Puts text into a field, in place of what was there. */
import { defineStep } from './definition.ts';
import { target, template } from './fields.ts';

export const fill = defineStep({
  type: 'fill',
  group: 'input',
  fields: { ...target, value: template() },
  template: { type: 'fill', selectors: ['input'], value: '' },
  async run(context, step) {
    context.typed(step.value);
    const element = await context.locate(step);
    await element.fill(step.value, { timeout: context.remaining() });
  },
});
