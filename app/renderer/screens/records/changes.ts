/** What an edit of a record changes, and what was refused of it. Pure. */
import type { Failure } from '../../../../workspace/model/failure.ts';

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Only what differs is sent, so that an edit made elsewhere to another field is kept. */
export function changedFields<T extends object>(before: T, after: T): Partial<T> {
  const names = Object.keys(after) as (keyof T)[];
  return Object.fromEntries(
    names.filter((name) => !same(before[name], after[name])).map((name) => [name, after[name]]),
  ) as Partial<T>;
}

export interface FieldProblems {
  readonly byField: Readonly<Record<string, readonly string[]>>;
  /** True when something was refused that belongs to no field of the form. */
  readonly general: boolean;
}

/**
 * Sorts a refusal's issues by the form's fields; `input.viewport.width` belongs to `viewport`.
 * @param form has the form's fields.
 */
export function fieldProblems(failure: Failure | null, form: object): FieldProblems {
  if (!failure) return { byField: {}, general: false };
  if (failure.code !== 'invalid') return { byField: {}, general: true };
  const byField: Record<string, string[]> = {};
  let general = false;
  for (const issue of failure.issues) {
    const field = issue.path.replace(/^(input|patch)\./, '').split(/[.[]/)[0] ?? '';
    if (Object.hasOwn(form, field)) byField[field] = [...(byField[field] ?? []), issue.message];
    else general = true;
  }
  return { byField, general };
}
