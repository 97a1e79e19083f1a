/**
 * Expressions of workflows: CEL, evaluated over JSON values. Nothing of JavaScript can be reached from
 * one: names come from the scope alone, fields are own properties, functions are CEL's.
 *
 * Numbers are JSON numbers. CEL tells whole numbers from fractions and refuses to mix them, which no
 * author of a workflow expects of `index + 1`; the mixed operators are added here, and `+` joins text
 * with numbers.
 */
import { Environment, type ParseResult } from '@marcbachmann/cel-js';
import type { JsonValue } from '../../workspace/model/workflow.ts';
import { TookTooLong, withinTime } from './guard.ts';
import { toJson } from './json.ts';

export const expressionLimits = {
  /** Characters of one expression. */
  length: 4_000,
  /** Nodes of its syntax tree and their nesting. */
  nodes: 1_000,
  depth: 50,
  /** Milliseconds for one evaluation that loops over a list or matches a pattern. */
  time: 500,
  /** Characters of text in a result, all of its strings together. */
  result: 1_000_000,
} as const;

/** Why an expression could not be read or gave no value; the message names the expression. */
export class ExpressionError extends Error {
  readonly expression: string;
  constructor(expression: string, message: string) {
    super(message);
    this.name = 'ExpressionError';
    this.expression = expression;
  }
}

/** The names an expression may use; its prototype, if any, is another scope. */
export type Scope = Readonly<Record<string, JsonValue>>;

const environment = withMixedOperators(
  new Environment({
    unlistedVariablesAreDyn: true,
    homogeneousAggregateLiterals: false,
    enableOptionalTypes: true,
    limits: { maxAstNodes: expressionLimits.nodes, maxDepth: expressionLimits.depth },
  }),
);

/** Parsed expressions by source; emptied when it grows past any real workflow. */
const parsed = new Map<string, ParseResult>();
const keptExpressions = 5_000;

/** False for words of CEL (`if`, `list`, `type`) that an expression could not mean as a variable. */
export function isUsableName(name: string): boolean {
  try {
    return !environment.hasVariable(name) && parseExpression(name).ast.op === 'id';
  } catch (error) {
    if (error instanceof ExpressionError) return false;
    throw error;
  }
}

/**
 * Parses without evaluating.
 * @throws ExpressionError naming what is wrong with it
 */
export function parseExpression(source: string): ParseResult {
  const known = parsed.get(source);
  if (known) return known;
  if (source.length > expressionLimits.length) {
    throw new ExpressionError(
      shortened(source),
      `is longer than ${expressionLimits.length} characters`,
    );
  }
  const program = attempt(source, () => environment.parse(source));
  if (parsed.size >= keptExpressions) parsed.clear();
  parsed.set(source, program);
  return program;
}

/**
 * @returns a JSON value of its own, sharing nothing with the scope that could be changed
 * @throws ExpressionError: unknown name, wrong types, too long, too large, not a JSON value
 */
export function evaluate(source: string, scope: Scope): JsonValue {
  const program = parseExpression(source);
  const run = () => toJson(program(scope), expressionLimits.result);
  return attempt(source, () =>
    mayTakeLong(source) ? withinTime(expressionLimits.time, run) : run(),
  );
}

/** Evaluates a condition. @throws ExpressionError also when the result is neither true nor false */
export function evaluateCondition(source: string, scope: Scope): boolean {
  const value = evaluate(source, scope);
  if (typeof value === 'boolean') return value;
  throw new ExpressionError(
    shortened(source),
    `"${shortened(source)}" is ${kindOf(value)}; a condition must be true or false`,
  );
}

/** The macros that loop, and the function that runs a pattern. */
function mayTakeLong(source: string): boolean {
  return /\b(?:map|filter|all|exists|exists_one|bind|matches)\s*\(/.test(source);
}

function attempt<T>(source: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw new ExpressionError(shortened(source), `"${shortened(source)}": ${reasonOf(error)}`);
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof TookTooLong) return error.message;
  if (!(error instanceof Error)) return 'could not be evaluated';
  const summary: unknown = Reflect.get(error, 'summary');
  return typeof summary === 'string' ? summary : error.message;
}

function kindOf(value: JsonValue): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a map' : `a ${typeof value}`;
}

function shortened(source: string): string {
  return source.length > 120 ? `${source.slice(0, 117)}...` : source;
}

function withMixedOperators(target: Environment): Environment {
  const arithmetic: readonly [string, (a: number, b: number) => number][] = [
    ['+', (a, b) => a + b],
    ['-', (a, b) => a - b],
    ['*', (a, b) => a * b],
    ['/', (a, b) => a / b],
    ['%', (a, b) => a % b],
  ];
  for (const [operator, apply] of arithmetic) {
    const handler = (a: unknown, b: unknown) => apply(Number(a), Number(b));
    target.registerOperator(`int ${operator} double`, handler);
    target.registerOperator(`double ${operator} int`, handler);
  }
  target.registerOperator('double % double', (a: number, b: number) => a % b);
  for (const type of ['int', 'double', 'bool']) {
    const join = (a: unknown, b: unknown) => String(a) + String(b);
    target.registerOperator(`string + ${type}`, join);
    target.registerOperator(`${type} + string`, join);
  }
  return target;
}
