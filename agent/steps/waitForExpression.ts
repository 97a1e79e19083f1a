/** Waits until an expression of the page's own language, JavaScript, holds in it. */
import { defineStep, StepError } from './definition.ts';
import { code } from './fields.ts';
import { until } from './polling.ts';

export const waitForExpression = defineStep({
  type: 'waitForExpression',
  group: 'wait',
  fields: {
    expression: code(),
  },
  template: { type: 'waitForExpression', expression: "document.readyState === 'complete'" },
  async run(context, step) {
    const held = await until(context, () =>
      context.page.evaluate<boolean>(`Boolean(${step.expression}\n)`),
    );
    if (!held) throw new StepError('timeout', 'the expression does not hold');
  },
});
