import type { Page } from 'playwright-core';
import { bareContext, startBenchSite } from './browsers.ts';
import { type Figure, median, timed } from './figure.ts';
import { openBenchHost } from './hosts.ts';

/** How often each step is run. */
const times = 200;
const rounds = 3;

const cases: readonly {
  readonly what: string;
  readonly step: object;
  readonly plain: (page: Page) => Promise<unknown>;
}[] = [
  {
    what: 'click',
    step: { type: 'click', selectors: ['#b'] },
    plain: (page) => page.locator('#b').click(),
  },
  {
    what: 'fill',
    step: { type: 'fill', selectors: ['#i'], value: 'text' },
    plain: (page) => page.locator('#i').fill('text'),
  },
  {
    what: 'extract text',
    step: { type: 'extract', selectors: ['#b'], what: 'text', as: 'label' },
    plain: (page) => page.locator('#b').textContent(),
  },
];

/** Both sides in turn, so that the machine's mood meets them alike. */
export async function stepOverhead(): Promise<Figure[]> {
  const site = await startBenchSite();
  const host = await openBenchHost();
  const figures: Figure[] = [];
  for (const { what, step, plain } of cases) {
    const ours: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const events = await host.run([
        { type: 'navigate', url: site.url },
        { type: 'loop', times, steps: [step] },
      ]);
      const loop = events.filter(({ event }) => event.type === 'step.finished').at(-1)?.event;
      if (loop?.type !== 'step.finished') throw new Error('the loop did not finish');
      ours.push(loop.duration / times);
      const context = await bareContext();
      const page = context.pages()[0] ?? (await context.newPage());
      await page.goto(site.url);
      bare.push(
        (await timed(async () => {
          for (let n = 0; n < times; n++) await plain(page);
        })) / times,
      );
      await context.close();
    }
    figures.push({
      what: `${what}, whole step`,
      value: median(ours),
      baseline: median(bare),
      unit: 'ms',
    });
    figures.push({
      what: `${what}, overhead`,
      value: median(ours) - median(bare),
      baseline: null,
      unit: 'ms',
      goal: '< 3 ms',
    });
  }
  await host.close();
  await site.close();
  return figures;
}
