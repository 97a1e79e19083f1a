/** The kinds of steps as a builder, the JSON view and the command line see them. */
import { z } from 'zod';
import { type StepDefinition, type StepGroup, schemaOf } from './definition.ts';
import type { Editor } from './fields.ts';
import { stepDefinitions } from './registry.ts';

export interface StepKind {
  readonly type: string;
  readonly group: StepGroup;
  /** JSON Schema (2020-12) of the whole step, common options included. */
  readonly schema: Readonly<Record<string, unknown>>;
  readonly fields: readonly StepField[];
  /** A new step of this kind, without its id. */
  readonly template: Readonly<Record<string, unknown>>;
}

export interface StepField {
  readonly name: string;
  readonly editor: Editor;
  readonly required: boolean;
  readonly choices?: readonly string[];
}

export function stepCatalogue(): StepKind[] {
  return stepDefinitions.map((definition) => ({
    type: definition.type,
    group: definition.group,
    // What a file may contain, not what checking makes of it: defaults are optional there.
    schema: z.toJSONSchema(schemaOf(definition), { io: 'input', unrepresentable: 'any' }),
    fields: fieldsOf(definition),
    template: definition.template,
  }));
}

function fieldsOf(definition: StepDefinition): StepField[] {
  return Object.entries(definition.fields).map(([name, field]) => ({
    name,
    editor: field.editor,
    required: !field.schema.safeParse(undefined).success,
    ...(field.choices ? { choices: field.choices } : {}),
  }));
}
