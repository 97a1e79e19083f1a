/** Scrolls the page or an element, or brings an element into view. */
import { defineStep } from './definition.ts';
import { flag, offset, optionalTarget, withDefault } from './fields.ts';

const farthest = 1_000_000;

export const scroll = defineStep({
  type: 'scroll',
  group: 'input',
  fields: {
    ...optionalTarget,
    /** CSS pixels to the right, and down; negative ones the other way. */
    x: withDefault(offset(farthest), 0),
    y: withDefault(offset(farthest), 0),
    /** The element comes into view; nothing else is moved. */
    intoView: withDefault(flag(), false),
  },
  template: { type: 'scroll', y: 600 },
  check(step) {
    if (!step.intoView) return [];
    if (!step.selectors) return [{ field: 'selectors', message: 'is missing' }];
    return step.x !== 0 || step.y !== 0
      ? [{ field: 'intoView', message: 'goes without x and y' }]
      : [];
  },
  async run(context, step) {
    const by = { left: step.x, top: step.y, behavior: 'instant' } as const;
    if (!step.selectors) {
      await context.page.evaluate((distance) => window.scrollBy(distance), by);
      return;
    }
    const element = await context.locate({ ...step, selectors: step.selectors });
    const timeout = context.remaining();
    if (step.intoView) await element.scrollIntoViewIfNeeded({ timeout });
    else {
      await element.evaluate((found, distance) => found.scrollBy(distance), by, { timeout });
    }
  },
});
