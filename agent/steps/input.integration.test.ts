/** Keys, mouse, scrolling, tables and scripts: in a real browser. */
// biome-ignore-all lint/suspicious/noThenProperty: the field's name in workflow files.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSite, type TestSite } from '../testing/site.ts';
import { removeTemporaryDirs, runTest } from '../testing/task.ts';

const form = `
  <input id="name" oninput="heard.textContent += this.value.length">
  <p id="heard"></p>
  <div id="menu" onmouseenter="heard.textContent = 'over' + event.shiftKey">Menu</div>
  <label><input type="checkbox" id="news"> News</label>
  <div id="card" draggable="true" ondragstart="event.dataTransfer.setData('text', 'card')">Card</div>
  <div id="box" style="width:200px;height:80px" ondragover="event.preventDefault()"
    ondrop="event.preventDefault(); this.textContent = event.dataTransfer.getData('text')">Box</div>
  <div id="pane" style="height:50px;overflow:auto"><div style="height:500px"></div></div>
  <div style="height:3000px"></div><p id="far">far</p>`;

/** Seven rows, three at a time. */
const table = `
  <table><tbody></tbody></table><button class="next" onclick="show(at + 3)">Next</button>
  <script>
    let at = 0;
    function show(from) {
      at = from;
      document.querySelector('.next').disabled = from + 3 >= 7;
      setTimeout(() => {
        document.querySelector('tbody').innerHTML = [0, 1, 2].map((n) => from + n).filter((n) => n < 7)
          .map((n) => '<tr><td>' + n + '</td><td><a href="/item/' + n + '">Item</a></td></tr>').join('');
      }, 60);
    }
    show(0);
  </script>`;

let site: TestSite;
beforeAll(async () => {
  site = await startSite({
    '/': form,
    '/table': table,
    '/stuck': `${table}<script>show = () => {};</script>`,
  });
});
afterAll(async () => {
  await site.close();
  removeTemporaryDirs();
});

async function run(steps: readonly Record<string, unknown>[], path = '/') {
  const open = { type: 'navigate', url: `{{ site }}${path}` };
  const result = await runTest({ steps: [open, ...steps], variables: { site: site.origin } });
  const end = result.of('task.finished')[0];
  const data = Object.fromEntries(
    result.of('data.extracted').map(({ name, value }) => [name, value]),
  );
  return { result, end, data };
}

it('types key by key, hovers, ticks, drags and scrolls', async () => {
  const { end, data, result } = await run([
    { type: 'pressSequentially', selectors: ['#name'], text: 'canary-typed', delay: 1 },
    { type: 'extract', selectors: ['#heard'], as: 'keys' },
    { type: 'hover', selectors: ['#menu'], modifiers: ['Shift'] },
    { type: 'extract', selectors: ['#heard'], as: 'over' },
    { type: 'check', selectors: [{ label: 'News' }] },
    { type: 'check', selectors: [{ label: 'News' }] },
    { type: 'runScript', code: 'return news.checked;', as: 'ticked' },
    { type: 'check', selectors: ['#news'], checked: false },
    { type: 'runScript', code: 'return news.checked;', as: 'unticked' },
    { type: 'dragTo', selectors: ['#card'], target: ['#missing', '#box'] },
    { type: 'extract', selectors: ['#box'], as: 'box' },
    { type: 'scroll', selectors: ['#pane'], y: 120 },
    { type: 'scroll', selectors: ['#pane'], y: '{{ 0 - 20 }}' },
    { type: 'runScript', code: 'return pane.scrollTop;', as: 'pane' },
    { type: 'scroll', y: 700 },
    { type: 'runScript', code: 'return scrollY;', as: 'page' },
    { type: 'scroll', selectors: ['#far'], intoView: true },
    {
      type: 'runScript',
      code: 'return far.getBoundingClientRect().bottom <= innerHeight;',
      as: 'far',
    },
  ]);
  expect(end).toMatchObject({ status: 'succeeded' });
  expect(data).toEqual({
    keys: '123456789101112',
    over: 'overtrue',
    ticked: true,
    unticked: false,
    box: 'card',
    pane: 100,
    page: 700,
    far: true,
  });
  expect(JSON.stringify(result.events)).not.toContain('canary-typed');
});

const rows = {
  type: 'extractTable',
  selectors: ['tbody tr'],
  columns: [
    { name: 'number', selector: 'td' },
    { name: 'link', selector: 'a', what: 'attribute', attribute: 'href' },
    { name: 'none', selector: 'b' },
  ],
  as: 'rows',
};

it('takes rows over all pages of a table, or as many as asked for', async () => {
  const row = (n: number) => ({ number: String(n), link: `/item/${n}`, none: null });
  const all = await run([{ ...rows, nextPage: ['.next'] }], '/table');
  expect(all.end).toMatchObject({ status: 'succeeded' });
  expect(all.data.rows).toEqual([0, 1, 2, 3, 4, 5, 6].map(row));
  const some = await run([{ ...rows, nextPage: ['.next'], limit: 4 }], '/table');
  expect(some.data.rows).toEqual([0, 1, 2, 3].map(row));
  const one = await run([rows], '/table');
  expect(one.data.rows).toEqual([0, 1, 2].map(row));
});

it('fails where the next page of a table does not come', async () => {
  const { end } = await run([{ ...rows, nextPage: ['.next'], timeout: 1_500 }], '/stuck');
  expect(end?.failure).toMatchObject({ reason: 'timeout' });
});

it('goes on after what failed, and cleans up in either case', async () => {
  const { end, data, result } = await run([
    {
      type: 'tryCatch',
      try: [
        { type: 'click', name: 'Gone', selectors: ['#gone'], timeout: 300 },
        { type: 'setVariable', name: 'reached', value: true },
      ],
      catch: [{ type: 'setVariable', name: 'why', value: '{{ error.reason }} {{ error.step }}' }],
      finally: [{ type: 'runScript', code: 'return 1;', as: 'cleaned' }],
    },
    {
      type: 'tryCatch',
      try: [{ type: 'check', selectors: ['#news'] }],
      catch: [{ type: 'closePage' }],
    },
    { type: 'runScript', code: 'return news.checked;', as: 'ticked' },
    { type: 'if', conditions: ["why == 'elementNotFound Gone'"], then: [{ type: 'scroll', y: 1 }] },
  ]);
  expect(end).toMatchObject({ status: 'succeeded' });
  expect(data).toEqual({ cleaned: 1, ticked: true });
  const kinds = result.of('step.started').map(({ stepType }) => stepType);
  expect(kinds).toContain('scroll');
  expect(kinds).not.toContain('closePage');
});

it('what fails again fails, after it was cleaned up', async () => {
  const missing = { type: 'click', selectors: ['#gone'], timeout: 300 };
  const { end, data } = await run([
    {
      type: 'tryCatch',
      try: [missing],
      catch: [{ ...missing, name: 'Second' }],
      finally: [{ type: 'runScript', code: 'return 1;', as: 'cleaned' }],
    },
    { type: 'runScript', code: 'return 2;', as: 'after' },
  ]);
  expect(end).toMatchObject({ status: 'failed', failure: { stepName: 'Second' } });
  expect(data).toEqual({ cleaned: 1 });
});

it('keeps what a script returns, and fails with what it throws', async () => {
  const kept = await run([
    { type: 'runScript', code: 'return { a: [1, undefined], b: new Date(0) };', as: 'value' },
    { type: 'runScript', code: 'await null; return;', as: 'nothing' },
  ]);
  expect(kept.data).toEqual({ value: { a: [1, null], b: expect.anything() }, nothing: null });
  const thrown = await run([{ type: 'runScript', code: "throw new Error('not today');" }]);
  expect(thrown.end?.failure?.detail).toContain('not today');
  const endless = await run([
    { type: 'runScript', code: 'await new Promise(() => {});', timeout: 500 },
  ]);
  expect(endless.end?.failure).toMatchObject({ reason: 'timeout' });
});
