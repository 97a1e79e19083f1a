/** Sets a checkbox, a radio button or a switch. */
import { defineStep } from './definition.ts';
import { flag, target, withDefault } from './fields.ts';

export const check = defineStep({
  type: 'check',
  group: 'input',
  fields: { ...target, checked: withDefault(flag(), true) },
  template: { type: 'check', selectors: ['input[type=checkbox]'], checked: true },
  async run(context, step) {
    const element = await context.locate(step);
    await element.setChecked(step.checked, { timeout: context.remaining() });
  },
});
