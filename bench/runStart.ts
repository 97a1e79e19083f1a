import { setTimeout } from 'node:timers/promises';
import { bareContext, startBenchSite } from './browsers.ts';
import { type Figure, median } from './figure.ts';
import { openBenchHost } from './hosts.ts';

const rounds = 5;

export async function runStart(): Promise<Figure[]> {
  const site = await startBenchSite();
  const host = await openBenchHost();
  const steps = [{ type: 'navigate', url: site.url }];
  // Once before, so that there is a sealed folder to unpack.
  await host.run(steps);
  const ours: number[] = [];
  const after: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < rounds; round++) {
    // A person looks at a screen for a moment before they start a run.
    await setTimeout(3_000);
    const asked = performance.now();
    const events = await host.run(steps);
    const at = (type: string) =>
      events.find(({ event }) => event.type === type)?.told ?? Number.NaN;
    ours.push(at('step.started') - asked);
    after.push(at('run.finished') - at('step.finished'));
    const launch = performance.now();
    const context = await bareContext();
    if (context.pages().length === 0) await context.newPage();
    bare.push(performance.now() - launch);
    await context.close();
  }
  await host.close();
  await site.close();
  const started = { value: median(ours), baseline: median(bare), unit: 'ms' as const };
  return [
    { what: 'asked to first step (baseline: launch and first page)', ...started },
    {
      what: 'beyond the browser’s own launch',
      value: median(ours) - median(bare),
      baseline: null,
      unit: 'ms',
      goal: '< 300 ms',
    },
    {
      what: 'last step to sealed and written down',
      value: median(after),
      baseline: null,
      unit: 'ms',
    },
  ];
}
