import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TaskFailureReason } from '../../workspace/model/run.ts';
import { startSite, type TestSite } from '../testing/site.ts';
import { removeTemporaryDirs, runTest, type TestRun } from '../testing/task.ts';

let site: TestSite;
beforeAll(async () => {
  site = await startSite({
    '/': `<h1>Here</h1><button disabled>Off</button><input readonly id="fixed">
      <div style="position:relative"><button id="under">Under</button>
      <div style="position:absolute;inset:0;z-index:2">cover</div></div>`,
    '/never': () => undefined,
    '/half': (_, response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-length': '1000000' });
      response.write('<h1>half</h1>');
    },
    '/noisy': `<script>for (let n = 0; n < 5000; n += 1) console.error('noise', n)</script>
      <img src="/missing.png?token=hidden"><h1>done</h1>`,
    '/echo': `<input id="secret"><script>
      secret.addEventListener('input', () => {
        console.error('typed: ' + secret.value);
        fetch('/log/' + encodeURIComponent(secret.value) + '?q=' + secret.value);
      });</script>`,
  });
});
afterAll(async () => {
  await site.close();
  removeTemporaryDirs();
});

const open = { type: 'navigate', url: '{{ site }}/' };

function run(steps: readonly Record<string, unknown>[], limits = {}): Promise<TestRun> {
  return runTest({ steps, limits, variables: { site: site.origin } });
}

/** Each step fails on its own; the workflow goes on to the next. */
async function reasons(steps: readonly Record<string, unknown>[]) {
  const result = await run([open, ...steps.map((step) => ({ ...step, onError: 'continue' }))]);
  expect(result.outcome.status).toBe('succeeded');
  const finished = result.of('step.finished').filter(({ outcome }) => outcome === 'failed');
  expect(finished.every(({ continued }) => continued)).toBe(true);
  return finished.map(({ failure }) => failure?.reason);
}

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 1;
}

describe('failures and their reasons', () => {
  it('of addresses', async () => {
    // The name server may take its time; what never answers need not be waited for long.
    const timeoutOf = (url: string) => (url.includes('.invalid') ? 30_000 : 1_000);
    const to = (url: string) => ({ type: 'navigate', url, timeout: timeoutOf(url) });
    const cases: [string, TaskFailureReason][] = [
      ['http://no-such-host.invalid/', 'urlNotResolved'],
      [`http://127.0.0.1:${await closedPort()}/`, 'pageNotLoaded'],
      ['file:///etc/passwd', 'urlRefused'],
      ['chrome://settings', 'urlRefused'],
      ['javascript:alert(1)', 'urlRefused'],
      ['view-source:http://127.0.0.1/', 'urlRefused'],
      ['example.com', 'urlRefused'],
      [`${site.origin}/never`, 'pageNotLoaded'],
      [`${site.origin}/half`, 'pageNotLoaded'],
    ];
    expect(await reasons(cases.map(([url]) => to(url)))).toEqual(cases.map(([, reason]) => reason));
  });

  it('of elements, checks and expressions', async () => {
    const timeout = 400;
    const cases: [Record<string, unknown>, TaskFailureReason][] = [
      [{ type: 'click', selectors: ['#missing'], timeout }, 'elementNotFound'],
      [{ type: 'click', selectors: ['#missing', '#nor-this'], timeout }, 'elementNotFound'],
      [{ type: 'click', selectors: ['!!'], timeout }, 'elementNotFound'],
      [{ type: 'click', selectors: [{ text: 'Off' }], timeout }, 'elementNotUsable'],
      [{ type: 'click', selectors: ['#under'], timeout }, 'elementNotUsable'],
      [{ type: 'fill', selectors: ['#fixed'], value: 'x', timeout }, 'elementNotUsable'],
      [{ type: 'fill', selectors: ['h1'], value: 'x', timeout }, 'elementNotUsable'],
      [{ type: 'waitForElement', selectors: ['h1'], state: 'hidden', timeout }, 'timeout'],
      [{ type: 'waitForElement', selectors: ['h1'], count: 2, timeout }, 'elementNotFound'],
      [{ type: 'assert', selectors: ['h1'], text: 'There', timeout }, 'assertionFailed'],
      [{ type: 'fill', selectors: ['h1'], value: '{{ missing }}' }, 'expressionFailed'],
      [{ type: 'loop', forEach: '{{ site }}', steps: [] }, 'expressionFailed'],
      [{ type: 'loop', while: 'true', max: 50, steps: [] }, 'loopLimit'],
      [{ type: 'loop', forEach: [1, 2, 3], max: 2, steps: [] }, 'loopLimit'],
    ];
    expect(await reasons(cases.map(([step]) => step))).toEqual(cases.map(([, reason]) => reason));
  });

  it('say where and why, with a picture of the moment', async () => {
    const step = {
      type: 'assert',
      id: 'check',
      name: 'Greeting',
      selectors: ['h1'],
      text: 'There',
    };
    const result = await run([
      { type: 'navigate', url: '{{ site }}/?token=hidden#part' },
      { type: 'loop', times: 2, steps: [{ ...step, timeout: 2_000 }] },
    ]);
    expect(result.outcome.status).toBe('failed');
    expect(result.outcome.failure).toEqual({
      reason: 'assertionFailed',
      detail: 'expected the text "There", found "Here"',
      stepId: 'check',
      stepName: 'Greeting',
      stepType: 'assert',
      url: `${site.origin}/`,
      selector: 'h1',
    });
    expect(result.of('screenshot.taken')).toHaveLength(1);
    expect(result.of('step.finished').map(({ stepId, outcome }) => [stepId, outcome])).toEqual([
      ['s1', 'succeeded'],
      ['check', 'failed'],
      ['s2', 'failed'],
    ]);
    expect(JSON.stringify(result.events)).not.toContain('hidden');
  });

  it('let a soft check fail the task at its end only', async () => {
    const result = await run([
      open,
      { type: 'assert', selectors: ['h1'], text: 'There', soft: true, timeout: 200 },
      { type: 'setVariable', name: 'reached', value: true },
    ]);
    expect(result.of('step.finished').map(({ outcome }) => outcome)).toEqual([
      'succeeded',
      'failed',
      'succeeded',
    ]);
    expect(result.outcome).toMatchObject({
      status: 'failed',
      failure: { reason: 'assertionFailed' },
    });
  });

  it('are tried again as often as asked, and skipped steps are not tried', async () => {
    const retries = { count: 2, delay: 10, backoff: 2 };
    const result = await run([
      { type: 'click', selectors: ['#missing'], disabled: true },
      { type: 'click', selectors: ['#missing'], timeout: 100, retries, screenshot: 'never' },
    ]);
    expect(result.of('step.finished')).toMatchObject([
      { outcome: 'skipped', attempts: 0 },
      { outcome: 'failed', attempts: 3 },
    ]);
    expect(result.of('screenshot.taken')).toHaveLength(0);
  });

  it('come from the time of the step around, and from the whole task', async () => {
    const wait = { type: 'waitForElement', selectors: ['#missing'] };
    const inner = await run([open, { type: 'loop', times: 2, timeout: 400, steps: [wait] }]);
    expect(inner.outcome.failure?.reason).toBe('elementNotFound');
    const whole = await run([open, wait], { deadline: 3_000 });
    expect(whole.outcome).toMatchObject({ status: 'failed', failure: { reason: 'deadline' } });
  });

  it('end a task that extracts too much', async () => {
    const extract = { type: 'extract', selectors: ['h1'], as: 'heading' };
    const result = await run([open, { type: 'loop', times: 50, steps: [extract] }], {
      extractedBytes: 100,
    });
    expect(result.outcome.failure?.reason).toBe('dataTooLarge');
  });
});

describe('what the browser tells', () => {
  it('is bounded, and says how much was left out', async () => {
    const result = await run(
      [
        { type: 'navigate', url: '{{ site }}/noisy' },
        { type: 'waitForElement', selectors: ['h1'] },
      ],
      { events: 100 },
    );
    const told = result.of('console.message').length + result.of('network.failed').length;
    expect(told).toBe(100);
    expect(result.of('page.note')).toMatchObject([{ note: 'eventsDropped' }]);
  });

  it('does not contain what was typed', async () => {
    const typed = 'correct horse battery';
    const result = await run([
      { type: 'navigate', url: '{{ site }}/echo' },
      { type: 'fill', selectors: ['#secret'], value: typed },
      { type: 'waitForElement', selectors: ['#secret'] },
      { type: 'assert', selectors: ['#secret'], value: 'something else', timeout: 300 },
    ]);
    expect(result.of('console.message').length).toBeGreaterThan(0);
    expect(result.of('network.failed').some(({ status }) => status === 404)).toBe(true);
    const told = JSON.stringify(result.events);
    for (const form of [typed, encodeURIComponent(typed), '?q=']) expect(told).not.toContain(form);
  });
});
