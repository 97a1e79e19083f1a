/**
 * Repeats steps: for each item of a list, while a condition holds, or a number of times. Inside, the
 * item has the name that `as` gives it, and `index` counts from 0.
 */
import type { JsonValue } from '../../workspace/model/workflow.ts';
import { defineStep, type RunStep, type StepContext, StepError } from './definition.ts';
import { expression, json, optional, rowName, steps, wholeNumber, withDefault } from './fields.ts';

const mostIterations = 100_000;

const fields = {
  /** A list, or a template that gives one. */
  forEach: optional(json()),
  while: optional(expression()),
  times: optional(wholeNumber({ min: 0, max: mostIterations })),
  as: withDefault(rowName(), 'row'),
  /** More iterations than this fail the step; it stops a loop that would never end. */
  max: withDefault(wholeNumber({ min: 1, max: mostIterations }), 1_000),
  /** Ends the loop; asked before and after the steps of each iteration. */
  break: optional(expression()),
  /** Leaves out the steps of an iteration. */
  continue: optional(expression()),
  steps: steps(),
};

type LoopStep = RunStep<typeof fields>;
type Names = Readonly<Record<string, JsonValue>>;

export const loop = defineStep({
  type: 'loop',
  group: 'flow',
  timeout: null,
  fields,
  template: { type: 'loop', forEach: '{{ rows }}', as: 'row', steps: [] },
  check(step) {
    const given = [step.forEach, step.while, step.times].filter((way) => way !== undefined);
    return given.length === 1
      ? []
      : [{ field: '', message: 'must have exactly one of forEach, while, times' }];
  },
  async run(context, step) {
    const rows = rowsOf(step);
    if (rows && rows.length > step.max) throw tooMany(step, rows.length);
    for (let index = 0; rows === null || index < rows.length; index += 1) {
      const names: Names = rows ? { [step.as]: rows[index] ?? null, index } : { index };
      if (step.while !== undefined && !asked(context, names, step.while)) return;
      if (index >= step.max) throw tooMany(step, index + 1);
      await context.breathe();
      if (await iterate(context, step, index, names)) return;
    }
  },
});

/** @returns true when the loop is to end */
async function iterate(
  context: StepContext,
  step: LoopStep,
  index: number,
  names: Names,
): Promise<boolean> {
  const breaks = () => step.break !== undefined && asked(context, names, step.break);
  if (breaks()) return true;
  if (step.continue !== undefined && asked(context, names, step.continue)) return false;
  await context.runSteps(step.steps, { index, names });
  return breaks();
}

/** The items, the counted numbers, or null for a loop that only a condition ends. */
function rowsOf(step: LoopStep): readonly JsonValue[] | null {
  if (step.forEach === undefined) {
    return step.times === undefined
      ? null
      : Array.from({ length: Math.min(step.times, mostIterations + 1) }, (_, index) => index);
  }
  if (Array.isArray(step.forEach)) return step.forEach;
  throw new StepError('expressionFailed', 'forEach did not give a list');
}

function asked(context: StepContext, names: Names, condition: string): boolean {
  const value = context.evaluateIn(names, condition);
  if (typeof value === 'boolean') return value;
  throw new StepError('expressionFailed', `"${condition}" is neither true nor false`);
}

function tooMany(step: LoopStep, count: number): StepError {
  return new StepError('loopLimit', `${count} iterations, at most ${step.max} are allowed`);
}
