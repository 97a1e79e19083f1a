/** Reads what a browser tells pages and servers of itself. */
import { type Measured, measuredSchema } from '../../workspace/model/consistency/measured.ts';
import type { LaunchedBrowser } from '../browser/launch.ts';
import { type MeasuringSite, startMeasuringSite } from './site.ts';

/** @throws when the page can not be read, as in an engine that lacks what is asked of it. */
export async function measureBrowser({ context, version }: LaunchedBrowser): Promise<Measured> {
  const site = await startMeasuringSite();
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(site.pageUrl);
    const read = await page.evaluate<Record<string, unknown>>('readPage()');
    await page.evaluate(`new Promise((done) => {
      const frame = document.createElement('iframe');
      frame.onload = done;
      frame.src = ${JSON.stringify(site.frameUrl)};
      document.body.append(frame);
    })`);
    const frame = await page.frame({ url: site.frameUrl })?.evaluate('read()');
    const sent = {
      page: sentBy(site, 'page'),
      frame: sentBy(site, 'frame'),
      worker: sentBy(site, 'worker'),
    };
    return measuredSchema.parse({ ...read, engine: version, frame, sent });
  } finally {
    await site.close();
  }
}

function sentBy(site: MeasuringSite, part: string): Measured['sent']['page'] {
  const headers = site.headersOf(part);
  return {
    acceptLanguage: headers['accept-language'] ?? '',
    userAgent: headers['user-agent'] ?? '',
    platform: headers['sec-ch-ua-platform']?.toString().replaceAll('"', '') ?? null,
  };
}
