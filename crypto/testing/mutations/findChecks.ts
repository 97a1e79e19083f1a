/**
 * Finds the checks in a source file: what refuses when a condition holds, each operand of `&&` and `||`,
 * each choice between a result and a refusal, the edge of each of these that compares, and each call that
 * requires something of an argument.
 */
import { parseSync } from 'oxc-parser';

/** A check, and what is written in its place to take it away. */
export interface Check {
  readonly file: string;
  readonly line: number;
  /** The text that goes. */
  readonly condition: string;
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

type Fields = Node & Record<string, unknown>;

/** @param file name to report. @returns its checks in the order of the text, none twice. */
export function findChecks(file: string, source: string): Check[] {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const checks = new Map<string, Check>();
  walk(program as unknown as Fields, (node) => {
    for (const [{ start, end }, replacement] of replacements(node)) {
      const line = source.slice(0, start).split('\n').length;
      const condition = source.slice(start, end).replace(/\s+/g, ' ');
      checks.set(`${start}-${end}`, { file, line, condition, start, end, replacement });
    }
  });
  return [...checks.values()].sort((a, b) => a.start - b.start || b.end - a.end);
}

const isNode = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && 'type' in value;

function walk(node: Fields, visit: (node: Fields) => void): void {
  visit(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) walk(child, visit);
    }
  }
}

function replacements(node: Fields): [Node, string][] {
  switch (node.type) {
    case 'IfStatement':
      return refuses(node.consequent) ? taken(node.test, 'false') : [];
    case 'ConditionalExpression':
      if (isRefusal(node.consequent)) return taken(node.test, 'false');
      return isRefusal(node.alternate) ? taken(node.test, 'true') : [];
    case 'LogicalExpression':
      return withoutOperands(node);
    case 'ExpressionStatement':
      return requires(node.expression) ? [[node, ';']] : [];
    default:
      return [];
  }
}

function withoutOperands(node: Fields): [Node, string][] {
  if (node.operator === '??') return [];
  const neutral = node.operator === '&&' ? 'true' : 'false';
  const chained = (side: unknown) =>
    isNode(side) && side.type === 'LogicalExpression' && side.operator === node.operator;
  return [node.left, node.right]
    .filter((side) => !chained(side))
    .flatMap((operand) => taken(operand, neutral));
}

const otherEdge: Readonly<Record<string, string>> = { '<': '<=', '<=': '<', '>': '>=', '>=': '>' };

/** A condition taken away and, where it compares, moved so that one more or one fewer passes. */
function taken(condition: unknown, replacement: string): [Node, string][] {
  const node = condition as Fields;
  const edge = node.type === 'BinaryExpression' && otherEdge[String(node.operator)];
  if (!edge) return [[node, replacement]];
  const between = { start: (node.left as Node).end, end: (node.right as Node).start };
  return [
    [node, replacement],
    [{ type: 'Operator', ...between }, ` ${edge} `],
  ];
}

/** Whether a statement does nothing but refuse. */
function refuses(statement: unknown): boolean {
  if (!isNode(statement)) return false;
  if (statement.type === 'BlockStatement') {
    const body = statement.body as unknown[];
    return body.length === 1 && refuses(body[0]);
  }
  if (statement.type === 'ThrowStatement') return true;
  return statement.type === 'ReturnStatement' && isRefusal(statement.argument);
}

function isRefusal(value: unknown): boolean {
  if (!isNode(value)) return false;
  if (value.type === 'Literal') return value.value === null || value.value === false;
  if (value.type === 'CallExpression') return nameOf(value.callee) === 'refused';
  return value.type === 'ObjectExpression' && (value.properties as Fields[]).some(saysNotOk);
}

const saysNotOk = (property: Fields): boolean =>
  nameOf(property.key) === 'ok' && isNode(property.value) && property.value.value === false;

const requires = (value: unknown): boolean =>
  isNode(value) && value.type === 'CallExpression' && /^require/.test(nameOf(value.callee));

const nameOf = (value: unknown): string =>
  isNode(value) && value.type === 'Identifier' ? String(value.name) : '';
