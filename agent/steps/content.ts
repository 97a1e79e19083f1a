/** What is inside a step's fields: checks that it parses, and renders it when the step runs. */
import type { Issue } from '../../workspace/model/failure.ts';
import { formatPath } from '../../workspace/model/validation.ts';
import type { JsonValue } from '../../workspace/model/workflow.ts';
import { ExpressionError, parseExpression, type Scope } from '../expressions/expression.ts';
import {
  bareExpression,
  checkTemplate,
  hasExpression,
  renderJson,
  renderText,
  renderValue,
} from '../expressions/template.ts';
import { type StepDefinition, StepError } from './definition.ts';
import type { Content } from './fields.ts';

type Path = readonly PropertyKey[];

/** @param values the step's fields as its schema gave them back */
export function contentIssues(
  values: Readonly<Record<string, unknown>>,
  definition: StepDefinition,
  path: Path,
): Issue[] {
  return Object.entries(definition.fields).flatMap(([name, field]) =>
    textsOf(values[name], field.content, [...path, name]).flatMap((text) => issueOf(text)),
  );
}

/** @throws ExpressionError, or StepError when a template gives a number's field no whole number */
export function renderField(value: unknown, content: Content, scope: Scope): unknown {
  if (value === undefined) return undefined;
  switch (content) {
    case 'template':
      return typeof value === 'string' ? renderText(value, scope) : value;
    case 'number':
      return typeof value === 'string' ? wholeNumber(value, scope, 0) : value;
    case 'offset':
      return typeof value === 'string' ? wholeNumber(value, scope, -Infinity) : value;
    case 'json':
      return renderJson(value as JsonValue, scope);
    case 'selectors':
    case 'frame':
      return renderStrings(value as JsonValue, scope);
    default:
      return value;
  }
}

/** Renders every string as text, so that a number in a selector stays part of the selector. */
export function renderStrings(value: JsonValue, scope: Scope): JsonValue {
  if (typeof value === 'string') return renderText(value, scope);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: JsonValue) => renderStrings(item, scope));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, renderStrings(item, scope)]),
  );
}

function wholeNumber(text: string, scope: Scope, least: number): number {
  const value = Number(renderValue(text, scope));
  if (Number.isSafeInteger(value) && value >= least) return value;
  const bound = least === 0 ? ' from 0 up' : '';
  throw new StepError('expressionFailed', `"${text}" is not a whole number${bound}`);
}

interface WrittenText {
  readonly path: Path;
  readonly text: string;
  readonly bare: boolean;
}

function textsOf(value: unknown, content: Content, path: Path): WrittenText[] {
  if (content === 'plain' || content === 'steps') return [];
  if (typeof value === 'string') {
    const bare = content === 'expression' || content === 'conditions';
    return [{ path, text: value, bare }];
  }
  if (typeof value !== 'object' || value === null) return [];
  // Inside of a condition that looks at the page there are selectors, which are templates.
  const inner = content === 'conditions' && !Array.isArray(value) ? 'selectors' : content;
  const entries: [PropertyKey, unknown][] = Array.isArray(value)
    ? value.map((item, index) => [index, item])
    : Object.entries(value);
  return entries.flatMap(([key, item]) => textsOf(item, inner, [...path, key]));
}

function issueOf({ path, text, bare }: WrittenText): Issue[] {
  try {
    if (bare) parseExpression(bareExpression(text));
    else if (hasExpression(text)) checkTemplate(text);
    return [];
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return [{ path: formatPath(path), message: error.message }];
  }
}
