/** Selectors as the form edits them: one way of finding, its text, and what refines it. */
export const strategies = [
  'css',
  'role',
  'label',
  'text',
  'placeholder',
  'testId',
  'xpath',
] as const;
export type Strategy = (typeof strategies)[number];

/** Strategies whose text may have to fit exactly. */
const withExact: readonly Strategy[] = ['text', 'label', 'role', 'placeholder'];
export const mayBeExact = (strategy: Strategy): boolean => withExact.includes(strategy);

export interface SelectorParts {
  readonly strategy: Strategy;
  readonly text: string;
  /** The accessible name, which goes with a role. */
  readonly name: string;
  readonly exact: boolean;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A plain string is CSS. What is no selector at all is shown as an empty one. */
export function readSelector(selector: unknown): SelectorParts {
  const plain = { name: '', exact: false };
  if (!isRecord(selector)) return { strategy: 'css', text: textIn(selector), ...plain };
  const strategy = strategies.find((one) => one in selector) ?? 'css';
  return {
    strategy,
    text: textIn(selector[strategy]),
    name: textIn(selector.name),
    exact: selector.exact === true,
  };
}

/** Leaves out what does not go with the strategy, since the host refuses it. */
export function writeSelector(parts: SelectorParts): unknown {
  if (parts.strategy === 'css') return parts.text;
  return {
    [parts.strategy]: parts.text,
    ...(parts.strategy === 'role' && parts.name ? { name: parts.name } : {}),
    ...(mayBeExact(parts.strategy) && parts.exact ? { exact: true } : {}),
  };
}

export const conditionKinds = ['expression', 'visible', 'hidden'] as const;
export type ConditionKind = (typeof conditionKinds)[number];

export function kindOfCondition(condition: unknown): ConditionKind {
  if (!isRecord(condition)) return 'expression';
  return 'hidden' in condition ? 'hidden' : 'visible';
}

/** The selectors of a condition about the page; one empty one when it has none. */
export function selectorsOfCondition(condition: unknown): readonly unknown[] {
  if (!isRecord(condition)) return [''];
  const list = condition.visible ?? condition.hidden;
  return Array.isArray(list) ? list : [''];
}

/** A condition of another kind, keeping the selectors where both kinds have them. */
export function conditionOfKind(kind: ConditionKind, before: unknown): unknown {
  if (kind === 'expression') return typeof before === 'string' ? before : '';
  return { [kind]: selectorsOfCondition(before) };
}
