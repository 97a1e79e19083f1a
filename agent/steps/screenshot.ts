/** Takes a picture of the page or of one element. */
import { defineStep } from './definition.ts';
import { flag, optional, optionalTarget, selectors, template, withDefault } from './fields.ts';
import { locatorOf, rootOf } from './selector.ts';

export const screenshot = defineStep({
  type: 'screenshot',
  group: 'data',
  fields: {
    ...optionalTarget,
    fullPage: withDefault(flag(), false),
    /** Elements painted over before the picture is taken. */
    mask: optional(selectors()),
    name: withDefault(template(200), 'screenshot'),
  },
  template: { type: 'screenshot', name: 'page', fullPage: false },
  async run(context, step) {
    const root = rootOf(context.page, step.frame);
    const mask = (step.mask ?? []).map((selector) => locatorOf(root, selector));
    const options = { type: 'png', mask, timeout: context.remaining() } as const;
    const bytes = step.selectors
      ? await (await context.locate({ ...step, selectors: step.selectors })).screenshot(options)
      : await context.page.screenshot({ ...options, fullPage: step.fullPage });
    context.picture(step.name, bytes, 'image/png');
  },
});
