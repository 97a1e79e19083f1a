/** Workflows become tests for Playwright, in TypeScript, as far as both have the same. */
import type { LeftOut } from '../../workspace/model/leftOut.ts';
import type { JsonValue, Step, WorkflowInput } from '../../workspace/model/workflow.ts';
import type { Condition } from '../steps/fields.ts';
import type { Selector } from '../steps/selector.ts';
import { expressionCode, nameCode, textCode, valueCode } from './expressionCode.ts';

/** A part of a step that can not be said in the other language. */
class NoMatch extends Error {
  readonly why: LeftOut['why'];
  constructor(why: LeftOut['why']) {
    super(why);
    this.why = why;
  }
}

/** @param workflow one that has been checked */
export function writePlaywright(workflow: Pick<WorkflowInput, 'name' | 'variables' | 'steps'>): {
  readonly code: string;
  readonly left: readonly LeftOut[];
} {
  const left: LeftOut[] = [];
  const body = listCode(workflow.steps, 'steps', '  ', left);
  const given = workflow.variables.map(({ name }) => name);
  const variables = workflow.variables.map(
    ({ name, default: value }) =>
      `  let ${variable(name)}: any = ${JSON.stringify(value ?? null)};`,
  );
  const made = [...namesIn(workflow.steps)].filter((name) => !given.includes(name));
  const code = [
    "import { expect, test } from '@playwright/test';",
    '',
    `test(${JSON.stringify(workflow.name)}, async ({ context, page: first }) => {`,
    '  let page = first;',
    ...variables,
    ...made.map((name) => `  let ${variable(name)}: any;`),
    ...body,
    '});',
    '',
  ].join('\n');
  return { code, left };
}

/** The variables that steps set, wherever they stand. */
function namesIn(steps: readonly Step[]): Set<string> {
  const names = new Set<string>();
  for (const step of steps) {
    if (step.type === 'setVariable') names.add(String(step.name));
    else if (typeof step.as === 'string' && step.type !== 'loop') names.add(step.as);
    for (const list of ['then', 'else', 'steps', 'try', 'catch', 'finally']) {
      for (const name of namesIn(listOf(step[list]))) names.add(name);
    }
  }
  return names;
}

const listOf = (value: unknown): readonly Step[] => (Array.isArray(value) ? value : []);

function listCode(
  steps: readonly Step[],
  path: string,
  indent: string,
  left: LeftOut[],
): readonly string[] {
  return steps.flatMap((step, index) => {
    const at = `${path}[${index}]`;
    const leave = (why: LeftOut['why']) => left.push({ path: at, kind: step.type, why });
    const inner = (list: string) => listCode(listOf(step[list]), `${at}.${list}`, '  ', left);
    try {
      if (step.disabled === true) throw new NoMatch('disabled');
      const lines = codeOf(step, inner).map((line) => indent + line);
      if (step.retries || (step.onError && step.onError !== 'stop')) leave('options');
      return lines;
    } catch (error) {
      if (!(error instanceof NoMatch)) throw error;
      leave(error.why);
      return [`${indent}// ${step.type} has no match here: ${error.why}`];
    }
  });
}

function codeOf(step: Step, inner: (list: string) => readonly string[]): readonly string[] {
  switch (step.type) {
    case 'navigate': {
      const options = { waitUntil: step.waitUntil, ...timeOf(step) };
      return [`await page.goto(${text(step.url)}${more(options)});`];
    }
    case 'history': {
      const call = { back: 'goBack', forward: 'goForward', reload: 'reload' }[
        String(step.go ?? 'back')
      ];
      return [`await page.${call}();`];
    }
    case 'newPage':
      return [
        'page = await context.newPage();',
        ...(step.url ? [`await page.goto(${text(step.url)});`] : []),
      ];
    case 'switchPage':
      return switchCode(step);
    case 'closePage':
      return ['await page.close();', 'page = context.pages().at(-1) ?? (await context.newPage());'];
    case 'click':
      return [
        `await ${one(step)}.click(${object({
          button: step.button,
          clickCount: step.clickCount,
          modifiers: step.modifiers,
          position: step.position,
          ...timeOf(step),
        })});`,
      ];
    case 'hover':
      return [
        `await ${one(step)}.hover(${object({ modifiers: step.modifiers, ...timeOf(step) })});`,
      ];
    case 'fill':
      return [`await ${one(step)}.fill(${text(step.value)}${more(timeOf(step))});`];
    case 'pressSequentially':
      return [
        `await ${one(step)}.pressSequentially(${text(step.text)}${more({ delay: step.delay })});`,
      ];
    case 'press':
      return [`await ${step.selectors ? one(step) : 'page.keyboard'}.press(${text(step.key)});`];
    case 'selectOption': {
      const { label, value, index } = step;
      const chosen =
        label === undefined ? (value === undefined ? { index } : { value }) : { label };
      return [`await ${one(step)}.selectOption(${object(chosen)});`];
    }
    case 'check':
      return [`await ${one(step)}.setChecked(${step.checked ?? true});`];
    case 'dragTo':
      return [`await ${one(step)}.dragTo(${one({ ...step, selectors: step.target, nth: 0 })});`];
    case 'scroll': {
      if (step.intoView) return [`await ${one(step)}.scrollIntoViewIfNeeded();`];
      const by = `{ left: ${value(step.x ?? 0)}, top: ${value(step.y ?? 0)} }`;
      return step.selectors
        ? [`await ${one(step)}.evaluate((element, by) => element.scrollBy(by), ${by});`]
        : [`await page.evaluate((by) => scrollBy(by), ${by});`];
    }
    case 'handleDialog': {
      const answer =
        step.accept === false
          ? 'dismiss()'
          : `accept(${step.promptText ? text(step.promptText) : ''})`;
      return [`page.once('dialog', (dialog) => dialog.${answer});`];
    }
    case 'waitForElement':
      return waitCode(step);
    case 'waitForURL':
      return [`await page.waitForURL(${pattern(step.url)});`];
    case 'waitForExpression':
      return [`await page.waitForFunction(${JSON.stringify(step.expression)});`];
    case 'delay':
      return [`await page.waitForTimeout(${value(step.ms)});`];
    case 'assert':
      return assertCode(step);
    case 'extract':
      return [`${variable(step.as)} = ${extractCode(step)};`];
    case 'screenshot': {
      const of = step.selectors ? one(step) : 'page';
      const options = object({ fullPage: step.fullPage });
      return [
        `await ${of}.screenshot({ path: ${text(step.name ?? 'screenshot')} + '.png', ...${options || '{}'} });`,
      ];
    }
    case 'setVariable':
      return [`${variable(step.name)} = ${value(step.value)};`];
    case 'runScript': {
      const script = JSON.stringify(`(async () => {${step.code}\n})()`);
      return [`${step.as ? `${variable(step.as)} = ` : ''}await page.evaluate(${script});`];
    }
    case 'httpRequest':
      return requestCode(step);
    case 'if': {
      const conditions = (step.conditions as readonly Condition[]).map(conditionCode);
      const otherwise = inner('else');
      return [
        `if (${conditions.join(step.match === 'any' ? ' || ' : ' && ')}) {`,
        ...inner('then'),
        ...(otherwise.length > 0 ? ['} else {', ...otherwise] : []),
        '}',
      ];
    }
    case 'loop':
      return loopCode(step, inner);
    case 'tryCatch':
      return [
        'try {',
        ...inner('try'),
        '} catch (caught) {',
        "  const error = { reason: 'unexpected', message: String(caught), step: '' };",
        ...inner('catch'),
        '} finally {',
        ...inner('finally'),
        '}',
      ];
    default:
      throw new NoMatch('kind');
  }
}

function switchCode(step: Step): readonly string[] {
  if (step.index !== undefined) return [`page = context.pages()[${value(step.index)}] ?? page;`];
  if (step.url === undefined) throw new NoMatch('kind');
  const wanted = `(one) => ${regex(step.url)}.test(one.url())`;
  return [
    `await expect.poll(() => context.pages().some(${wanted})).toBe(true);`,
    `page = context.pages().findLast(${wanted}) ?? page;`,
  ];
}

function waitCode(step: Step): readonly string[] {
  const { count, operator = '>=' } = step;
  if (count === undefined) {
    return [`await ${one(step)}.waitFor(${object({ state: step.state, ...timeOf(step) })});`];
  }
  const seen = step.state === 'attached' ? '' : '.filter({ visible: true })';
  const all = `${every(step)}${seen}`;
  if (operator === '==') return [`await expect(${all}).toHaveCount(${value(count)});`];
  const compared = operator === '<=' ? 'toBeLessThanOrEqual' : 'toBeGreaterThanOrEqual';
  return [`await expect.poll(() => ${all}.count()).${compared}(${value(count)});`];
}

function assertCode(step: Step): readonly string[] {
  const expecting = step.soft === true ? 'expect.soft' : 'expect';
  const lines: string[] = [];
  const on = (what: string, call: string) => lines.push(`await ${expecting}(${what}).${call};`);
  if (step.url !== undefined) on('page', `toHaveURL(${pattern(step.url)})`);
  if (step.count !== undefined) on(every(step), `toHaveCount(${value(step.count)})`);
  if (step.visible !== undefined) on(one(step), step.visible ? 'toBeVisible()' : 'toBeHidden()');
  if (step.text !== undefined) on(one(step), `toContainText(${text(step.text)})`);
  if (step.value !== undefined) on(one(step), `toHaveValue(${text(step.value)})`);
  return lines;
}

function extractCode(step: Step): string {
  const attribute = JSON.stringify(step.attribute ?? '');
  const what = String(step.what ?? 'text');
  if (step.all === true) {
    if (what !== 'text' || step.regex !== undefined) throw new NoMatch('condition');
    return `await ${every(step)}.allInnerTexts()`;
  }
  const call = {
    text: 'innerText()',
    html: 'innerHTML()',
    value: 'inputValue()',
    attribute: `getAttribute(${attribute})`,
  }[what];
  const read = `await ${one(step)}.${call}`;
  if (step.regex === undefined) return read;
  return `((found) => found?.[1] ?? found?.[0] ?? null)((${read} ?? '').match(new RegExp(${text(step.regex)}, 'u')))`;
}

function requestCode(step: Step): readonly string[] {
  const options = [
    `method: ${JSON.stringify(step.method ?? 'GET')}`,
    `headers: ${value(step.headers ?? {})}`,
    ...(step.body === undefined ? [] : [`data: ${value(step.body)}`]),
    `failOnStatusCode: ${step.failOnStatus ?? true}`,
  ];
  const sent = `context.request.fetch(${text(step.url)}, { ${options.join(', ')} })`;
  if (!step.as) return [`await ${sent};`];
  const body =
    "(it.headers()['content-type'] ?? '').includes('json') ? await it.json() : await it.text()";
  const kept = `{ status: it.status(), headers: it.headers(), body: ${body} }`;
  return [`${variable(step.as)} = await ${sent}.then(async (it) => (${kept}));`];
}

function loopCode(step: Step, inner: (list: string) => readonly string[]): readonly string[] {
  const stop = (condition: unknown, word: string) =>
    condition === undefined ? [] : [`  if (${expression(String(condition))}) ${word};`];
  const lines = [
    ...stop(step.break, 'break'),
    ...stop(step.continue, 'continue'),
    ...inner('steps'),
    ...stop(step.break, 'break'),
  ];
  const head =
    step.forEach !== undefined
      ? `for (const [index, ${variable(step.as ?? 'row')}] of (${value(step.forEach)} as any[]).entries()) {`
      : step.while !== undefined
        ? `for (let index = 0; ${expression(String(step.while))}; index += 1) {`
        : `for (let index = 0; index < ${value(step.times ?? 0)}; index += 1) {`;
  return [head, ...lines, '}'];
}

function conditionCode(condition: Condition): string {
  if (typeof condition === 'string') return `(${expression(condition)})`;
  const isVisible = 'visible' in condition;
  const selectors = isVisible ? condition.visible : condition.hidden;
  const seen = `(await ${every({ selectors })}.filter({ visible: true }).count()) > 0`;
  return isVisible ? `(${seen})` : `!(${seen})`;
}

/** With `selectors`, and where they say so `frame` and `nth`. */
type Targeted = Readonly<Record<string, unknown>>;

/** All that any of its selectors matches. */
function every({ selectors, frame }: Targeted): string {
  const path = Array.isArray(frame) ? frame : [];
  const root = path.reduce<string>(
    (code, part) =>
      typeof part === 'number'
        ? `${code}.locator('iframe, frame').nth(${part}).contentFrame()`
        : `${code}.locator(${text(part)}).first().contentFrame()`,
    'page',
  );
  const list = Array.isArray(selectors) ? (selectors as readonly Selector[]) : [];
  const [first, ...others] = list.map((selector) => `${root}.${locatorCode(selector)}`);
  if (first === undefined) throw new NoMatch('selector');
  return others.reduce((code, other) => `${code}.or(${other})`, first);
}

const one = (target: Targeted): string => {
  const { nth = 0 } = target;
  return `${every(target)}${nth === 0 ? '.first()' : `.nth(${value(nth)})`}`;
};

function locatorCode(selector: Selector): string {
  if (typeof selector === 'string') return `locator(${text(selector)})`;
  const { css, xpath, text: said, label, testId, role, placeholder, name, exact } = selector;
  const options = more({ exact });
  if (xpath !== undefined) return `locator(${text(`xpath=${xpath}`)})`;
  if (said !== undefined) return `getByText(${text(said)}${options})`;
  if (label !== undefined) return `getByLabel(${text(label)}${options})`;
  if (testId !== undefined) return `getByTestId(${text(testId)})`;
  if (placeholder !== undefined) return `getByPlaceholder(${text(placeholder)}${options})`;
  if (role !== undefined) return `getByRole(${text(role)} as any${more({ name, exact })})`;
  return `locator(${text(css)})`;
}

/** `*` stands for anything. */
function pattern(written: unknown): string {
  return String(written).includes('*') ? regex(written) : text(written);
}

function regex(written: unknown): string {
  if (String(written).includes('{{')) throw new NoMatch('expression');
  const source = String(written)
    .split('*')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
    .join('.*');
  return `/^${source}$/s`;
}

const timeOf = (step: Step): { timeout?: unknown } =>
  step.timeout === undefined ? {} : { timeout: step.timeout };

const text = (written: unknown): string => must(textCode(String(written ?? '')));
const value = (written: unknown): string => must(valueCode((written ?? null) as JsonValue));
const variable = (name: unknown): string => nameCode(String(name));
const expression = (written: string): string => must(expressionCode(written));

function must(code: string | null): string {
  if (code === null) throw new NoMatch('expression');
  return code;
}

/** @returns the fields that are said; nothing where there are none */
function object(fields: Readonly<Record<string, unknown>>): string {
  const said = Object.entries(fields).filter(([, one]) => one !== undefined);
  if (said.length === 0) return '';
  return `{ ${said.map(([name, one]) => `${name}: ${value(one)}`).join(', ')} }`;
}

const more = (fields: Readonly<Record<string, unknown>>): string => {
  const code = object(fields);
  return code && `, ${code}`;
};
