/** Types text key by key, for fields that react to each of them. */
import { defineStep } from './definition.ts';
import { target, template, wholeNumber, withDefault } from './fields.ts';

export const pressSequentially = defineStep({
  type: 'pressSequentially',
  group: 'input',
  fields: {
    ...target,
    text: template(10_000),
    /** Milliseconds between two keys. */
    delay: withDefault(wholeNumber({ min: 0, max: 10_000 }), 0),
  },
  template: { type: 'pressSequentially', selectors: ['input'], text: '' },
  async run(context, step) {
    context.typed(step.text);
    const element = await context.locate(step);
    await element.pressSequentially(step.text, {
      delay: step.delay,
      timeout: context.remaining(),
    });
  },
});
