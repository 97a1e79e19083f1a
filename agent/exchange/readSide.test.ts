/** Projects in the form that Selenium IDE writes them. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of Selenium IDE are written so.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseWorkflow } from '../steps/index.ts';
import { readForeign } from './readForeign.ts';
import { isSide, readSide } from './readSide.ts';

type Written = readonly [command: string, target?: string, value?: string, targets?: string[][]];
const project = (...commands: readonly Written[]) => ({
  id: 'a',
  version: '2.0',
  name: 'Shop',
  url: 'https://shop.example/en/',
  tests: [
    {
      id: 'b',
      name: 'Buy',
      commands: commands.map(([command, target = '', value = '', targets = []]) => ({
        id: 'c',
        comment: '',
        command,
        target,
        targets,
        value,
      })),
    },
  ],
  suites: [],
  urls: [],
  plugins: [],
});
const read = (...commands: readonly Written[]) => readSide(project(...commands));
const stepsOf = (...commands: readonly Written[]) => read(...commands).documents[0]?.steps;

describe('a project of Selenium IDE', () => {
  it.each([
    [project(), true],
    [{ ...project(), tests: [] }, false],
    [{ name: 'x', steps: [] }, false],
    [null, false],
  ])('%j is one: %s', (document, is) => {
    expect(isSide(document)).toBe(is);
  });

  it('becomes a workflow that can run', () => {
    const { documents, left } = read(
      ['open', '/cart'],
      ['setWindowSize', '1200x800'],
      [
        'click',
        'id=go',
        '',
        [
          ['id=go', 'id'],
          ['css=#go', 'css'],
          ['//a[1]', 'xpath:position'],
        ],
      ],
      ['doubleClick', 'linkText=More "now"'],
      ['type', 'name=user', 'ada ${family}'],
      ['sendKeys', 'css=.search', 'tea${KEY_ENTER}'],
      ['select', 'id=colour', 'label=Dark blue'],
      ['select', 'id=colour', 'value=b'],
      ['check', 'id=news'],
      ['uncheck', 'id=news'],
      ['mouseOver', 'partialLinkText=Help'],
      ['dragAndDropToObject', 'id=card', 'id=box'],
      ['pause', '250'],
      ['waitForElementVisible', 'id=done', '3000'],
      ['waitForElementNotPresent', 'id=busy', '30000'],
      ['assertText', 'css=h1', 'Thank you'],
      ['verifyText', 'css=h2', 'Bye'],
      ['assertTitle', 'Shop'],
      ['storeText', 'css=.number', 'order'],
      ['store', 'x', 'kept'],
      ['executeScript', 'return 1', 'one'],
      ['close'],
    );
    expect(left).toEqual([
      { path: 'tests[0].commands[1]', kind: 'setWindowSize', why: 'viewport' },
    ]);
    expect(parseWorkflow(documents[0])).toMatchObject({ ok: true });
    expect(documents).toEqual([
      {
        name: 'Buy',
        steps: [
          { type: 'navigate', url: 'https://shop.example/cart' },
          { type: 'click', selectors: ['[id="go"]', '#go', { xpath: '//a[1]' }] },
          {
            type: 'click',
            selectors: [{ role: 'link', name: 'More "now"', exact: true }],
            clickCount: 2,
          },
          { type: 'fill', selectors: ['[name="user"]'], value: 'ada {{ family }}' },
          { type: 'pressSequentially', selectors: ['.search'], text: 'tea' },
          { type: 'press', selectors: ['.search'], key: 'Enter' },
          { type: 'selectOption', selectors: ['[id="colour"]'], label: 'Dark blue' },
          { type: 'selectOption', selectors: ['[id="colour"]'], value: 'b' },
          { type: 'check', selectors: ['[id="news"]'] },
          { type: 'check', selectors: ['[id="news"]'], checked: false },
          { type: 'hover', selectors: [{ role: 'link', name: 'Help' }] },
          { type: 'dragTo', selectors: ['[id="card"]'], target: ['[id="box"]'] },
          { type: 'delay', ms: 250 },
          {
            type: 'waitForElement',
            selectors: ['[id="done"]'],
            state: 'visible',
            timeout: 3_000,
          },
          {
            type: 'waitForElement',
            selectors: ['[id="busy"]'],
            state: 'detached',
            timeout: 30_000,
          },
          { type: 'assert', selectors: ['h1'], text: 'Thank you' },
          { type: 'assert', selectors: ['h2'], text: 'Bye', soft: true },
          { type: 'waitForExpression', expression: 'document.title === "Shop"' },
          { type: 'extract', selectors: ['.number'], as: 'order' },
          { type: 'setVariable', name: 'kept', value: 'x' },
          { type: 'runScript', code: 'return 1', as: 'one' },
          { type: 'closePage' },
        ],
      },
    ]);
  });

  it('keeps its frames until it leaves them', () => {
    const steps = stepsOf(
      ['selectFrame', 'index=1'],
      ['selectFrame', 'css=#pay'],
      ['click', 'id=a'],
      ['selectFrame', 'relative=parent'],
      ['click', 'id=a'],
      ['selectFrame', 'relative=top'],
      ['click', 'id=a'],
    );
    expect(steps?.map(({ frame }) => frame)).toEqual([[1, '#pay'], [1], undefined]);
  });

  it('answers a dialog before what brings it up', () => {
    const steps = stepsOf(
      ['click', 'id=ask'],
      ['webdriverChooseCancelOnVisibleConfirmation'],
      ['answerOnNextPrompt', 'Ada'],
      ['click', 'id=name'],
    );
    expect(steps?.map(({ type, accept }) => [type, accept])).toEqual([
      ['handleDialog', false],
      ['click', undefined],
      ['handleDialog', true],
      ['click', undefined],
    ]);
  });

  it('repeats what is repeated a number of times; what stands under a condition waits for a person', () => {
    const { documents, left } = read(
      ['times', '3'],
      ['click', 'id=a'],
      ['if', '${x} > 1'],
      ['click', 'id=b'],
      ['end'],
      ['end'],
      ['//click', 'id=c'],
      ['while', 'true'],
      ['times', '2'],
      ['click', 'id=d'],
    );
    expect(left.map(({ path, why }) => [path, why])).toEqual([
      ['tests[0].commands[2]', 'kind'],
      ['tests[0].commands[7]', 'kind'],
    ]);
    const click = (id: string) => ({ type: 'click', selectors: [`[id="${id}"]`] });
    expect(documents[0]?.steps).toEqual([
      { type: 'loop', times: 3, steps: [click('a'), { ...click('b'), disabled: true }] },
      { ...click('c'), disabled: true },
      { ...click('d'), disabled: true },
    ]);
    expect(parseWorkflow(documents[0])).toMatchObject({ ok: true });
  });

  it('is told what was left out', () => {
    const { left } = read(
      ['echo', 'hello'],
      ['click', 'ui=button'],
      ['sendKeys', 'id=a', '${KEY_F13}'],
      ['executeScript', 'return ${x}', 'y'],
      ['selectFrame', 'xpath=//iframe'],
    );
    expect(left.map(({ why }) => why)).toEqual(['kind', 'selector', 'kind', 'expression', 'frame']);
  });

  it('with several tests becomes several workflows', () => {
    const whole = project(['open', '/']);
    const [test] = whole.tests;
    const { documents } = readForeign({ ...whole, tests: [test, { ...test, name: 'Return' }] });
    expect(documents).toMatchObject([{ name: 'Buy' }, { name: 'Return' }]);
  });

  it('of any content is read without an error', () => {
    const names = [
      'open',
      'click',
      'type',
      'sendKeys',
      'select',
      'times',
      'if',
      'end',
      'do',
      'else',
    ];
    const more = [
      'repeatIf',
      'pause',
      'selectFrame',
      'store',
      '//click',
      'webdriverAnswerOnVisiblePrompt',
    ];
    const command = fc.tuple(
      fc.constantFrom(...names, ...more),
      fc.oneof(fc.string(), fc.constantFrom('id=a', '3', 'index=0', '${x}/a', '//a')),
      fc.oneof(fc.string(), fc.constantFrom('label=x', '${KEY_ENTER}', '3')),
    );
    fc.assert(
      fc.property(fc.array(command, { maxLength: 20 }), (commands) => {
        const parsed = parseWorkflow(read(...commands).documents[0]);
        const issues = parsed.ok || parsed.failure.code !== 'invalid' ? [] : parsed.failure.issues;
        expect(issues.filter(({ message }) => message.includes('is not a kind'))).toEqual([]);
      }),
    );
  });
});
