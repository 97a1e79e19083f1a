import { setTimeout } from 'node:timers/promises';
import { startBenchSite } from './browsers.ts';
import { type Figure, median } from './figure.ts';
import { openBenchHost } from './hosts.ts';

const rounds = 5;

const situations: readonly { readonly what: string; readonly steps: (url: string) => object[] }[] =
  [
    {
      what: 'waiting for an element',
      steps: () => [{ type: 'waitForElement', selectors: ['#never'] }],
    },
    {
      what: 'a page that never answers',
      steps: (url) => [{ type: 'navigate', url: `${url}hang` }],
    },
    {
      what: 'a loop that only counts',
      steps: () => [{ type: 'loop', while: 'true', max: 100_000, steps: [] }],
    },
  ];

/** From asking for the end to the run written down as cancelled, its session sealed. */
export async function cancel(): Promise<Figure[]> {
  const site = await startBenchSite();
  const host = await openBenchHost();
  const figures: Figure[] = [];
  for (const { what, steps } of situations) {
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const started = await host.start([{ type: 'navigate', url: site.url }, ...steps(site.url)]);
      await started.seen((event) => event.type === 'step.started' && event.execution === 2);
      await setTimeout(200);
      const asked = performance.now();
      await host.call('runs.cancel', { run: started.runId });
      await started.ended;
      times.push(performance.now() - asked);
    }
    figures.push({ what, value: median(times), baseline: null, unit: 'ms', goal: '< 1000 ms' });
  }
  await host.close();
  await site.close();
  return figures;
}
