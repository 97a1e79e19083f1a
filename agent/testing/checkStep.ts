/** Checks a single step the way a workflow file is checked, in one line. */
import { parseWorkflow } from '../steps/index.ts';

/** @returns `path: message` of every issue, paths without the leading `steps[0]`; empty when it is fine */
export function issuesOfStep(step: Readonly<Record<string, unknown>>): string[] {
  const parsed = parseWorkflow({ name: 'Test', steps: [step] });
  if (parsed.ok) return [];
  if (parsed.failure.code !== 'invalid') throw new Error(parsed.failure.code);
  return parsed.failure.issues.map(
    ({ path, message }) => `${path.replace(/^steps\[0\]\.?/, '')}: ${message}`,
  );
}
