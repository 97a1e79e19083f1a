/** Recordings in the form that Chrome's Recorder writes them, and back again. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Step } from '../../workspace/model/workflow.ts';
import { parseWorkflow } from '../steps/index.ts';
import { isRecording, readRecording } from './readRecording.ts';
import { writeRecording } from './writeRecording.ts';

const recorded = (...steps: object[]) => ({ title: 'Checkout', steps });
const read = (...steps: object[]) => readRecording(recorded(...steps));
const stepsOf = (...steps: object[]) => read(...steps).document.steps;

describe('a recording', () => {
  it.each([
    [recorded(), true],
    [{ title: 'x', timeout: 5000, steps: [{ type: 'navigate', url: 'a' }] }, true],
    [{ name: 'x', title: 'y', steps: [] }, false],
    [{ name: 'x', steps: [] }, false],
    [{ title: '', steps: [] }, false],
    [{ title: 'x', steps: [{ kind: 'y' }] }, false],
    [{ title: 'x', steps: {} }, false],
    [[], false],
    [null, false],
  ])('%j is one: %s', (document, is) => {
    expect(isRecording(document)).toBe(is);
  });

  it('becomes a workflow that can run', () => {
    const { document, left } = read(
      { type: 'setViewport', width: 1000, height: 700, deviceScaleFactor: 1, isMobile: false },
      { type: 'navigate', url: 'https://shop.example/', assertedEvents: [{ type: 'navigation' }] },
      {
        type: 'click',
        target: 'main',
        selectors: [
          ['aria/Sign in[role="button"]'],
          ['aria/Sign in'],
          ['#go'],
          ['xpath///*[@id="go"]'],
          ['pierce/#go'],
          ['text/Sign in'],
        ],
        offsetX: 12,
        offsetY: 3.5,
        button: 'secondary',
        timeout: 2_000,
      },
      { type: 'change', value: 'ada', selectors: [['my-login', 'input.name']], frame: [0, 1] },
      { type: 'change', value: 'b', selectors: [['form > select#colour']] },
      { type: 'doubleClick', selectors: ['#word'], offsetX: 1, offsetY: 1 },
      { type: 'hover', selectors: ['nav'] },
      { type: 'waitForElement', selectors: ['li'], operator: '==', count: 3 },
      { type: 'waitForElement', selectors: ['li'], visible: false },
      { type: 'waitForExpression', expression: 'window.ready' },
      { type: 'scroll', x: 0, y: 600.4 },
      { type: 'scroll', selectors: ['#end'], x: 0, y: 5 },
      { type: 'close' },
    );
    expect(parseWorkflow(document)).toMatchObject({ ok: true });
    expect(document).toEqual({
      name: 'Checkout',
      steps: [
        { type: 'navigate', url: 'https://shop.example/' },
        {
          type: 'click',
          selectors: [
            { role: 'button', name: 'Sign in' },
            { text: 'Sign in' },
            '#go',
            { xpath: '//*[@id="go"]' },
            '#go',
            { text: 'Sign in' },
          ],
          button: 'right',
          timeout: 2_000,
        },
        { type: 'fill', selectors: ['my-login input.name'], frame: [0, 1], value: 'ada' },
        { type: 'selectOption', selectors: ['form > select#colour'], value: 'b' },
        { type: 'click', selectors: ['#word'], clickCount: 2 },
        { type: 'hover', selectors: ['nav'] },
        {
          type: 'waitForElement',
          selectors: ['li'],
          state: 'attached',
          count: 3,
          operator: '==',
        },
        { type: 'waitForElement', selectors: ['li'], state: 'hidden' },
        { type: 'waitForExpression', expression: 'window.ready' },
        { type: 'runScript', code: 'scrollTo(0, 600);' },
        { type: 'scroll', selectors: ['#end'], intoView: true },
        { type: 'closePage' },
      ],
    });
    expect(left).toEqual([{ path: 'steps[0]', kind: 'setViewport', why: 'viewport' }]);
  });

  it('has its keys put together', () => {
    const down = (key: string) => ({ type: 'keyDown', key });
    const up = (key: string) => ({ type: 'keyUp', key });
    const steps = stepsOf(
      down('Control'),
      down('Shift'),
      down('a'),
      up('a'),
      up('Shift'),
      { type: 'click', selectors: ['a'] },
      up('Control'),
      down('Enter'),
      up('Enter'),
    );
    expect(steps).toEqual([
      { type: 'press', key: 'Control+Shift+a' },
      { type: 'click', selectors: ['a'], modifiers: ['Control'] },
      { type: 'press', key: 'Enter' },
    ]);
  });

  it('goes to the pages that it was made in', () => {
    const click = (target?: string) => ({ type: 'click', selectors: ['a'], target });
    const pop = 'https://shop.example/pay';
    const steps = stepsOf(
      click('main'),
      click(pop),
      click(pop),
      { type: 'close', target: pop },
      click(),
    );
    expect(steps.map(({ type, url, index }) => [type, url ?? index])).toEqual([
      ['click', undefined],
      ['switchPage', pop],
      ['click', undefined],
      ['click', undefined],
      ['closePage', undefined],
      ['switchPage', 0],
      ['click', undefined],
    ]);
  });

  it('is told what was left out', () => {
    const { left, document } = read(
      { type: 'emulateNetworkConditions', download: 1 },
      { type: 'click', selectors: [['aria/A', '#b']] },
      { type: 'click' },
      { type: 'waitForElement', selectors: ['a'], attributes: { href: 'x' } },
      { type: 'customStep', name: 'x', parameters: {} },
    );
    expect(left.map(({ path, why }) => [path, why])).toEqual([
      ['steps[0]', 'kind'],
      ['steps[1]', 'selector'],
      ['steps[2]', 'selector'],
      ['steps[3]', 'condition'],
      ['steps[4]', 'kind'],
    ]);
    expect(document.steps.map(({ type }) => type)).toEqual(['waitForElement']);
  });

  it('of any content is read without an error, into steps of known kinds', () => {
    const anyStep = fc.record(
      {
        type: fc.constantFrom(
          ...['click', 'change', 'keyDown', 'keyUp', 'scroll', 'navigate', 'close', 'hover', 'x'],
          ...['waitForElement', 'waitForExpression', 'doubleClick', 'setViewport'],
        ),
        selectors: fc.array(fc.oneof(fc.string(), fc.array(fc.string()))),
        value: fc.anything(),
        url: fc.anything(),
        key: fc.anything(),
        x: fc.anything(),
        count: fc.anything(),
        operator: fc.anything(),
        timeout: fc.double({ noNaN: true, noDefaultInfinity: true }),
        target: fc.string(),
      },
      { requiredKeys: ['type'] },
    );
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 20 }), (steps) => {
        const parsed = parseWorkflow(readRecording(recorded(...steps)).document);
        const issues = parsed.ok || parsed.failure.code !== 'invalid' ? [] : parsed.failure.issues;
        expect(issues.filter(({ message }) => message.includes('is not a kind'))).toEqual([]);
      }),
    );
  });
});

describe('a workflow', () => {
  const checked = (...steps: object[]) => {
    const parsed = parseWorkflow({ name: 'Checkout', steps });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure));
    return writeRecording(parsed.value);
  };

  it('is told what a recording has no step for', () => {
    const { recording, left } = checked(
      { type: 'loop', times: 2, steps: [] },
      { type: 'click', selectors: ['a'], nth: 2 },
      { type: 'click', selectors: ['a'], frame: ['#pay'] },
      { type: 'fill', selectors: ['a'], value: '{{ row.name }}' },
      { type: 'press', key: 'a', disabled: true },
      { type: 'click', selectors: ['a'], clickCount: 3 },
    );
    expect(left.map(({ path, why }) => [path, why])).toEqual([
      ['steps[0]', 'kind'],
      ['steps[1]', 'nth'],
      ['steps[2]', 'frame'],
      ['steps[3]', 'expression'],
      ['steps[4]', 'disabled'],
      ['steps[5]', 'kind'],
    ]);
    expect(recording.steps).toEqual([
      { type: 'change', target: 'main', selectors: [['a']], value: '{{ row.name }}' },
    ]);
  });

  it('comes back as it was', () => {
    const selector = fc.oneof(
      fc.constantFrom('#go', 'form input.name', '[data-x="1"]'),
      fc.constantFrom({ text: 'Send it' }, { xpath: '//a[1]' }),
      fc.constantFrom({ role: 'button', name: 'Go "now"' }, { role: 'link' }),
    );
    const selectors = fc.array(selector, { minLength: 1, maxLength: 3 });
    const frame = fc.array(fc.nat(5), { minLength: 1, maxLength: 3 });
    const target = fc.oneof(fc.record({ selectors }), fc.record({ selectors, frame }));
    const some = <T extends object>(fields: T) =>
      fc.oneof(fc.constant(fields), fc.constant({ ...fields, timeout: 1_234 }));
    const onElement = <T extends object>(fields: T) =>
      fc.tuple(target, some(fields)).map(([where, rest]) => ({ ...where, ...rest }));
    const step = fc.oneof(
      some({ type: 'navigate', url: 'https://shop.example/?q=1' }),
      onElement({ type: 'click' }),
      onElement({ type: 'click', button: 'right', modifiers: ['Shift'] }),
      onElement({ type: 'click', clickCount: 2 }),
      onElement({ type: 'hover' }),
      onElement({ type: 'fill', value: 'x y' }),
      onElement({ type: 'scroll', intoView: true }),
      onElement({ type: 'waitForElement', state: 'hidden' }),
      onElement({ type: 'waitForElement', count: 2, operator: '<=' }),
      onElement({ type: 'waitForElement', state: 'attached' }),
      some({ type: 'press', key: 'Control+Shift+A' }),
      some({ type: 'press', key: '+' }),
      some({ type: 'press', key: 'Control++' }),
      some({ type: 'waitForExpression', expression: 'a > 1' }),
      some({ type: 'closePage' }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const { recording, left } = writeRecording({
          name: 'Checkout',
          steps: steps as unknown as Step[],
        });
        expect(left).toEqual([]);
        const again = readRecording(JSON.parse(JSON.stringify(recording)));
        expect(again).toEqual({ document: { name: 'Checkout', steps }, left: [] });
      }),
    );
  });
});
