/** Puts the refusals of a workflow to the step and field they are about. */
import type { Issue } from '../../../../workspace/model/failure.ts';
import type { OutlineRow } from './outline/stepTree.ts';

export interface SortedIssues {
  /** By step id and field; the field is empty for the step as a whole. */
  readonly bySteps: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
  /** About the workflow itself: its name, its variables. */
  readonly general: readonly Issue[];
}

export function sortIssues(issues: readonly Issue[], rows: readonly OutlineRow[]): SortedIssues {
  const bySteps = new Map<string, Map<string, string[]>>();
  const general: Issue[] = [];
  // The deepest step comes first, so that an inner step takes its issue before the one around it.
  const steps = rows
    .flatMap((row) => (row.kind === 'step' ? [row] : []))
    .sort((a, b) => b.path.length - a.path.length);
  for (const issue of issues) {
    const row = steps.find((one) => isInside(issue.path, one.path));
    if (!row) {
      general.push(issue);
      continue;
    }
    const rest = issue.path.slice(row.path.length).replace(/^\./, '');
    const field = rest.split(/[.[]/)[0] ?? '';
    const inner = rest.slice(field.length).replace(/^\./, '');
    const fields = bySteps.get(row.step.id) ?? new Map<string, string[]>();
    const message = inner ? `${inner}: ${issue.message}` : issue.message;
    fields.set(field, [...(fields.get(field) ?? []), message]);
    bySteps.set(row.step.id, fields);
  }
  return { bySteps, general };
}

function isInside(path: string, of: string): boolean {
  return path.startsWith(of) && /^([.[]|$)/.test(path.slice(of.length));
}
