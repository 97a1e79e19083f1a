/** Chooses an option of a select element by its value, its label or its index. */
import { defineStep } from './definition.ts';
import { optional, target, template, wholeNumber } from './fields.ts';

export const selectOption = defineStep({
  type: 'selectOption',
  group: 'input',
  fields: {
    ...target,
    value: optional(template()),
    label: optional(template()),
    index: optional(wholeNumber({ min: 0, max: 100_000 })),
  },
  template: { type: 'selectOption', selectors: ['select'], label: '' },
  check(step) {
    const given = [step.value, step.label, step.index].filter((way) => way !== undefined);
    return given.length === 1
      ? []
      : [{ field: '', message: 'must have exactly one of value, label, index' }];
  },
  async run(context, step) {
    const element = await context.locate(step);
    const option = {
      ...(step.value === undefined ? {} : { value: step.value }),
      ...(step.label === undefined ? {} : { label: step.label }),
      ...(step.index === undefined ? {} : { index: step.index }),
    };
    await element.selectOption(option, { timeout: context.remaining() });
  },
});
