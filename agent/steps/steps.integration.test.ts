// biome-ignore-all lint/suspicious/noThenProperty: the field's name in workflow files.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSite, type TestSite } from '../testing/site.ts';
import { removeTemporaryDirs, runTest, type TestRun } from '../testing/task.ts';

const form = `
  <h1>Orders</h1>
  <label>Name <input id="name"></label>
  <input data-testid="city" placeholder="City">
  <select id="colour"><option value="r">Red</option><option value="b">Blue</option></select>
  <button id="go" onclick="said.textContent = [document.getElementById('name').value,
    colour.value, event.shiftKey, event.detail].join(' ')">Send it</button>
  <p id="said"></p>
  <p id="hidden" style="display: none">hidden</p>
  <ul><li data-n="1"> one </li><li data-n="2">two</li><li data-n="3" style="display:none">three</li></ul>
  <div id="later"></div>
  <script>
    setTimeout(() => { later.innerHTML = '<b id="came">came</b>'; }, 300);
    setTimeout(() => { hidden.remove(); }, 300);
    document.getElementById('name').addEventListener('keydown', (event) => {
      if (event.key === 'Enter') said.textContent = 'entered';
    });
  </script>
  <iframe id="outer" src="/outer"></iframe>`;

let site: TestSite;
beforeAll(async () => {
  site = await startSite({
    '/': form,
    '/outer': '<iframe src="/inner"></iframe>',
    '/inner': '<input id="deep"><button onclick="deep.value = \'clicked\'">Deep</button>',
    '/referer': (request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end(`<p>${request.headers.referer ?? 'none'}</p>`);
    },
  });
});
afterAll(async () => {
  await site.close();
  removeTemporaryDirs();
});

const open = { type: 'navigate', url: '{{ site }}/' };

function run(steps: readonly Record<string, unknown>[], variables = {}): Promise<TestRun> {
  return runTest({ steps, variables: { site: site.origin, ...variables } });
}

/** The extracted values by name, the last one of each. */
function data(result: TestRun): Record<string, unknown> {
  return Object.fromEntries(result.of('data.extracted').map(({ name, value }) => [name, value]));
}

describe('steps in a browser', () => {
  it('types, chooses, clicks and reads', async () => {
    const result = await run([
      open,
      { type: 'fill', selectors: [{ label: 'Name' }], value: '{{ profile.name }}' },
      { type: 'fill', selectors: [{ placeholder: 'City' }], value: 'Paris' },
      { type: 'selectOption', selectors: ['#colour'], label: 'Blue' },
      { type: 'click', selectors: [{ role: 'button', name: 'Send it' }], modifiers: ['Shift'] },
      { type: 'extract', selectors: ['#said'], as: 'said' },
      { type: 'extract', selectors: [{ testId: 'city' }], what: 'value', as: 'city' },
      { type: 'extract', selectors: ['li'], as: 'seen', all: true },
      {
        type: 'extract',
        selectors: ['li'],
        what: 'attribute',
        attribute: 'data-n',
        as: 'n',
        nth: 1,
      },
      { type: 'extract', selectors: ['h1'], regex: '^O(r.)', as: 'part' },
      { type: 'extract', selectors: ['h1'], regex: 'nothing', as: 'absent' },
      { type: 'extract', selectors: [{ xpath: '//ul/li[1]' }], what: 'html', as: 'html' },
      { type: 'press', key: 'Enter', selectors: ['#name'] },
      { type: 'assert', selectors: [{ text: 'entered' }], visible: true },
      { type: 'assert', selectors: ['#name'], value: 'Ada' },
      { type: 'assert', selectors: ['li'], count: 3 },
      { type: 'assert', url: 'http://127.0.0.1:*/' },
      { type: 'waitForElement', selectors: ['#came'] },
      { type: 'waitForElement', selectors: ['#hidden'], state: 'detached' },
      { type: 'waitForElement', selectors: ['li'], operator: '==', count: 2 },
    ]);
    expect(result.outcome).toMatchObject({ status: 'succeeded', failure: null });
    expect(data(result)).toEqual({
      said: 'Ada b true 1',
      city: 'Paris',
      seen: ['one', 'two', 'three'],
      n: '2',
      part: 'rd',
      absent: null,
      html: ' one ',
    });
  });

  it('works in frames, with fallback selectors, and reports which one matched', async () => {
    const result = await run([
      open,
      {
        type: 'click',
        frame: ['#outer', 0],
        selectors: ['#not-there', { text: 'nor this' }, { role: 'button', name: 'Deep' }],
      },
      { type: 'assert', frame: ['#outer', 'iframe'], selectors: ['#deep'], value: 'clicked' },
    ]);
    expect(result.outcome.status).toBe('succeeded');
    expect(result.of('step.finished').map(({ fallbackSelector }) => fallbackSelector)).toEqual([
      undefined,
      'role=button "Deep"',
      undefined,
    ]);
  });

  it('takes pictures of the page and of an element', async () => {
    const result = await run([
      open,
      { type: 'screenshot', name: 'all of it', fullPage: true, mask: ['#name'] },
      { type: 'screenshot', name: 'title', selectors: ['h1'] },
      { type: 'waitForElement', selectors: ['h1'], screenshot: 'always' },
    ]);
    const pictures = result.of('screenshot.taken');
    expect(pictures.map(({ name, mediaType }) => [name, mediaType])).toEqual([
      ['all of it', 'image/png'],
      ['title', 'image/png'],
      ['page', 'image/jpeg'],
    ]);
    for (const { bytes } of pictures) expect(bytes.length).toBeGreaterThan(500);
  });

  it('decides by expressions and by what is on the page', async () => {
    const set = (value: string) => [{ type: 'setVariable', name: 'way', value }];
    const check = (way: string) => ({
      type: 'if',
      conditions: [`way == "${way}"`],
      else: [{ type: 'click', selectors: ['#fails'], timeout: 1 }],
    });
    const result = await run([
      open,
      { type: 'if', conditions: ['1 < 2', { visible: ['#nope', 'h1'] }], then: set('a') },
      check('a'),
      { type: 'if', conditions: ['1 > 2', { hidden: ['h1'] }], match: 'any', else: set('b') },
      check('b'),
      { type: 'if', conditions: [{ hidden: ['#nope'] }], then: set('c') },
      check('c'),
    ]);
    expect(result.outcome).toMatchObject({ status: 'succeeded' });
  });

  it('loops over rows, by count and by condition, and numbers its iterations', async () => {
    const rows = [{ name: 'Ada' }, { name: 'Skip' }, { name: 'Grace' }, { name: 'Stop' }];
    const result = await run(
      [
        open,
        { type: 'setVariable', name: 'total', value: 0 },
        {
          type: 'loop',
          forEach: '{{ rows }}',
          as: 'person',
          continue: 'person.name == "Skip"',
          break: '{{ person.name == "Stop" }}',
          steps: [
            { type: 'fill', selectors: ['#name'], value: '{{ person.name }} {{ index }}' },
            { type: 'extract', selectors: ['#name'], what: 'value', as: 'field' },
            {
              type: 'loop',
              times: 2,
              steps: [{ type: 'setVariable', name: 'total', value: '{{ total + index + 1 }}' }],
            },
          ],
        },
        {
          type: 'loop',
          while: 'total < 10',
          steps: [{ type: 'setVariable', name: 'total', value: '{{ total + 1 }}' }],
        },
        { type: 'if', conditions: ['total == 10'], else: [{ type: 'click', selectors: ['#x'] }] },
      ],
      { rows },
    );
    expect(result.outcome).toMatchObject({ status: 'succeeded', failure: null });
    expect(result.of('data.extracted').map(({ value, iterations }) => [value, iterations])).toEqual(
      [
        ['Ada 0', [0]],
        ['Grace 2', [2]],
      ],
    );
    const places = result.of('step.started').filter(({ depth }) => depth === 2);
    expect(places.map(({ iterations }) => iterations)).toEqual([
      [0, 0],
      [0, 1],
      [2, 0],
      [2, 1],
    ]);
    const executions = result.of('step.started').map(({ execution }) => execution);
    expect(executions).toEqual(executions.map((_, index) => index + 1));
  });

  it('sends the referer it is told to', async () => {
    const result = await run([
      { type: 'navigate', url: '{{ site }}/referer', referer: '{{ site }}/from' },
      { type: 'assert', selectors: ['p'], text: '{{ site }}/from' },
    ]);
    expect(result.outcome.status).toBe('succeeded');
  });
});
