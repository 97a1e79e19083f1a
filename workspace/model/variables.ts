/** The values that a run starts with: what was given, checked against what the workflow declares. */
import { fail, type Issue, ok, type Result } from './failure.ts';
import type { JsonValue, Variable } from './workflow.ts';

/**
 * Text given for a variable whose default is a number, a truth value or a structure is read as such, so
 * that `--var count=3` and a form's text field mean what they say.
 *
 * @returns every declared variable's value, or `invalid` naming those unknown, missing or unreadable.
 */
export function resolveVariables(
  declared: readonly Variable[],
  given: Readonly<Record<string, JsonValue>>,
): Result<Record<string, JsonValue>> {
  const issues: Issue[] = Object.keys(given)
    .filter((name) => !declared.some((variable) => variable.name === name))
    .map((name) => ({ path: `variables.${name}`, message: 'is not a variable of this workflow' }));
  const values: Record<string, JsonValue> = {};
  for (const variable of declared) {
    const path = `variables.${variable.name}`;
    const value = Object.hasOwn(given, variable.name) ? given[variable.name] : variable.default;
    if (value === undefined) {
      issues.push({ path, message: 'has no default, so the run has to give a value' });
      continue;
    }
    const read = readAs(value, variable.default);
    if (read === undefined)
      issues.push({ path, message: `must be a ${typeName(variable.default)}` });
    else values[variable.name] = read;
  }
  return issues.length > 0 ? fail({ code: 'invalid', issues }) : ok(values);
}

/** @returns the value as the default's type, or undefined when it is none. */
function readAs(value: JsonValue, like: JsonValue | undefined): JsonValue | undefined {
  if (
    typeof value !== 'string' ||
    like === undefined ||
    like === null ||
    typeof like === 'string'
  ) {
    return value;
  }
  try {
    const read = JSON.parse(value) as JsonValue;
    return typeName(read) === typeName(like) ? read : undefined;
  } catch {
    return undefined;
  }
}

function typeName(value: JsonValue | undefined): string {
  if (Array.isArray(value)) return 'list';
  if (value === null) return 'null';
  return typeof value;
}
