/** Workflows and the steps that there are. */
import { z } from 'zod';
import type { Issue } from '../../../workspace/model/failure.ts';
import type { LeftOut } from '../../../workspace/model/leftOut.ts';
import type { Workflow, WorkflowRow } from '../../../workspace/model/workflow.ts';
import { nothing, type Page, page, reference } from './common.ts';

export const workflowRequests = {
  'workflows.list': z.strictObject({ search: z.string().max(200).default(''), ...page }),
  'workflows.get': z.strictObject({ workflow: reference }),
  /** `document` is a workflow file's content; it is checked against every step's schema. */
  'workflows.add': z.strictObject({ document: z.unknown() }),
  /** As `workflows.add`, of a workflow file, a recording of Chrome's Recorder or a project of Selenium IDE. */
  'workflows.import': z.strictObject({ document: z.unknown() }),
  /** For Chrome's Recorder, or as a test for Playwright. */
  'workflows.exportAs': z.strictObject({
    workflow: reference,
    format: z.enum(['recording', 'playwright']),
  }),
  'workflows.replace': z.strictObject({ workflow: reference, document: z.unknown() }),
  'workflows.check': z.strictObject({ document: z.unknown() }),
  'workflows.remove': z.strictObject({ workflow: reference }),
  'steps.catalogue': nothing,
} as const;

export interface WorkflowAnswers {
  'workflows.list': Page<WorkflowRow>;
  'workflows.get': Workflow;
  'workflows.add': Workflow;
  'workflows.import': {
    readonly workflows: readonly Workflow[];
    readonly left: readonly LeftOut[];
  };
  'workflows.exportAs': { readonly text: string; readonly left: readonly LeftOut[] };
  'workflows.replace': Workflow;
  'workflows.check': { readonly issues: readonly Issue[] };
  'workflows.remove': null;
  'steps.catalogue': { readonly kinds: readonly StepKind[] };
}

/** One kind of step as the builder's form, the JSON view and the command line see it. */
export interface StepKind {
  readonly type: string;
  readonly group: 'page' | 'input' | 'wait' | 'data' | 'flow' | 'outside';
  /** JSON Schema (2020-12) of the whole step, common options included. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** The fields that belong to this kind, in the order of its form, and how each is edited. */
  readonly fields: readonly StepField[];
  /** A new step of this kind, without its id. */
  readonly template: Readonly<Record<string, unknown>>;
}

export interface StepField {
  readonly name: string;
  readonly editor:
    | 'text'
    | 'template'
    | 'expression'
    | 'code'
    | 'number'
    | 'boolean'
    | 'choice'
    | 'selectors'
    | 'conditions'
    | 'steps'
    | 'json';
  readonly required: boolean;
  readonly choices?: readonly string[];
}
