/**
 * Checks what the page shows, waiting for it up to the step's timeout. A soft check lets the workflow
 * go on and fails the task at its end.
 */
import type { Locator } from 'playwright-core';
import { fitsPattern, withoutQuery } from './address.ts';
import { defineStep, type RunStep, type StepContext, StepError } from './definition.ts';
import { flag, optional, optionalTarget, template, wholeNumber, withDefault } from './fields.ts';
import { until } from './polling.ts';

const fields = {
  ...optionalTarget,
  visible: optional(flag()),
  /** Found anywhere in the element's text, runs of blanks counted as one. */
  text: optional(template()),
  count: optional(wholeNumber({ min: 0, max: 100_000 })),
  /** The whole value of a field. */
  value: optional(template()),
  /** The page's whole address; `*` stands for anything. */
  url: optional(template(20_000)),
  soft: withDefault(flag(), false),
};

type AssertStep = RunStep<typeof fields>;

/** One thing to check: what was wanted, and what is there. */
interface Check {
  readonly wanted: string;
  look(): Promise<{ readonly holds: boolean; readonly found: string }>;
}

export const assert = defineStep({
  type: 'assert',
  group: 'wait',
  fields,
  // A wrong page rarely becomes right; half a minute for each such check would be felt.
  timeout: 5_000,
  template: { type: 'assert', selectors: ['h1'], visible: true },
  check(step) {
    const onElement = [step.visible, step.text, step.count, step.value];
    const asked = onElement.some((check) => check !== undefined);
    if (!asked && step.url === undefined) {
      return [{ field: '', message: 'must have one of visible, text, count, value, url' }];
    }
    if (asked && !step.selectors) return [{ field: 'selectors', message: 'is missing' }];
    return [];
  },
  async run(context, step) {
    for (const check of checksOf(context, step)) {
      let found = 'no answer in time';
      const held = await until(context, async () => {
        const look = await check.look();
        found = look.found;
        return look.holds;
      });
      if (held) continue;
      const message = `expected ${check.wanted}, found ${found}`;
      throw new StepError('assertionFailed', message, { soft: step.soft });
    }
  },
});

function checksOf(context: StepContext, step: AssertStep): Check[] {
  const { visible, text, count, value, url } = step;
  return [
    ...(url === undefined ? [] : [urlCheck(context, url)]),
    ...(count === undefined ? [] : [countCheck(context, step, count)]),
    ...(visible === undefined ? [] : [visibleCheck(context, step, visible)]),
    ...(text === undefined ? [] : [textCheck(context, step, text)]),
    ...(value === undefined ? [] : [valueCheck(context, step, value)]),
  ];
}

function urlCheck(context: StepContext, wanted: string): Check {
  return {
    wanted: `the address ${quoted(wanted)}`,
    look: async () => {
      const found = context.page.url();
      return { holds: fitsPattern(wanted, found), found: quoted(withoutQuery(found)) };
    },
  };
}

function countCheck(context: StepContext, step: AssertStep, wanted: number): Check {
  return {
    wanted: `${wanted} elements`,
    look: async () => {
      const found = await (await elementsOf(context, step)).count();
      return { holds: found === wanted, found: String(found) };
    },
  };
}

function visibleCheck(context: StepContext, step: AssertStep, wanted: boolean): Check {
  const say = (visible: boolean) => (visible ? 'visible' : 'not visible');
  return {
    wanted: say(wanted),
    look: async () => {
      const visible = await (await elementOf(context, step)).isVisible();
      return { holds: visible === wanted, found: say(visible) };
    },
  };
}

function textCheck(context: StepContext, step: AssertStep, wanted: string): Check {
  return {
    wanted: `the text ${quoted(wanted)}`,
    look: () =>
      readNow(context, step, async (element) => {
        // biome-ignore lint/performance/useDomNodeTextContent: hidden text is not what a person sees.
        const found = oneLine(await element.innerText({ timeout: context.remaining() }));
        return { holds: found.includes(oneLine(wanted)), found: quoted(found) };
      }),
  };
}

function valueCheck(context: StepContext, step: AssertStep, wanted: string): Check {
  return {
    wanted: `the value ${quoted(wanted)}`,
    look: () =>
      readNow(context, step, async (element) => {
        const found = await element.inputValue({ timeout: context.remaining() });
        return { holds: found === wanted, found: quoted(found) };
      }),
  };
}

/** Reads an element that is there now, so that its absence can be said instead of waited out. */
async function readNow(
  context: StepContext,
  step: AssertStep,
  read: (element: Locator) => Promise<{ holds: boolean; found: string }>,
) {
  const element = await elementOf(context, step);
  return (await element.count()) === 0 ? { holds: false, found: 'no such element' } : read(element);
}

async function elementOf(context: StepContext, step: AssertStep): Promise<Locator> {
  return (await elementsOf(context, step)).nth(step.nth ?? 0);
}

function elementsOf(context: StepContext, step: AssertStep): Promise<Locator> {
  return context.matches({ ...step, selectors: step.selectors ?? [] });
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function quoted(text: string): string {
  const line = oneLine(text);
  return `"${line.length > 300 ? `${line.slice(0, 297)}...` : line}"`;
}
