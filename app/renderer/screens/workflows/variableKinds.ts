/** How a variable's value is typed in a form, by what it is. */
import type { JsonValue } from '../../../../workspace/model/workflow.ts';

export const variableKinds = ['none', 'text', 'number', 'boolean', 'json'] as const;
export type VariableKind = (typeof variableKinds)[number];

export function kindOfValue(value: JsonValue | undefined): VariableKind {
  if (value === undefined) return 'none';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'boolean';
  return 'json';
}

/** The value of another kind that is closest to `value`; undefined for none. */
export function valueOfKind(
  kind: VariableKind,
  value: JsonValue | undefined,
): JsonValue | undefined {
  switch (kind) {
    case 'none':
      return undefined;
    case 'text':
      return value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
    case 'number': {
      const number = Number(value);
      return Number.isFinite(number) ? number : 0;
    }
    case 'boolean':
      return value === true || value === 'true';
    case 'json':
      return typeof value === 'object' ? value : [];
  }
}
