/** Closes the page that the workflow works in; it goes on in the newest that is left. */
import { defineStep } from './definition.ts';

export const closePage = defineStep({
  type: 'closePage',
  group: 'page',
  fields: {},
  template: { type: 'closePage' },
  async run({ page, pages }) {
    // With its last page a browser that has a window would go too.
    const others = pages.all().filter((other) => other !== page);
    const next = others.at(-1) ?? (await pages.open());
    pages.use(next);
    await page.close();
  },
});
