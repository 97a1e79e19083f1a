/** A workflow as the editor holds it: what a workflow file says, with an identifier for every step. */
import type { Step, Workflow, WorkflowInput } from '../../../../workspace/model/workflow.ts';
import { type BranchesOf, childrenOf, identifySteps } from './outline/stepTree.ts';

export const emptyDocument = (): WorkflowInput => ({
  format: 'warren-workflow',
  formatVersion: 1,
  name: '',
  description: '',
  variables: [],
  steps: [],
});

export function documentOf(workflow: Workflow): WorkflowInput {
  const { id: _id, createdAt: _createdAt, updatedAt: _updatedAt, ...document } = workflow;
  return document;
}

export const documentText = (document: WorkflowInput): string =>
  `${JSON.stringify(document, null, 2)}\n`;

/** Eight letters and digits: enough within one workflow, short enough to read. */
export function newStepId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (byte) => (byte % 36).toString(36)).join('');
}

export type ReadDocument =
  | { readonly ok: true; readonly document: WorkflowInput }
  /** `detail` is the parser's own words. */
  | { readonly ok: false; readonly problem: 'notJson' | 'notAWorkflow'; readonly detail: string };

/** Reads text just far enough to be shown as an outline; all else is the host's to check. */
export function readDocument(text: string, branchesOf: BranchesOf): ReadDocument {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    const detail = error instanceof Error ? error.message : '';
    return { ok: false, problem: 'notJson', detail };
  }
  if (!isRecord(content) || typeof content.name !== 'string' || !isOutline(content.steps)) {
    return { ok: false, problem: 'notAWorkflow', detail: '' };
  }
  const { steps } = content;
  if (!steps.every((step) => hasOutlineInside(step, branchesOf))) {
    return { ok: false, problem: 'notAWorkflow', detail: '' };
  }
  const variables = Array.isArray(content.variables) ? content.variables : [];
  // Fields that do not belong here stay: the host names them when it refuses them.
  const document = { ...emptyDocument(), ...content, variables } as WorkflowInput;
  return {
    ok: true,
    document: { ...document, steps: identifySteps(steps, branchesOf, newStepId) },
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isOutline = (value: unknown): value is Step[] =>
  Array.isArray(value) && value.every((step) => isRecord(step) && typeof step.type === 'string');

function hasOutlineInside(step: Step, branchesOf: BranchesOf): boolean {
  return branchesOf(step.type).every((branch) => {
    const inside = step[branch];
    if (inside === undefined) return true;
    return (
      isOutline(inside) &&
      childrenOf(step, branch).every((one) => hasOutlineInside(one, branchesOf))
    );
  });
}
