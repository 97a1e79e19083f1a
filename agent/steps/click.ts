/** Clicks an element once it can be clicked. */
import { defineStep } from './definition.ts';
import { choice, heldKeys, optional, point, target, wholeNumber, withDefault } from './fields.ts';

export const click = defineStep({
  type: 'click',
  group: 'input',
  fields: {
    ...target,
    button: withDefault(choice(['left', 'right', 'middle']), 'left'),
    clickCount: withDefault(wholeNumber({ min: 1, max: 10 }), 1),
    modifiers: heldKeys(),
    /** CSS pixels from the element's upper left corner; its middle when absent. */
    position: optional(point()),
  },
  template: { type: 'click', selectors: ['button'] },
  async run(context, step) {
    const element = await context.locate(step);
    await element.click({
      button: step.button,
      clickCount: step.clickCount,
      modifiers: [...step.modifiers],
      timeout: context.remaining(),
      ...(step.position ? { position: step.position } : {}),
    });
  },
});
