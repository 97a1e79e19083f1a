/** Drags an element onto another one of the same frame. */
import { defineStep } from './definition.ts';
import { selectors, target } from './fields.ts';

export const dragTo = defineStep({
  type: 'dragTo',
  group: 'input',
  fields: { ...target, target: selectors() },
  template: { type: 'dragTo', selectors: ['[draggable=true]'], target: ['main'] },
  async run(context, step) {
    const onto = await context.locate({ selectors: step.target, frame: step.frame });
    const element = await context.locate(step);
    await element.dragTo(onto, { timeout: context.remaining() });
  },
});
