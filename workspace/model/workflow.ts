/**
 * A workflow: named, with variables and a nested list of steps. This file knows the outline that all
 * kinds of steps share; what a kind's own fields mean belongs to `agent/steps`.
 */
import { z } from 'zod';

/** Names that expressions may use: letters, digits, underscore; not a word of the language. */
const reserved = [
  'row',
  'index',
  'profile',
  'run',
  'true',
  'false',
  'null',
  'in',
  '__proto__',
  'constructor',
  'prototype',
];

export const variableNameSchema = z
  .string()
  .regex(
    /^[A-Za-z_][A-Za-z0-9_]{0,63}$/,
    'must be letters, digits and underscores, not starting with a digit',
  )
  .refine((name) => !reserved.includes(name), 'is a reserved name');

export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

export const jsonValueSchema: z.ZodType<JsonValue, JsonValue> = z.json() as z.ZodType<
  JsonValue,
  JsonValue
>;

export const variableSchema = z.strictObject({
  name: variableNameSchema,
  description: z.string().max(500).default(''),
  /** Used when a run gives no value; without one the run must give it. */
  default: jsonValueSchema.optional(),
});

export type Variable = z.output<typeof variableSchema>;

/** What every kind of step carries; `type` picks the kind, the other fields belong to it. */
export interface Step {
  readonly id: string;
  readonly type: string;
  readonly name?: string | undefined;
  readonly [field: string]: unknown;
}

/** Bounds that keep a workflow a document a person can edit. */
export const workflowLimits = {
  steps: 2_000,
  depth: 12,
  variables: 200,
  bytes: 2_000_000,
} as const;

export const workflowOutlineSchema = z.strictObject({
  /** Marks the file format, so that a later one can be told apart. */
  format: z.literal('warren-workflow').default('warren-workflow'),
  formatVersion: z.literal(1).default(1),
  name: z.string().trim().min(1).max(200),
  description: z.string().max(20_000).default(''),
  variables: z.array(variableSchema).max(workflowLimits.variables).default([]),
  steps: z.array(z.looseObject({ type: z.string() })).max(workflowLimits.steps),
});

export interface WorkflowInput {
  readonly format: 'warren-workflow';
  readonly formatVersion: 1;
  readonly name: string;
  readonly description: string;
  readonly variables: readonly Variable[];
  readonly steps: readonly Step[];
}

export interface Workflow extends WorkflowInput {
  readonly id: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A row of the workflow list. */
export interface WorkflowRow {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly stepCount: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly lastRunAt: number | null;
  readonly lastOutcome: string | null;
}
