/** Says what is wrong with a step in words that its author can act on, at the path they can find. */
import type { z } from 'zod';
import type { Issue } from '../../workspace/model/failure.ts';
import { formatPath } from '../../workspace/model/validation.ts';

type Path = readonly PropertyKey[];
type ZodIssue = z.core.$ZodIssue;

/** @param owner what unknown fields do not belong to: `"click"` */
export function readableIssues(error: z.ZodError, prefix: Path, owner: string): Issue[] {
  return error.issues.flatMap((issue) => readable(issue, prefix, owner));
}

function readable(issue: ZodIssue, prefix: Path, owner: string): Issue[] {
  const path = [...prefix, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    const of = issue.path.length === 0 ? owner : 'this part';
    return issue.keys.map((key) => ({
      path: formatPath([...path, key]),
      message: `is not a field of ${of}`,
    }));
  }
  if (issue.code === 'invalid_union') {
    const branch = closest(issue.errors);
    if (branch) return branch.flatMap((inner) => readable(inner, path, owner));
  }
  return [{ path: formatPath(path), message: messageOf(issue) }];
}

/** The branch of a union that the author meant: the one whose own type fits, or got furthest. */
function closest(branches: readonly (readonly ZodIssue[])[]): readonly ZodIssue[] | undefined {
  const rank = (issues: readonly ZodIssue[]) =>
    issues.some((issue) => issue.code === 'invalid_type' && issue.path.length === 0)
      ? -1
      : Math.max(0, ...issues.map((issue) => issue.path.length));
  const ranked = branches.filter((issues) => rank(issues) >= 0);
  return ranked.toSorted((a, b) => rank(b) - rank(a))[0];
}

function messageOf(issue: ZodIssue): string {
  if (issue.message.endsWith('received undefined')) return 'is missing';
  if (issue.code === 'invalid_type') return `must be ${article(issue.expected)}`;
  if (issue.code === 'invalid_value') {
    return `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
  }
  if (issue.code === 'invalid_union') {
    const absent = issue.errors.flat().some((inner) => messageOf(inner) === 'is missing');
    return absent ? 'is missing' : 'is of the wrong type';
  }
  return issue.message.replace(/^Invalid input: /, '');
}

function article(type: string): string {
  if (type === 'int') return 'a whole number';
  if (type === 'array') return 'a list';
  return /^[aeio]/.test(type) ? `an ${type}` : `a ${type}`;
}
