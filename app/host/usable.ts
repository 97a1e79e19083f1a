/** Whether a record is one that this version knows how to use. */
import type { z } from 'zod';
import { parseWorkflow } from '../../agent/steps/index.ts';
import { FailureError } from '../../workspace/model/failure.ts';
import { profileInputSchema } from '../../workspace/model/profile.ts';
import { proxyInputSchema } from '../../workspace/model/proxy.ts';
import { formatPath } from '../../workspace/model/validation.ts';
import type { Workflow } from '../../workspace/model/workflow.ts';

/** What people write about a profile: no reason to keep it closed, however it was merged. */
const usedOfProfile = profileInputSchema.omit({
  name: true,
  notes: true,
  tags: true,
  group: true,
  color: true,
  number: true,
});

/**
 * Asked before a profile is opened, run or measured. What came from another device was signed by one of
 * this workspace, and says nothing about its values: that device may be newer than this one, or in the
 * wrong hands, and two edits that are each within bounds may be beyond them when merged.
 *
 * @throws FailureError `recordUnusable`.
 */
export const requireUsableProfile = (profile: Named): void => requireUsable(usedOfProfile, profile);

/** As {@link requireUsableProfile}, for the way that a profile leaves by. */
export const requireUsableProxy = (proxy: Named): void =>
  requireUsable(proxyInputSchema.omit({ name: true, notes: true, tags: true }), proxy);

/** As {@link requireUsableProfile}: kinds of steps that only a newer version has are refused before a run. */
export function requireUsableWorkflow(workflow: Workflow): void {
  const { id: _id, createdAt: _created, updatedAt: _updated, ...document } = workflow;
  const parsed = parseWorkflow(document);
  if (parsed.ok || parsed.failure.code !== 'invalid') return;
  const [issue] = parsed.failure.issues;
  throw new FailureError({
    code: 'recordUnusable',
    name: workflow.name,
    field: issue?.path ?? 'steps',
  });
}

type Named = { readonly name: string };

function requireUsable(schema: z.ZodObject, record: Named): void {
  const known = Object.entries(record).filter(([key]) => key in schema.shape);
  const { error } = schema.safeParse(Object.fromEntries(known));
  const [issue] = error?.issues ?? [];
  if (!issue) return;
  throw new FailureError({
    code: 'recordUnusable',
    name: record.name,
    field: formatPath(issue.path),
  });
}
