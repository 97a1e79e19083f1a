/** Runs JavaScript in the page and keeps what it returns. */
import type { JsonValue } from '../../workspace/model/workflow.ts';
import { defineStep, StepError } from './definition.ts';
import { code, optional, variable } from './fields.ts';

export const runScript = defineStep({
  type: 'runScript',
  group: 'outside',
  fields: {
    /** The body of an async function. */
    code: code(100_000),
    /** The column of the result, and the variable that later steps can use. */
    as: optional(variable()),
  },
  template: { type: 'runScript', code: 'return document.title;', as: 'title' },
  async run(context, step) {
    const value = await context.page.evaluate<JsonValue | undefined>(
      `(async () => {${step.code}\n})()`,
    );
    if (step.as === undefined) return;
    const kept = plain(value);
    context.extracted(step.as, kept);
    context.setVariable(step.as, kept);
  },
});

/** What a page returns may be anything that it can name. */
function plain(value: unknown): JsonValue {
  try {
    return (JSON.parse(JSON.stringify(value) ?? 'null') ?? null) as JsonValue;
  } catch {
    throw new StepError('expressionFailed', 'it returned what can not be kept as JSON');
  }
}
