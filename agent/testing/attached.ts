/** For tests: pages of a browser that somebody has open and offers to programs. */
import { chromium, type Page } from 'playwright-core';

/** Works in a new page of it, which is closed afterwards; the browser stays open. */
export async function inNewPage<T>(
  wsEndpoint: string,
  url: string,
  work: (page: Page) => Promise<T>,
): Promise<T> {
  const browser = await chromium.connectOverCDP(wsEndpoint);
  try {
    const page = await browser.contexts()[0]?.newPage();
    if (!page) throw new Error('the browser has no context');
    await page.goto(url);
    return await work(page);
  } finally {
    await browser.close();
  }
}
