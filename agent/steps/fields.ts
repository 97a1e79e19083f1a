/**
 * The kinds of fields that steps are made of. Each says how the field is checked in a workflow file, how
 * a form edits it, and what the runner does with it before the step sees it: templates are rendered,
 * expressions are left for the step to evaluate when it wants to, nested steps arrive ready to run.
 */
import { z } from 'zod';
import { type JsonValue, variableNameSchema } from '../../workspace/model/workflow.ts';
import { isUsableName } from '../expressions/expression.ts';
import { hasExpression } from '../expressions/template.ts';
import type { PreparedStep } from './definition.ts';
import { type Selector, selectorSchema } from './selector.ts';

/** How a form edits a field; the host hands these on as they are. */
export type Editor =
  | 'text'
  | 'template'
  | 'expression'
  | 'code'
  | 'number'
  | 'boolean'
  | 'choice'
  | 'selectors'
  | 'conditions'
  | 'steps'
  | 'json';

/** What is inside, as far as checking and rendering are concerned. */
export type Content =
  | 'plain'
  | 'template'
  | 'number'
  | 'offset'
  | 'json'
  | 'selectors'
  | 'frame'
  | 'expression'
  | 'conditions'
  | 'steps';

export interface Field<Run> {
  readonly schema: z.ZodType;
  readonly editor: Editor;
  readonly content: Content;
  readonly choices?: readonly string[];
  /** Never set: carries the type that the step's executor sees. */
  readonly run?: Run;
}

/** When a page that is opened counts as there. */
export const loadStates = ['load', 'domcontentloaded', 'networkidle', 'commit'] as const;

/** Text in which `{{ }}` is evaluated; at most `max` characters before that. */
export function template(max = 100_000): Field<string> {
  return { schema: z.string().max(max), editor: 'template', content: 'template' };
}

/** Text that is taken as it stands. */
export function text(max = 10_000): Field<string> {
  return { schema: z.string().min(1).max(max), editor: 'text', content: 'plain' };
}

/** The page's own language, JavaScript. Braces are its own: it has no templates. */
export function code(max = 10_000): Field<string> {
  return { ...text(max), editor: 'code' };
}

export function choice<const C extends readonly [string, ...string[]]>(
  choices: C,
): Field<C[number]> {
  return { schema: z.enum(choices), editor: 'choice', content: 'plain', choices };
}

export function choices<const C extends readonly [string, ...string[]]>(
  options: C,
): Field<readonly C[number][]> {
  return {
    schema: z.array(z.enum(options)).max(options.length),
    editor: 'json',
    content: 'plain',
    choices: options,
  };
}

export function flag(): Field<boolean> {
  return { schema: z.boolean(), editor: 'boolean', content: 'plain' };
}

/** A whole number, or a template that gives one: `{{ size(rows) }}`. */
export function wholeNumber(bounds: { min: number; max: number }): Field<number> {
  const written = z.string().max(4_000).refine(hasExpression, 'must be a number or {{ }}');
  const schema = z.union([z.int().min(bounds.min).max(bounds.max), written]);
  return { schema, editor: 'number', content: 'number' };
}

/** A whole number of either sign, or a template that gives one. */
export function offset(most: number): Field<number> {
  return { ...wholeNumber({ min: -most, max: most }), content: 'offset' };
}

/** Any JSON value; the strings in it are templates, and one that is a single `{{ }}` keeps its type. */
export function json(): Field<JsonValue> {
  return { schema: z.json(), editor: 'json', content: 'json' };
}

/** An expression, with or without its braces, evaluated by the step. */
export function expression(): Field<string> {
  return { schema: z.string().min(1).max(4_000), editor: 'expression', content: 'expression' };
}

const usableName = variableNameSchema.refine(isUsableName, 'is a word of the expressions');

/** The name of a variable that the step sets. */
export function variable(): Field<string> {
  return { schema: usableName, editor: 'text', content: 'plain' };
}

/** The name of a loop's row, which may be the reserved word `row`. */
export function rowName(): Field<string> {
  const schema = z.union([z.literal('row'), usableName]);
  return { schema, editor: 'text', content: 'plain' };
}

export function point(): Field<{ readonly x: number; readonly y: number }> {
  const offset = z.number().min(-100_000).max(100_000);
  return { schema: z.strictObject({ x: offset, y: offset }), editor: 'json', content: 'plain' };
}

/** Keys that are held down meanwhile. */
export const heldKeys = () =>
  withDefault(choices(['Alt', 'Control', 'ControlOrMeta', 'Meta', 'Shift']), []);

/** Ways to find an element, tried in order. */
export function selectors(): Field<readonly Selector[]> {
  const schema = z.array(selectorSchema).min(1).max(20);
  return { schema, editor: 'selectors', content: 'selectors' };
}

/** Something that holds, by expression or by what is on the page now. */
export type Condition =
  | string
  | { readonly visible: readonly Selector[] }
  | { readonly hidden: readonly Selector[] };

export function conditions(): Field<readonly Condition[]> {
  const list = z.array(selectorSchema).min(1).max(20);
  const condition = z.union([
    z.string().min(1).max(4_000),
    z.strictObject({ visible: list }),
    z.strictObject({ hidden: list }),
  ]);
  return {
    schema: z.array(condition).min(1).max(50),
    editor: 'conditions',
    content: 'conditions',
  };
}

/** Nested steps. They are checked one by one, each against its own kind. */
export function steps(): Field<readonly PreparedStep[]> {
  const schema = z.array(z.looseObject({ type: z.string() })).max(2_000);
  return { schema, editor: 'steps', content: 'steps' };
}

export function optional<R>(field: Field<R>): Field<R | undefined> {
  return { ...without(field), schema: field.schema.optional() };
}

export function withDefault<R>(field: Field<R>, value: z.input<z.ZodType>): Field<R> {
  return { ...field, schema: field.schema.default(value) };
}

/** Where the element is: how to find it, in which frame, which of those found. */
export const target = {
  selectors: selectors(),
  ...place(),
};

/** The same where the step can do without an element. */
export const optionalTarget = {
  selectors: optional(selectors()),
  ...place(),
};

function place() {
  const frame: Field<readonly (string | number)[]> = {
    schema: z.array(z.union([z.string().min(1).max(2_000), z.int().min(0).max(1_000)])).max(10),
    editor: 'json',
    content: 'frame',
  };
  return {
    /** Frames from the outside in: a CSS selector of the frame's element, or its index. */
    frame: optional(frame),
    /** Which of the matching elements, from 0; the first when absent. */
    nth: optional(wholeNumber({ min: 0, max: 100_000 })),
  };
}

function without<R>(field: Field<R>): Omit<Field<R>, 'run'> {
  const { run: _, ...rest } = field;
  return rest;
}
