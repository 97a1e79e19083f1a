/** What a screen reader needs, looked for in both themes. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** @param what names the screen in the report. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(settledColors);
    const { violations } = await new AxeBuilder({ page }).analyze();
    const found = violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`,
    );
    expect.soft(found, `${what}, ${colorScheme}`).toEqual([]);
  }
}

/** Colours change gradually, later on a busy machine; a contrast measured on the way is nobody's. */
async function settledColors(): Promise<void> {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  for (let quiet = 0; quiet < 5; ) {
    await frame();
    const changing = document
      .getAnimations()
      .filter((one) => one instanceof CSSTransition && one.playState === 'running');
    quiet = changing.length > 0 ? 0 : quiet + 1;
    await Promise.allSettled(changing.map((one) => one.finished));
  }
}
