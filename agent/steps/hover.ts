/** Moves the mouse over an element. */
import { defineStep } from './definition.ts';
import { heldKeys, optional, point, target } from './fields.ts';

export const hover = defineStep({
  type: 'hover',
  group: 'input',
  fields: { ...target, modifiers: heldKeys(), position: optional(point()) },
  template: { type: 'hover', selectors: ['nav'] },
  async run(context, step) {
    const element = await context.locate(step);
    await element.hover({
      modifiers: [...step.modifiers],
      timeout: context.remaining(),
      ...(step.position ? { position: step.position } : {}),
    });
  },
});
