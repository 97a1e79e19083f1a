/** Goes one way or the other. Conditions about the page look at it as it is now, without waiting. */
import { defineStep, type StepContext } from './definition.ts';
import { type Condition, choice, conditions, steps, withDefault } from './fields.ts';

export const ifStep = defineStep({
  type: 'if',
  group: 'flow',
  timeout: null,
  fields: {
    conditions: conditions(),
    match: withDefault(choice(['all', 'any']), 'all'),
    // biome-ignore lint/suspicious/noThenProperty: the field's name in workflow files; never awaited.
    then: withDefault(steps(), []),
    else: withDefault(steps(), []),
  },
  // biome-ignore lint/suspicious/noThenProperty: as above.
  template: { type: 'if', conditions: ['true'], then: [], else: [] },
  async run(context, step) {
    const holds = await decide(context, step.conditions, step.match);
    await context.runSteps(holds ? step.then : step.else);
  },
});

async function decide(
  context: StepContext,
  list: readonly Condition[],
  match: 'all' | 'any',
): Promise<boolean> {
  for (const condition of list) {
    const holds = await context.holds(condition);
    if (holds !== (match === 'all')) return holds;
  }
  return match === 'all';
}
