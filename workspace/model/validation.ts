/** Turns a zod refusal into {@link Issue}s whose paths read like the input: `steps[2].url`. */
import type { z } from 'zod';
import { fail, type Issue, ok, type Result } from './failure.ts';

export function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) =>
      typeof part === 'number'
        ? `${text}[${part}]`
        : text
          ? `${text}.${String(part)}`
          : String(part),
    '',
  );
}

export function issuesOf(error: z.ZodError, prefix: readonly PropertyKey[] = []): Issue[] {
  return error.issues.flatMap((issue) => {
    const path = [...prefix, ...issue.path];
    // A union reports one list of issues a branch; the branch that got furthest says most.
    if (issue.code === 'invalid_union' && issue.errors.length > 0) {
      const best = issue.errors.reduce((a, b) => (deepest(b) > deepest(a) ? b : a));
      if (deepest(best) > 0) {
        return best.map((inner) => ({
          path: formatPath([...path, ...inner.path]),
          message: inner.message,
        }));
      }
    }
    return [{ path: formatPath(path), message: issue.message }];
  });
}

function deepest(issues: readonly { path: readonly PropertyKey[] }[]): number {
  return Math.max(0, ...issues.map((issue) => issue.path.length));
}

/** @returns the parsed value, or `invalid` with one issue a refused field. */
export function validate<S extends z.ZodType>(schema: S, input: unknown): Result<z.output<S>> {
  const parsed = schema.safeParse(input);
  return parsed.success
    ? ok(parsed.data)
    : fail({ code: 'invalid', issues: issuesOf(parsed.error) });
}
