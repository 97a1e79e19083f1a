/** Opens an address in the page. */
import type { Page } from 'playwright-core';
import { allowedUrl } from './address.ts';
import { defineStep } from './definition.ts';
import { choice, loadStates, optional, template, withDefault } from './fields.ts';

export const navigate = defineStep({
  type: 'navigate',
  group: 'page',
  fields: {
    /** http, https, data or about:blank; nothing that reaches the device or the browser itself. */
    url: template(20_000),
    waitUntil: withDefault(choice(loadStates), 'load'),
    referer: optional(template(20_000)),
  },
  template: { type: 'navigate', url: 'https://example.com' },
  async run(context, step) {
    const url = allowedUrl(step.url);
    const download = nextDownload(context.page);
    try {
      await context.page.goto(url, {
        waitUntil: step.waitUntil,
        timeout: context.remaining(),
        ...(step.referer ? { referer: step.referer } : {}),
      });
    } catch (error) {
      // The address was a file: the page stays where it was and the browser saves it.
      if (!(error instanceof Error && error.message.includes('Download is starting'))) throw error;
      await Promise.race([download.began, context.pause(context.remaining())]);
      await context.downloadsSettled();
    } finally {
      download.forget();
    }
  },
});

function nextDownload(page: Page) {
  const { promise: began, resolve } = Promise.withResolvers<void>();
  const listener = () => resolve();
  page.once('download', listener);
  return { began, forget: () => page.off('download', listener) };
}
