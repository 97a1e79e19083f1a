/** Takes text, markup, an attribute or a value off the page, records it and keeps it in a variable. */
import type { Locator } from 'playwright-core';
import type { JsonValue } from '../../workspace/model/workflow.ts';
import { withinTime } from '../expressions/guard.ts';
import { defineStep, type RunStep, type StepContext, StepError } from './definition.ts';
import { choice, flag, optional, target, template, text, variable, withDefault } from './fields.ts';
import { readable, readRows } from './readRows.ts';

const fields = {
  ...target,
  what: withDefault(choice(readable), 'text'),
  attribute: optional(text(200)),
  /** JavaScript's; the first group counts, or the whole match. Without a match the result is null. */
  regex: optional(template(2_000)),
  /** The column of the result, and the variable that later steps can use. */
  as: variable(),
  /** A list with every matching element instead of one element's. */
  all: withDefault(flag(), false),
};

type ExtractStep = RunStep<typeof fields>;

/** Milliseconds for a pattern over one text. */
const patternTime = 500;

export const extract = defineStep({
  type: 'extract',
  group: 'data',
  fields,
  template: { type: 'extract', selectors: ['h1'], what: 'text', as: 'heading' },
  check(step) {
    return step.what === 'attribute' && !step.attribute
      ? [{ field: 'attribute', message: 'is missing' }]
      : [];
  },
  async run(context, step) {
    const pattern = step.regex === undefined ? null : compile(step.regex);
    const element = await context.locate(step);
    const value = step.all
      ? await readAll(context, step, pattern)
      : apply(pattern, await readOne(element, step, context.remaining()));
    context.extracted(step.as, value);
    context.setVariable(step.as, value);
  },
});

async function readAll(context: StepContext, step: ExtractStep, pattern: RegExp | null) {
  const elements = await context.matches(step);
  await elements.first().waitFor({ state: 'attached', timeout: context.remaining() });
  const rows = await readRows(elements, [
    { name: 'value', what: step.what, attribute: step.attribute },
  ]);
  return rows.map(({ value = null }) => apply(pattern, value));
}

function readOne(element: Locator, step: ExtractStep, timeout: number): Promise<string | null> {
  switch (step.what) {
    case 'text':
      // biome-ignore lint/performance/useDomNodeTextContent: hidden text is not what a person sees.
      return element.innerText({ timeout });
    case 'html':
      return element.innerHTML({ timeout });
    case 'value':
      return element.inputValue({ timeout });
    case 'attribute':
      return element.getAttribute(step.attribute ?? '', { timeout });
  }
}

function compile(source: string): RegExp {
  try {
    return new RegExp(source, 'u');
  } catch (error) {
    const message = error instanceof Error ? error.message : 'is not a pattern';
    throw new StepError('expressionFailed', message);
  }
}

function apply(pattern: RegExp | null, value: string | null): JsonValue {
  if (pattern === null || value === null) return value;
  const match = withinTime(patternTime, () => pattern.exec(value));
  return match ? (match[1] ?? match[0]) : null;
}
