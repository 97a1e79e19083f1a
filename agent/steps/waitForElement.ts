/** Waits until an element is there, seen, hidden or gone, or until there are as many as asked for. */
import { defineStep, type RunStep, type StepContext, StepError } from './definition.ts';
import { choice, optional, target, wholeNumber, withDefault } from './fields.ts';
import { until } from './polling.ts';

const fields = {
  ...target,
  state: withDefault(choice(['visible', 'attached', 'hidden', 'detached']), 'visible'),
  /** How the number found compares to `count`. */
  operator: withDefault(choice(['>=', '==', '<=']), '>='),
  count: optional(wholeNumber({ min: 0, max: 100_000 })),
};

export const waitForElement = defineStep({
  type: 'waitForElement',
  group: 'wait',
  fields,
  template: { type: 'waitForElement', selectors: ['main'], state: 'visible' },
  check(step) {
    return step.count !== undefined && (step.state === 'hidden' || step.state === 'detached')
      ? [{ field: 'count', message: 'goes with the states visible and attached' }]
      : [];
  },
  async run(context, step) {
    if (step.count !== undefined) return waitForCount(context, step, step.count);
    if (step.state === 'hidden' || step.state === 'detached') return waitUntilGone(context, step);
    const element = await context.locate(step);
    await element.waitFor({ state: step.state, timeout: context.remaining() });
  },
});

/** Gone by every selector: one that matches nothing must not hide that another still does. */
async function waitUntilGone(context: StepContext, step: RunStep<typeof fields>) {
  const gone = await until(context, async () => {
    const found = (await context.matches(step)).nth(step.nth ?? 0);
    return step.state === 'hidden' ? found.isHidden() : (await found.count()) === 0;
  });
  if (!gone) throw new StepError('timeout', `the element is still not ${step.state}`);
}

async function waitForCount(context: StepContext, step: RunStep<typeof fields>, wanted: number) {
  let found = 0;
  const reached = await until(context, async () => {
    const all = await context.matches(step);
    found = await (step.state === 'visible' ? all.filter({ visible: true }) : all).count();
    return compare(found, step.operator, wanted);
  });
  if (reached) return;
  throw new StepError('elementNotFound', `found ${found}, waited for ${step.operator} ${wanted}`);
}

function compare(found: number, operator: '>=' | '==' | '<=', wanted: number): boolean {
  if (operator === '==') return found === wanted;
  return operator === '>=' ? found >= wanted : found <= wanted;
}
