/** Turns checked steps into the form that the runner works through. */
import type { Step } from '../../workspace/model/workflow.ts';
import { type CommonOptions, type PreparedStep, schemaOf } from './definition.ts';
import { definitionOf } from './registry.ts';

/**
 * @param steps as {@link parseWorkflow} gave them
 * @throws Error when a step is not of its kind, which the host has made sure of
 */
export function prepareSteps(steps: readonly Step[]): PreparedStep[] {
  return steps.map(prepareStep);
}

function prepareStep(source: Step): PreparedStep {
  const definition = definitionOf(source.type);
  if (!definition) throw new Error(`no such kind of step: ${source.type}`);
  const parsed = schemaOf(definition).parse(source);
  const values = Object.entries(definition.fields).map(([name, field]) => [
    name,
    field.content === 'steps' ? prepareSteps((parsed[name] ?? []) as Step[]) : parsed[name],
  ]);
  return {
    source,
    definition,
    // The schema is made of the common options and the kind's fields.
    options: parsed as unknown as CommonOptions,
    values: Object.fromEntries(values),
  };
}
