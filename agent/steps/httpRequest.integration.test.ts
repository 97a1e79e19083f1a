/** Requests without a page: whose cookies they have, and what is kept of the answers. */
import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSite, type TestSite } from '../testing/site.ts';
import { removeTemporaryDirs, runTest } from '../testing/task.ts';

let site: TestSite;
const seen: { url: string; headers: IncomingMessage['headers']; body: string }[] = [];

beforeAll(async () => {
  site = await startSite({
    '/': '<h1>Home</h1><script>document.cookie = "from=page";</script>',
    '/api': async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      seen.push({ url: request.url ?? '', headers: request.headers, body });
      response.setHeader('set-cookie', ['session=from-answer; HttpOnly', 'from=; Max-Age=0']);
      response.setHeader('content-type', 'application/json; charset=utf-8');
      response.end('{"items":[1,2]}');
    },
    '/gone': (_request, response) => {
      response.writeHead(410, { 'content-type': 'application/json' }).end('not JSON');
    },
    '/never': () => undefined,
    '/cookies': (request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end(`<p id="sent">${request.headers.cookie ?? ''}</p>`);
    },
  });
});
afterAll(async () => {
  await site.close();
  removeTemporaryDirs();
});

async function run(...steps: readonly Record<string, unknown>[]) {
  const result = await runTest({ steps, variables: { site: site.origin } });
  const data = Object.fromEntries(
    result.of('data.extracted').map(({ name, value }) => [name, value]),
  );
  return { result, data, end: result.of('task.finished')[0] };
}

it('has the browser’s cookies, and the browser has the answer’s', async () => {
  const { end, data, result } = await run(
    { type: 'navigate', url: '{{ site }}/' },
    {
      type: 'httpRequest',
      method: 'POST',
      url: '{{ site }}/api?token=canary-query-7',
      headers: { Authorization: 'Bearer {{ "canary" + "-header-7" }}' },
      body: { order: '{{ 1 + 1 }}' },
      as: 'answer',
    },
    { type: 'navigate', url: '{{ site }}/cookies' },
    { type: 'extract', selectors: ['#sent'], as: 'sent' },
    { type: 'assert', selectors: ['#sent'], text: '{{ answer.status == 200 ? "session" : "x" }}' },
    { type: 'loop', forEach: '{{ answer.body.items }}', steps: [{ type: 'scroll', y: 1 }] },
  );
  expect(end).toMatchObject({ status: 'succeeded' });
  expect(data).toEqual({ sent: 'session=from-answer' });
  const [asked] = seen;
  expect(asked?.headers).toMatchObject({
    cookie: 'from=page',
    authorization: 'Bearer canary-header-7',
    'content-type': 'application/json',
  });
  expect(asked?.headers['user-agent']).toMatch(/Mozilla.*Chrome/);
  expect(asked?.headers['accept-language']).toBeTruthy();
  expect(JSON.parse(asked?.body ?? '')).toEqual({ order: 2 });
  expect(result.of('step.started').filter(({ stepType }) => stepType === 'scroll')).toHaveLength(2);
  expect(JSON.stringify(result.events)).not.toContain('canary-');
});

it('fails from status 400 up, or goes on where that is asked for', async () => {
  const failing = { type: 'httpRequest', url: '{{ site }}/gone', as: 'answer' };
  const failed = await run(failing);
  expect(failed.end?.failure).toMatchObject({ reason: 'httpError', detail: 'status 410' });
  const kept = await run(
    { ...failing, failOnStatus: false },
    { type: 'navigate', url: '{{ site }}/' },
    { type: 'runScript', code: 'return 1;', as: 'reached' },
    { type: 'if', conditions: ["answer.body == 'not JSON'"], else: [{ type: 'closePage' }] },
  );
  expect(kept.end).toMatchObject({ status: 'succeeded' });
  expect(kept.result.of('step.started').map(({ stepType }) => stepType)).not.toContain('closePage');
});

it('says plainly why nothing came', async () => {
  const late = await run({ type: 'httpRequest', url: '{{ site }}/never', timeout: 700 });
  expect(late.end?.failure).toMatchObject({ reason: 'timeout' });
  const refused = await run({ type: 'httpRequest', url: 'http://127.0.0.1:9/?token=canary-9' });
  expect(refused.end?.failure?.reason).toBe('pageNotLoaded');
  expect(refused.end?.failure?.detail).toContain('ECONNREFUSED');
  expect(JSON.stringify(refused.result.events)).not.toContain('canary-9');
  const file = await run({ type: 'httpRequest', url: 'file:///etc/passwd' });
  expect(file.end?.failure).toMatchObject({ reason: 'urlRefused' });
  const data = await run({ type: 'httpRequest', url: 'data:text/plain,x' });
  expect(data.end?.failure).toMatchObject({ reason: 'urlRefused' });
  const split = await run({
    type: 'httpRequest',
    url: '{{ site }}/api',
    headers: { 'X-A': 'a{{ "\\r\\nX-B: b" }}' },
  });
  expect(split.end?.failure).toMatchObject({ reason: 'expressionFailed' });
});
