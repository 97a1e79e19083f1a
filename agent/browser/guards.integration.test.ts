import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSite, type TestSite } from '../testing/site.ts';
import { removeTemporaryDirs, runTest, taskSpec } from '../testing/task.ts';
import { launchBrowser } from './launch.ts';
import { watchPages } from './watchPages.ts';

const silent = {
  note: () => undefined,
  consoleMessage: () => undefined,
  networkFailed: () => undefined,
  fatal: () => undefined,
};

const megabyte = Buffer.alloc(1_000_000, 'x');

let site: TestSite;
beforeAll(async () => {
  site = await startSite({
    '/': '<h1>Here</h1>',
    '/dialogs': `<script>addEventListener('beforeunload', (event) => event.preventDefault())</script>
      <button onclick="alert('one'); said.textContent = [confirm('two'), prompt('three')].join()">Ask</button>
      <p id="said"></p>`,
    '/popups': `<button onclick="for (let n = 0; n < 100; n += 1) window.open('/?' + n)">Open</button>`,
    '/few': `<button onclick="for (let n = 0; n < 5; n += 1) window.open('/?' + n)">Open</button><h1>Here</h1>`,
    '/closes': `<button onclick="window.open('/'); setTimeout(() => window.close(), 200)">Close</button>`,
    '/file': (_, response) => {
      response.writeHead(200, { 'content-disposition': 'attachment; filename="small.txt"' });
      response.end('small');
    },
    '/endless': (_, response) => {
      response.writeHead(200, { 'content-disposition': 'attachment; filename="huge.bin"' });
      const more = setInterval(() => response.write(megabyte), 10);
      response.on('close', () => clearInterval(more));
    },
    '/links': '<a href="/file">file</a><a id="huge" href="/endless">huge</a>',
  });
});
afterAll(async () => {
  await site.close();
  removeTemporaryDirs();
});

function run(steps: readonly Record<string, unknown>[], limits = {}) {
  return runTest({ steps, limits, variables: { site: site.origin } });
}

const to = (path: string) => ({ type: 'navigate', url: `{{ site }}${path}` });
const click = { type: 'click', selectors: ['button'] };

describe('dialogs', () => {
  it('are dismissed and noted, and leaving a page is allowed', async () => {
    const result = await run([
      to('/dialogs'),
      click,
      { type: 'assert', selectors: ['#said'], text: 'false,' },
      to('/'),
      { type: 'assert', selectors: ['h1'], text: 'Here' },
    ]);
    expect(result.outcome).toMatchObject({ status: 'succeeded', failure: null });
    expect(result.of('page.note').map(({ note, text }) => [note, text])).toEqual([
      ['dialogDismissed', 'alert: one'],
      ['dialogDismissed', 'confirm: two'],
      ['dialogDismissed', 'prompt: three'],
      ['dialogDismissed', 'beforeunload'],
    ]);
  });
});

describe('windows', () => {
  it('beyond the bound are closed and noted; the workflow stays in its page', async () => {
    const result = await run(
      [to('/few'), click, { type: 'assert', selectors: ['button'], visible: true }],
      { pages: 3 },
    );
    expect(result.outcome).toMatchObject({ status: 'succeeded', failure: null });
    const notes = result.of('page.note').filter(({ note }) => note === 'pageBlocked');
    expect(notes.length).toBeGreaterThan(0);
  });

  it('by the hundred end the task', async () => {
    const steps = [to('/popups'), click, { type: 'waitForElement', selectors: ['#never'] }];
    const result = await run(steps, { pages: 5, blockedPages: 10 });
    const { failure } = result.outcome;
    expect(failure).toMatchObject({
      reason: 'tooManyPages',
      stepId: expect.stringMatching(/^s[23]$/),
    });
  });

  it('that a person closes leave the newest one to work in', async () => {
    const task = taskSpec({ steps: [] });
    const { context } = await launchBrowser(task, () => undefined);
    const pages = watchPages(context, task.limits, silent);
    const first = await pages.current();
    const second = await context.newPage();
    expect(await pages.current()).toBe(first);
    await first.close();
    expect(await pages.current()).toBe(second);
    await context.close();
  });
});

describe('downloads', () => {
  it('are saved and noted, by address and by link', async () => {
    const result = await run([to('/file'), to('/links'), { type: 'click', selectors: ['a'] }]);
    expect(result.outcome).toMatchObject({ status: 'succeeded', failure: null });
    const saved = { note: 'downloadSaved', text: 'small.txt (5 bytes)' };
    expect(result.of('page.note')).toMatchObject([saved, saved]);
  });

  it('that are huge end the task', async () => {
    const result = await run([to('/links'), { type: 'click', selectors: ['#huge'] }], {
      downloadBytes: 5_000_000,
    });
    expect(result.outcome).toMatchObject({
      status: 'failed',
      failure: { reason: 'downloadTooLarge' },
    });
    expect(result.of('page.note')).toMatchObject([{ note: 'downloadRefused', text: 'huge.bin' }]);
  });

  it('that are huge end the task also when their address is opened', async () => {
    const result = await run([to('/endless')], { downloadBytes: 5_000_000 });
    expect(result.outcome.failure?.reason).toBe('downloadTooLarge');
  });
});
