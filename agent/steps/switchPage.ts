/** Goes on in another page that is open or about to open, such as a window that a click brought up. */
import type { Page } from 'playwright-core';
import { fitsPattern } from './address.ts';
import { defineStep, type RunStep, StepError } from './definition.ts';
import { optional, template, wholeNumber } from './fields.ts';
import { until } from './polling.ts';

const fields = {
  /** In the order in which they were opened, from 0. */
  index: optional(wholeNumber({ min: 0, max: 1_000 })),
  /** The whole address; `*` stands for anything. */
  url: optional(template(20_000)),
  /** The whole title, likewise. */
  title: optional(template(2_000)),
};

export const switchPage = defineStep({
  type: 'switchPage',
  group: 'page',
  fields,
  template: { type: 'switchPage', index: 1 },
  check(step) {
    const given = [step.index, step.url, step.title].filter((way) => way !== undefined);
    return given.length === 1
      ? []
      : [{ field: '', message: 'must have exactly one of index, url, title' }];
  },
  async run(context, step) {
    const { pages } = context;
    let chosen: Page | undefined;
    await until(context, async () => {
      chosen = await find(pages.all(), step);
      return chosen !== undefined;
    });
    if (!chosen) throw new StepError('timeout', `none of ${pages.all().length} pages is the one`);
    pages.use(chosen);
    await chosen.bringToFront();
    await chosen.waitForLoadState('domcontentloaded', { timeout: context.remaining() });
  },
});

/** The newest that fits: the one that has just come up is meant more often than one from before. */
async function find(
  pages: readonly Page[],
  { index, url, title }: RunStep<typeof fields>,
): Promise<Page | undefined> {
  if (index !== undefined) return pages[index];
  for (const page of pages.toReversed()) {
    if (url !== undefined && fitsPattern(url, page.url())) return page;
    // A page that is closing, or about to show another, has no title now.
    if (title !== undefined && fitsPattern(title, await page.title().catch(() => ''))) return page;
  }
  return undefined;
}
