/** Opening a profile for a person, with its session, and proxies pasted in by the thousand. */
import { setTimeout } from 'node:timers/promises';
import { bareContext } from './browsers.ts';
import { type Figure, median } from './figure.ts';
import { type BenchHost, openBenchHost } from './hosts.ts';

const rounds = 5;
/** Characters of storage in the session that is put back. */
const sessionSize = 5_000_000;
const pasted = 5_000;

export async function opening(): Promise<Figure[]> {
  const host = await openBenchHost();
  const figures = [...(await opened(host)), ...(await pasting(host))];
  await host.close();
  return figures;
}

async function opened(host: BenchHost): Promise<Figure[]> {
  const [profile = ''] = (await host.call('profiles.list', {})).rows.map(({ id }) => id);
  const localStorage = Array.from({ length: 50 }, (_, n) => ({
    name: `key ${n}`,
    value: 'x'.repeat(sessionSize / 50),
  }));
  // Each origin may keep about five million characters.
  const text = JSON.stringify({
    cookies: [],
    origins: [{ origin: 'https://a.example', localStorage }],
  });
  await host.call('profiles.importCookies', { profile, text });
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await setTimeout(3_000);
    const asked = performance.now();
    await host.call('profiles.open', { profile, headless: true });
    ours.push(performance.now() - asked);
    await host.call('profiles.close', { profile });
    const launch = performance.now();
    const context = await bareContext();
    if (context.pages().length === 0) await context.newPage();
    bare.push(performance.now() - launch);
    await context.close();
  }
  return [
    {
      what: 'opened with a session of 5 MB (baseline: launch and first page)',
      value: median(ours),
      baseline: median(bare),
      unit: 'ms',
    },
    {
      what: 'beyond the browser’s own launch',
      value: median(ours) - median(bare),
      baseline: null,
      unit: 'ms',
      goal: '< 300 ms',
    },
  ];
}

async function pasting(host: BenchHost): Promise<Figure[]> {
  const text = Array.from(
    { length: pasted },
    (_, n) => `10.${n % 250}.${n % 199}.${n % 97}:${1000 + n}:user${n}:secret${n}`,
  ).join('\n');
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const asked = performance.now();
    const { read } = await host.call('proxies.readLines', { text });
    times.push(performance.now() - asked);
    if (read !== pasted) throw new Error(`${read} of ${pasted} lines were read`);
  }
  const asked = performance.now();
  await host.call('proxies.importLines', { text, tags: [] });
  const took = performance.now() - asked;
  return [
    {
      what: '5,000 pasted proxies read and previewed',
      value: median(times),
      baseline: null,
      unit: 'ms',
      goal: '< 500 ms',
    },
    { what: 'the same, added', value: took, baseline: null, unit: 'ms' },
  ];
}
