/** Several pages, their history, their dialogs and what they wait for: in a real browser. */
// biome-ignore-all lint/suspicious/noThenProperty: the field's name in workflow files.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSite, type TestSite } from '../testing/site.ts';
import { removeTemporaryDirs, runTest } from '../testing/task.ts';

let site: TestSite;
beforeAll(async () => {
  site = await startSite({
    '/': `<h1>Home</h1>
      <a id="pop" href="/pop" target="_blank">Pop</a>
      <button id="ask" onclick="said.textContent = [confirm('Sure?'), prompt('Name?', 'nobody'), confirm('Again?')].join()">Ask</button>
      <button id="load" onclick="fetch('/api/orders?token=secret').then(() => { location.hash = 'loaded'; })">Load</button>
      <button id="lose" onclick="fetch('/api/gone')">Lose</button>
      <p id="said"></p>`,
    '/second': '<h1>Second</h1>',
    '/pop': "<h1>Pop</h1><script>document.title = 'Pop-up shop';</script>",
    '/api/orders': (_request, response) => {
      response.writeHead(201).end('{}');
    },
    '/api/gone': (_request, response) => {
      response.writeHead(410).end();
    },
  });
});
afterAll(async () => {
  await site.close();
  removeTemporaryDirs();
});

const open = { type: 'navigate', url: '{{ site }}/' };
const heading = (as: string) => ({ type: 'extract', selectors: ['h1'], as });

async function run(steps: readonly Record<string, unknown>[]) {
  const result = await runTest({ steps, variables: { site: site.origin } });
  const end = result.of('task.finished')[0];
  const data = Object.fromEntries(
    result.of('data.extracted').map(({ name, value }) => [name, value]),
  );
  return { result, end, data };
}

it('goes back, forward and through the page again, and says where there is nothing', async () => {
  const { end, data } = await run([
    open,
    { type: 'navigate', url: '{{ site }}/second' },
    { type: 'history' },
    heading('back'),
    { type: 'history', go: 'forward' },
    heading('forward'),
    { type: 'runScript', code: 'window.mark = 1;' },
    { type: 'history', go: 'reload' },
    { type: 'runScript', code: 'return typeof window.mark;', as: 'mark' },
    { type: 'history', go: 'forward', timeout: 2_000 },
  ]);
  expect(data).toEqual({ back: 'Home', forward: 'Second', mark: 'undefined' });
  expect(end).toMatchObject({
    status: 'failed',
    failure: { reason: 'pageNotLoaded', detail: 'there is no page to go forward to' },
  });
});

it('opens pages, finds the one that a click brought up, closes it and goes on', async () => {
  const { end, data } = await run([
    open,
    { type: 'click', selectors: ['#pop'] },
    heading('still'),
    { type: 'switchPage', title: 'Pop-up *' },
    heading('pop'),
    { type: 'switchPage', index: 0 },
    heading('first'),
    { type: 'switchPage', url: '*/pop' },
    { type: 'newPage', url: '{{ site }}/second' },
    heading('new'),
    { type: 'closePage' },
    heading('left'),
    { type: 'closePage' },
    { type: 'closePage' },
    { type: 'runScript', code: 'return location.href;', as: 'last' },
  ]);
  expect(end).toMatchObject({ status: 'succeeded' });
  expect(data).toEqual({
    still: 'Home',
    pop: 'Pop',
    first: 'Home',
    new: 'Second',
    left: 'Pop',
    last: 'about:blank',
  });
});

it('refuses addresses that reach the device, and a page too many', async () => {
  const refused = await run([{ type: 'newPage', url: 'file:///etc/passwd' }]);
  expect(refused.end).toMatchObject({ failure: { reason: 'urlRefused' } });
  const full = await runTest({
    steps: [{ type: 'loop', times: 5, steps: [{ type: 'newPage' }] }],
    limits: { pages: 3 },
  });
  expect(full.of('task.finished')[0]).toMatchObject({ failure: { reason: 'tooManyPages' } });
  const missing = await run([open, { type: 'switchPage', title: 'Nowhere', timeout: 500 }]);
  expect(missing.end).toMatchObject({ failure: { reason: 'timeout' } });
});

it('answers the next dialog as it was told, and dismisses the others', async () => {
  const { data, result } = await run([
    open,
    { type: 'handleDialog', accept: true },
    { type: 'click', selectors: ['#ask'] },
    { type: 'extract', selectors: ['#said'], as: 'said' },
  ]);
  expect(data).toEqual({ said: 'true,,false' });
  expect(result.of('page.note').map(({ note }) => note)).toEqual([
    'dialogAccepted',
    'dialogDismissed',
    'dialogDismissed',
  ]);
});

it('tells a prompt what it asked for, which no event repeats', async () => {
  const { data, result } = await run([
    open,
    { type: 'runScript', code: "ask.onclick = () => { said.textContent = prompt('Code?'); };" },
    { type: 'handleDialog', promptText: 'prompt-canary-81' },
    { type: 'click', selectors: ['#ask'] },
    { type: 'assert', selectors: ['#said'], visible: true },
  ]);
  expect(data).toEqual({});
  expect(result.of('task.finished')[0]).toMatchObject({ status: 'succeeded' });
  expect(JSON.stringify(result.events)).not.toContain('prompt-canary-81');
});

it('waits for an address, an answer that has come already, and the page’s own word', async () => {
  const { end, result } = await run([
    open,
    { type: 'click', selectors: ['#load'] },
    { type: 'waitForResponse', url: '*/api/orders*', status: 201 },
    { type: 'waitForURL', url: '*#loaded' },
    { type: 'runScript', code: 'setTimeout(() => { window.ready = {}; }, 300);' },
    { type: 'waitForExpression', expression: 'window.ready // at last' },
    { type: 'delay', ms: '{{ 10 + 10 }}' },
  ]);
  expect(end).toMatchObject({ status: 'succeeded' });
  expect(result.of('step.finished').at(-1)?.duration).toBeGreaterThanOrEqual(19);
});

it('says what it saw instead', async () => {
  const short = { timeout: 700 };
  const other = await run([
    open,
    { type: 'click', selectors: ['#lose'] },
    { type: 'waitForResponse', url: '*/api/gone', status: 200, ...short },
  ]);
  expect(other.end?.failure?.detail).toBe('answered with 410 at such an address');
  const none = await run([open, { type: 'waitForResponse', url: '*/api/*', ...short }]);
  expect(none.end?.failure?.detail).toBe('nothing answered at such an address');
  const address = await run([
    { type: 'navigate', url: '{{ site }}/second?token=secret' },
    { type: 'waitForURL', url: '*/done', ...short },
  ]);
  expect(address.end?.failure?.detail).toBe(`the address is still "${site.origin}/second"`);
  const never = await run([open, { type: 'waitForExpression', expression: 'false', ...short }]);
  expect(never.end?.failure).toMatchObject({ reason: 'timeout' });
});
