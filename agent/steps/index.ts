/** The steps of workflows, as other rooms see them. Importing this loads no browser library. */
export { type StepField, type StepKind, stepCatalogue } from './catalogue.ts';
export { parseWorkflow } from './parse.ts';
