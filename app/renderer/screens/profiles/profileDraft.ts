/** A profile while it is edited. */
import type { Failure } from '../../../../workspace/model/failure.ts';
import type { ProfileInput, ProfilePatch } from '../../../../workspace/model/profile.ts';

export const emptyProfile = (): ProfileInput => ({
  name: '',
  notes: '',
  tags: [],
  viewport: { width: 1280, height: 800 },
  locale: null,
  timeZone: null,
  colorScheme: null,
  userAgent: null,
  proxyId: null,
});

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Only what differs is sent, so that an edit made elsewhere to another field is kept. */
export function changedFields(before: ProfileInput, after: ProfileInput): ProfilePatch {
  const names = Object.keys(after) as (keyof ProfileInput)[];
  return Object.fromEntries(
    names.filter((name) => !same(before[name], after[name])).map((name) => [name, after[name]]),
  );
}

export interface FieldProblems {
  readonly byField: Readonly<Record<string, readonly string[]>>;
  /** True when something was refused that belongs to no field of the form. */
  readonly general: boolean;
}

/** Sorts a refusal's issues by the form's fields; `input.viewport.width` belongs to `viewport`. */
export function fieldProblems(failure: Failure | null): FieldProblems {
  if (!failure) return { byField: {}, general: false };
  if (failure.code !== 'invalid') return { byField: {}, general: true };
  const byField: Record<string, string[]> = {};
  let general = false;
  for (const issue of failure.issues) {
    const field = issue.path.replace(/^(input|patch)\./, '').split(/[.[]/)[0] ?? '';
    if (field in emptyProfile()) byField[field] = [...(byField[field] ?? []), issue.message];
    else general = true;
  }
  return { byField, general };
}
