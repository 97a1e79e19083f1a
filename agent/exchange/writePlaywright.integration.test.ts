/** Tests that are written for Playwright are run by Playwright, and do what the workflow does. */
// biome-ignore-all lint/suspicious/noThenProperty: the field's name in workflow files.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what must not be taken for code.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Script } from 'node:vm';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { findBrowser } from '../browser/findBrowser.ts';
import { parseWorkflow, stepCatalogue } from '../steps/index.ts';
import { startSite, type TestSite } from '../testing/site.ts';
import { writePlaywright } from './writePlaywright.ts';

const root = join(import.meta.dirname, '../..');

let site: TestSite;
const visits: string[] = [];
beforeAll(async () => {
  site = await startSite({
    '/': `<label>Name <input id="name"></label><label><input type="checkbox" id="news"> News</label>
      <select id="colour"><option>Red</option><option>Blue</option></select>
      <button onclick="said.textContent = [document.getElementById('name').value, colour.value, news.checked, confirm('Sure?')].join()">Send</button>
      <p id="said"></p><ul><li>one</li><li>two</li></ul><a target="_blank" href="/pop">Pop</a>
      <div style="height:3000px"></div>`,
    '/pop': '<h1>Pop 42</h1>',
    '/said': (request, response) => {
      visits.push(new URL(request.url ?? '', 'http://x').searchParams.get('it') ?? '');
      response.setHeader('content-type', 'application/json');
      response.end('{"ok":true}');
    },
  });
});
afterAll(() => site.close());

function written(steps: readonly object[], variables: readonly object[] = []) {
  const parsed = parseWorkflow({ name: 'Say “it”', variables, steps });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure));
  return writePlaywright(parsed.value);
}

/** @returns its output. @throws with it, when a test fails. */
async function play(code: string): Promise<string> {
  // Inside of the project, where its packages are found.
  mkdirSync(join(root, 'test-results'), { recursive: true });
  const folder = mkdtempSync(join(root, 'test-results/written-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const executablePath = findBrowser().found?.executablePath;
  const launchOptions = { executablePath, chromiumSandbox: process.getuid?.() !== 0 };
  writeFileSync(join(folder, 'written.spec.ts'), code);
  writeFileSync(
    join(folder, 'playwright.config.ts'),
    `export default ${JSON.stringify({ timeout: 30_000, outputDir: 'out', workers: 1, use: { launchOptions } })};`,
  );
  const cli = join(root, 'node_modules/@playwright/test/cli.js');
  const args = [cli, 'test', '-c', join(folder, 'playwright.config.ts'), '--reporter=line'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder });
  return stdout;
}

it('a written test does what the workflow does', async () => {
  const { code, left } = written(
    [
      { type: 'navigate', url: '{{ site }}/' },
      { type: 'fill', selectors: ['#gone', { label: 'Name' }], value: 'Ada `${x}` {{ family }}' },
      { type: 'check', selectors: ['#news'] },
      { type: 'selectOption', selectors: ['#colour'], label: 'Blue' },
      { type: 'handleDialog', accept: true },
      { type: 'click', selectors: [{ role: 'button', name: 'Send' }] },
      { type: 'assert', selectors: ['#said'], text: 'Ada `${x}` Lovelace,Blue,true,true' },
      { type: 'extract', selectors: ['li'], all: true, as: 'items' },
      {
        type: 'loop',
        forEach: '{{ items }}',
        as: 'item',
        continue: "item == 'nothing'",
        steps: [
          { type: 'httpRequest', url: '{{ site }}/said?it={{ item }}-{{ index }}', as: 'answer' },
        ],
      },
      {
        type: 'tryCatch',
        try: [{ type: 'click', selectors: ['#gone'], timeout: 300 }],
        catch: [{ type: 'setVariable', name: 'caught', value: true }],
        finally: [{ type: 'scroll', y: 500 }],
      },
      {
        type: 'if',
        conditions: ['caught && answer.body.ok', { visible: ['#said'] }, { hidden: ['#gone'] }],
        then: [{ type: 'click', selectors: [{ text: 'Pop' }] }],
        else: [{ type: 'assert', url: 'never' }],
      },
      { type: 'switchPage', url: '*/pop' },
      { type: 'extract', selectors: ['h1'], regex: '(\\d+)', as: 'number' },
      { type: 'closePage' },
      { type: 'waitForElement', selectors: ['li'], count: 2, operator: '==' },
      { type: 'waitForExpression', expression: 'document.links.length === 1' },
      { type: 'runScript', code: 'return 6 * 7;', as: 'page' },
      { type: 'httpRequest', url: '{{ site }}/said?it={{ page }}{{ number }}' },
    ],
    [
      { name: 'site', default: site.origin },
      { name: 'family', default: 'Lovelace' },
    ],
  );
  expect(left).toEqual([]);
  const output = await play(code).catch((error: { stdout?: string }) => error.stdout ?? '');
  expect(output).toContain('1 passed');
  expect(visits).toEqual(['one-0', 'two-1', '4242']);
}, 90_000);

it('every kind of step is written as code that can be read, or told', () => {
  const known = stepCatalogue().map(({ template }) => template);
  const { code, left } = written(known);
  const readable = () => new Script(`(async () => {${stripTypeScriptTypes(inner(code))}})`);
  expect(readable).not.toThrow();
  expect(left.map(({ kind }) => kind).sort()).toEqual(['extractTable', 'waitForResponse']);
});

it('what has another meaning there is told', () => {
  const click = { type: 'click', selectors: ['a'] };
  const { left, code } = written([
    { type: 'fill', selectors: ['a'], value: '{{ size(rows) }}' },
    { type: 'fill', selectors: ['a'], value: '{{ profile.name }}' },
    { type: 'if', conditions: ['a / b > 1'], then: [click] },
    { ...click, retries: { count: 2 } },
    { ...click, onError: 'continue' },
    { ...click, disabled: true },
    { type: 'loop', times: 2, steps: [{ type: 'waitForURL', url: '{{ a }}*' }] },
    { type: 'switchPage', title: 'x' },
  ]);
  expect(left.map(({ path, why }) => [path, why])).toEqual([
    ['steps[0]', 'expression'],
    ['steps[1]', 'expression'],
    ['steps[2]', 'expression'],
    ['steps[3]', 'options'],
    ['steps[4]', 'options'],
    ['steps[5]', 'disabled'],
    ['steps[6].steps[0]', 'expression'],
    ['steps[7]', 'kind'],
  ]);
  expect(code).not.toContain('size(');
});

it('nothing that is written in a workflow becomes code', () => {
  const evil = "'); evil(); ('${evil()}`${evil()}\\";
  const { code } = written([
    { type: 'navigate', url: evil },
    { type: 'fill', selectors: [{ role: evil, name: evil }, evil], value: `${evil}{{ a }}` },
    { type: 'setVariable', name: 'a', value: { [evil]: [evil] } },
    { type: 'httpRequest', url: evil, headers: { A: evil }, body: evil },
    { type: 'screenshot', name: evil },
    { type: 'waitForURL', url: `${evil}*/` },
    { type: 'assert', selectors: [evil], text: evil },
  ]);
  const called: string[] = [];
  const quiet: unknown = new Proxy(() => undefined, {
    get: (_, key) => (key === 'then' ? undefined : quiet),
    apply: () => quiet,
  });
  const body = stripTypeScriptTypes(inner(code));
  const run = new Script(`(async (page, first, context, expect, evil) => {${body}})`);
  expect(() =>
    run.runInThisContext()(quiet, quiet, quiet, quiet, () => called.push('evil')),
  ).not.toThrow();
  expect(called).toEqual([]);
});

/** The body of the test. */
const inner = (code: string): string =>
  code.slice(code.indexOf('=> {') + 4, code.lastIndexOf('});')).replace('let page = first;', '');
