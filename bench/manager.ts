/** The list of profiles in its window, changes of many, folders sealed, proxies checked by the thousand. */
import { spawn } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type CDPSession, chromium, type Page } from 'playwright-core';
import { startSocksProxy } from '../agent/forwarder/testProxies.ts';
import { chooseBrowser } from '../app/host/browser.ts';
import { closeDatabase } from '../workspace/store/database.ts';
import { type Figure, median } from './figure.ts';
import { openBenchHost } from './hosts.ts';
import { emptyVault, passphrase, vaultWithProfiles } from './vaults.ts';

const profiles = 10_000;
const edited = 1_000;
const checked = 1_000;
const rounds = 5;
/** Milliseconds of scrolling, at pixels a second. */
const scrolling = { time: 10_000, speed: 2_000 } as const;
const folderFiles = { count: 100, bytes: 512 * 1024 } as const;

export async function manager(): Promise<Figure[]> {
  return [...(await inWindow()), ...(await bulkEdit()), ...(await folders()), ...(await checks())];
}

async function inWindow(): Promise<Figure[]> {
  const dir = await vaultWithProfiles(profiles);
  const root = join(import.meta.dirname, '..');
  const server = spawn(
    process.execPath,
    [join(root, 'app/cli/main.ts'), '--vault', dir, 'serve', '--json'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const browser = await chooseBrowser(null);
  if (!browser.found) throw new Error('no browser is installed; see "npx warren doctor"');
  const chrome = await chromium.launch({
    executablePath: browser.path,
    chromiumSandbox: process.getuid?.() !== 0,
  });
  try {
    const [line] = (await once(createInterface({ input: server.stdout }), 'line')) as [string];
    const page = await chrome.newPage({ viewport: { width: 1280, height: 800 } });
    const answered = unlockAnswer(page);
    await page.goto((JSON.parse(line) as { url: string }).url);
    await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
    const shown = page.evaluate(firstRow);
    await page.keyboard.press('Enter');
    const untilList = (await shown) - (await answered);

    const filter: number[] = [];
    const search = page.getByRole('searchbox');
    for (const city of ['osaka', 'lima', 'lagos', 'berlin', 'london']) {
      await search.fill('');
      await page.waitForTimeout(500);
      filter.push(await page.evaluate(timeOfFilter, `profile ${city}`));
    }
    await search.fill('');
    await page.waitForTimeout(1_000);
    const { presented, dropped } = await scroll(page, await chrome.newBrowserCDPSession());
    return [
      {
        what: `${profiles.toLocaleString('en')} profiles: unlocked to rows in the window`,
        value: untilList,
        baseline: null,
        unit: 'ms',
        goal: '< 100 ms',
      },
      {
        what: 'two words typed to the rows in the window',
        value: median(filter),
        baseline: null,
        unit: 'ms',
        goal: '< 50 ms',
      },
      {
        what: `frames dropped in ${scrolling.time / 1000} s of scrolling (baseline: frames shown)`,
        value: dropped,
        baseline: presented,
        unit: 'frames',
        goal: '0',
      },
    ];
  } finally {
    await chrome.close();
    server.kill();
    await once(server, 'exit');
  }
}

/** @returns the moment at which the host answered that the vault is open, in milliseconds since 1970. */
function unlockAnswer(page: Page): Promise<number> {
  return new Promise((resolve) => {
    let asked: string | null = null;
    page.on('websocket', (socket) => {
      socket.on('framesent', ({ payload }) => {
        const frame = JSON.parse(String(payload)) as { id?: string; method?: string };
        if (frame.method === 'vault.unlock') asked = String(frame.id);
      });
      socket.on('framereceived', ({ payload }) => {
        const frame = JSON.parse(String(payload)) as { id?: string };
        if (asked !== null && String(frame.id) === asked) resolve(Date.now());
      });
    });
  });
}

/** In the page: the moment at which the first rows were painted, in milliseconds since 1970. */
function firstRow(): Promise<number> {
  return new Promise((resolve) => {
    const look = () => {
      if (document.getElementById('profile-grid-row-0')) {
        requestAnimationFrame(() => resolve(Date.now()));
      } else requestAnimationFrame(look);
    };
    look();
  });
}

/** In the page: milliseconds from typing to the first row that fits being painted. */
function timeOfFilter(words: string): Promise<number> {
  const field = document.querySelector<HTMLInputElement>('input[type=search]');
  if (!field) throw new Error('there is nothing to type into');
  const begun = performance.now();
  field.value = words;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  return new Promise((resolve) => {
    const fits = (text: string) =>
      words.split(' ').every((word) => text.toLowerCase().includes(word));
    const look = () => {
      const row = document.getElementById('profile-grid-row-0');
      if (row && fits(row.textContent ?? '')) resolve(performance.now() - begun);
      else requestAnimationFrame(look);
    };
    look();
  });
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly args?: {
    readonly frame_reporter?: {
      readonly state?: string;
      readonly affects_smoothness?: boolean;
    };
  };
}

/** What Chromium's own tracing says of the frames while the list is scrolled. */
async function scroll(page: Page, tracing: CDPSession) {
  const events: TraceEvent[] = [];
  tracing.on('Tracing.dataCollected', ({ value }) => {
    events.push(...(value as unknown as TraceEvent[]));
  });
  const box = await page.locator('#profile-grid').boundingBox();
  if (!box) throw new Error('there is no list to scroll');
  await tracing.send('Tracing.start', {
    traceConfig: { includedCategories: ['cc', 'benchmark'] },
    transferMode: 'ReportEvents',
  });
  const session = await page.context().newCDPSession(page);
  await session.send('Input.synthesizeScrollGesture', {
    x: Math.round(box.x + box.width / 2),
    y: Math.round(box.y + box.height / 2),
    yDistance: -(scrolling.time / 1000) * scrolling.speed,
    speed: scrolling.speed,
    gestureSourceType: 'mouse',
  });
  const complete = new Promise((resolve) => tracing.once('Tracing.tracingComplete', resolve));
  await tracing.send('Tracing.end');
  await complete;
  const states = events
    .filter(({ name }) => name === 'PipelineReporter')
    .flatMap(({ args }) => args?.frame_reporter ?? []);
  const dropped = states.filter(
    ({ state, affects_smoothness }) => state === 'STATE_DROPPED' && affects_smoothness,
  );
  const presented = states.filter(({ state }) => state?.startsWith('STATE_PRESENTED'));
  if (presented.length === 0) throw new Error('the trace tells of no frames');
  return { presented: presented.length, dropped: dropped.length };
}

async function bulkEdit(): Promise<Figure[]> {
  const host = await openBenchHost(profiles);
  const { rows } = await host.call('profiles.list', { limit: 500 });
  const more = await host.call('profiles.list', { limit: 500, sort: 'created' });
  const ids = [...new Set([...rows, ...more.rows].map(({ id }) => id))].slice(0, edited);
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const asked = performance.now();
    const patch = { group: `Group ${round}`, addTags: [`round-${round}`] };
    await host.call('profiles.editMany', { profiles: ids, patch });
    times.push(performance.now() - asked);
  }
  await host.close();
  return [
    {
      what: `group and tag of ${ids.length.toLocaleString('en')} of ${profiles.toLocaleString('en')} profiles changed`,
      value: median(times),
      baseline: null,
      unit: 'ms',
      goal: '< 2000 ms',
    },
  ];
}

/** A folder as a browser leaves it, of bytes that do not compress. */
async function folders(): Promise<Figure[]> {
  const { contents } = await emptyVault();
  const sealed: number[] = [];
  const unsealed: number[] = [];
  const { userDataDir } = await contents.sessions.open('p', 'P');
  const folder = join(userDataDir, 'Default');
  mkdirSync(folder);
  const bytes = Buffer.alloc(folderFiles.bytes);
  for (let file = 0; file < folderFiles.count; file++) {
    writeFileSync(join(folder, String(file)), randomFillSync(bytes));
  }
  for (let round = 0; round < rounds; round++) {
    const asked = performance.now();
    await contents.sessions.close('p');
    sealed.push(performance.now() - asked);
    const again = performance.now();
    await contents.sessions.open('p', 'P');
    unsealed.push(performance.now() - again);
  }
  closeDatabase(contents.vault.database);
  const size = `${(folderFiles.count * folderFiles.bytes) / 1024 / 1024} MB`;
  return [
    {
      what: `a folder of ${size} sealed`,
      value: median(sealed),
      baseline: null,
      unit: 'ms',
      goal: '< 1000 ms',
    },
    {
      what: `a folder of ${size} unsealed`,
      value: median(unsealed),
      baseline: null,
      unit: 'ms',
      goal: '< 1000 ms',
    },
  ];
}

async function checks(): Promise<Figure[]> {
  const host = await openBenchHost();
  const site = createServer((request, response) => response.end(request.socket.remoteAddress));
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
  const proxy = await startSocksProxy(5, null);
  const { port } = site.address() as AddressInfo;
  await host.call('settings.set', { exitCheckUrl: `http://exit.example:${port}/` });
  const text = Array.from(
    { length: checked },
    (_, number) => `socks5://user${number}:secret@127.0.0.1:${proxy.port}`,
  ).join('\n');
  await host.call('proxies.importLines', { text, tags: [] });
  const ids: string[] = [];
  for (let after: string | undefined; ; ) {
    const page = await host.call('proxies.list', { limit: 500, ...(after ? { after } : {}) });
    ids.push(...page.rows.map(({ id }) => id));
    if (page.next === null) break;
    after = page.next;
  }
  const asked = performance.now();
  await host.call('proxies.check', { proxies: ids });
  const time = performance.now() - asked;
  await host.close();
  await proxy.stop();
  site.close();
  return [
    {
      what: `${ids.length.toLocaleString('en')} proxies checked through a local one, 50 at once`,
      value: time,
      baseline: null,
      unit: 'ms',
    },
  ];
}
