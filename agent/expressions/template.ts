/**
 * Text with expressions in it: `Hello {{ row.name }}`. An expression ends at the first `}}` outside of
 * a quoted string, so that `{{ {"a": {"b": 1} } }}` needs the space between its braces. The braces
 * themselves are written `{{ "{{" }}`.
 */
import type { JsonValue } from '../../workspace/model/workflow.ts';
import {
  ExpressionError,
  evaluate,
  expressionLimits,
  parseExpression,
  type Scope,
} from './expression.ts';

type Part = { readonly text: string } | { readonly expression: string };

/** True when the text has an expression in it at all. */
export function hasExpression(text: string): boolean {
  return text.includes('{{');
}

/**
 * Checks a template without evaluating it.
 * @throws ExpressionError naming the expression that does not parse
 */
export function checkTemplate(text: string): void {
  for (const part of templateParts(text))
    if ('expression' in part) parseExpression(part.expression);
}

/**
 * @returns the text with its expressions replaced; lists and maps appear as JSON, null as nothing
 * @throws ExpressionError also when the whole is longer than `expressionLimits.result`
 */
export function renderText(text: string, scope: Scope): string {
  if (!hasExpression(text)) return text;
  const rendered = templateParts(text)
    .map((part) => ('text' in part ? part.text : asText(evaluate(part.expression, scope))))
    .join('');
  if (rendered.length > expressionLimits.result) {
    throw new ExpressionError(text.slice(0, 120), 'gives more text than is allowed');
  }
  return rendered;
}

/** Like {@link renderText}, but a text that is one expression and nothing else keeps the value's type. */
export function renderValue(text: string, scope: Scope): JsonValue {
  if (!hasExpression(text)) return text;
  const only = wholeExpression(text);
  return only === null ? renderText(text, scope) : evaluate(only, scope);
}

/** Renders every string inside a JSON value; keys stay as they are. */
export function renderJson(value: JsonValue, scope: Scope): JsonValue {
  if (typeof value === 'string') return renderValue(value, scope);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: JsonValue) => renderJson(item, scope));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, renderJson(item, scope)]),
  );
}

/** The expression of a field that holds nothing but one; the braces around it may be left out. */
export function bareExpression(text: string): string {
  return wholeExpression(text) ?? text.trim();
}

function wholeExpression(text: string): string | null {
  const trimmed = text.trim();
  if (!trimmed.startsWith('{{') || !trimmed.endsWith('}}')) return null;
  const parts = templateParts(trimmed);
  const [only] = parts;
  return parts.length === 1 && only && 'expression' in only ? only.expression : null;
}

function asText(value: JsonValue): string {
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** @returns the text between expressions, and these without their braces, in order. */
export function templateParts(text: string): Part[] {
  const parts: Part[] = [];
  let at = 0;
  while (at < text.length) {
    const start = text.indexOf('{{', at);
    if (start < 0) break;
    if (start > at) parts.push({ text: text.slice(at, start) });
    const end = endOfExpression(text, start + 2);
    parts.push({ expression: text.slice(start + 2, end).trim() });
    at = end + 2;
  }
  if (at < text.length) parts.push({ text: text.slice(at) });
  return parts;
}

function endOfExpression(text: string, start: number): number {
  let quote = '';
  for (let at = start; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (quote) {
      if (character === '\\') at += 1;
      else if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '}' && text.charAt(at + 1) === '}') return at;
  }
  throw new ExpressionError(text.slice(start - 2, start + 80), '"{{" is not closed by "}}"');
}
