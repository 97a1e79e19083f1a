/**
 * Reads a workflow file: the outline, then every step against its kind, nested ones included. Whatever
 * the input, the answer is a workflow or a list of issues with their paths; nothing is thrown.
 */
import { fail, type Issue, ok, type Result } from '../../workspace/model/failure.ts';
import { formatPath } from '../../workspace/model/validation.ts';
import {
  type JsonValue,
  type Step,
  type WorkflowInput,
  workflowLimits,
  workflowOutlineSchema,
} from '../../workspace/model/workflow.ts';
import { isUsableName } from '../expressions/expression.ts';
import { contentIssues } from './content.ts';
import { copyDocument } from './copy.ts';
import type { Fields } from './definition.ts';
import { type RunStep, type StepDefinition, schemaOf } from './definition.ts';
import { readableIssues } from './issues.ts';
import { definitionOf, stepDefinitions } from './registry.ts';

/** More than this nobody reads at once. */
const mostIssues = 100;

/**
 * @param document the parsed content of a workflow file
 * @returns the workflow as its author wrote it, every step with an id; or `invalid` with paths such as
 * `steps[2].then[0].selectors[0]`, at most 100
 */
export function parseWorkflow(document: unknown): Result<WorkflowInput> {
  const copied = copyDocument(document, workflowLimits.bytes);
  if (!copied.ok) return fail({ code: 'invalid', issues: [copied.issue] });
  const walk: Walk = { issues: [], ids: new Set(), count: 0 };
  const outline = parseOutline(copied.value, walk);
  const steps = checkSteps(written(copied.value, 'steps'), ['steps'], 1, walk);
  if (walk.count > workflowLimits.steps) {
    walk.issues.push({ path: 'steps', message: `more than ${workflowLimits.steps} steps` });
  }
  if (!outline || walk.issues.length > 0) {
    return fail({ code: 'invalid', issues: walk.issues.slice(0, mostIssues) });
  }
  return ok({ ...outline, steps: withIds(steps, walk.ids) });
}

interface Walk {
  readonly issues: Issue[];
  readonly ids: Set<string>;
  count: number;
}

type Path = readonly PropertyKey[];
type JsonObject = Readonly<Record<string, JsonValue>>;

/** A step that was checked; its id is given once all ids of the file are known. */
interface CheckedStep {
  readonly fields: JsonObject;
  readonly nested: Readonly<Record<string, readonly CheckedStep[]>>;
}

function parseOutline(document: JsonValue, walk: Walk): WorkflowInput | null {
  // The steps are checked one by one afterwards, each with its own messages.
  const outline = isObject(document)
    ? { ...document, ...(Array.isArray(document.steps) ? { steps: [] } : {}) }
    : document;
  const parsed = workflowOutlineSchema.safeParse(outline);
  if (!parsed.success) {
    walk.issues.push(...readableIssues(parsed.error, [], 'a workflow'));
    return null;
  }
  checkVariables(parsed.data.variables, walk);
  return { ...parsed.data, steps: [] };
}

function checkVariables(variables: WorkflowInput['variables'], walk: Walk): void {
  const names = new Set<string>();
  for (const [index, { name }] of variables.entries()) {
    const path = `variables[${index}].name`;
    if (names.has(name)) walk.issues.push({ path, message: `"${name}" is there twice` });
    if (!isUsableName(name)) walk.issues.push({ path, message: 'is a word of the expressions' });
    names.add(name);
  }
}

function checkSteps(list: JsonValue, path: Path, depth: number, walk: Walk): CheckedStep[] {
  // What is not a list has been refused by the schema around it.
  if (!Array.isArray(list)) return [];
  walk.count += list.length;
  if (depth > workflowLimits.depth) {
    const message = `steps are nested deeper than ${workflowLimits.depth}`;
    walk.issues.push({ path: formatPath(path), message });
    return [];
  }
  if (walk.count > workflowLimits.steps || walk.issues.length > mostIssues) return [];
  return list.map((step: JsonValue, index) => checkStep(step, [...path, index], depth, walk));
}

function checkStep(step: JsonValue, path: Path, depth: number, walk: Walk): CheckedStep {
  const nothing = { fields: {}, nested: {} };
  const refuse = (at: Path, message: string) => {
    walk.issues.push({ path: formatPath(at), message });
    return nothing;
  };
  if (!isObject(step)) return refuse(path, 'must be a step');
  if (step.type === undefined) return refuse([...path, 'type'], 'is missing');
  const definition = typeof step.type === 'string' ? definitionOf(step.type) : undefined;
  if (!definition) return refuse([...path, 'type'], unknownType(step.type));
  checkFields(step, definition, path, walk);
  takeId(step, path, walk);
  const lists = Object.entries(definition.fields).filter(([, field]) => field.content === 'steps');
  const nested = lists.flatMap(([name]) => {
    const inner = step[name];
    if (inner === undefined) return [];
    return [[name, checkSteps(inner, [...path, name], depth + 1, walk)] as const];
  });
  return { fields: step, nested: Object.fromEntries(nested) };
}

function checkFields(step: JsonObject, definition: StepDefinition, path: Path, walk: Walk): void {
  // Nested steps have their own turn; here it counts that they are a list.
  const parsed = schemaOf(definition).safeParse(withoutNested(step, definition));
  if (!parsed.success) {
    walk.issues.push(...readableIssues(parsed.error, path, `"${definition.type}"`));
    return;
  }
  // `check` reads which fields are there; templates in them do not matter to it.
  for (const { field, message } of definition.check?.(parsed.data as RunStep<Fields>) ?? []) {
    walk.issues.push({ path: formatPath(field ? [...path, field] : path), message });
  }
  walk.issues.push(...contentIssues(parsed.data, definition, path));
}

function withoutNested(step: JsonObject, definition: StepDefinition): JsonObject {
  return Object.fromEntries(
    Object.entries(step).map(([name, value]) => {
      const isList = definition.fields[name]?.content === 'steps' && Array.isArray(value);
      return [name, isList ? [] : value];
    }),
  );
}

function takeId(step: JsonObject, path: Path, walk: Walk): void {
  if (typeof step.id !== 'string') return;
  if (walk.ids.has(step.id)) {
    const message = `"${step.id}" is the id of another step`;
    walk.issues.push({ path: formatPath([...path, 'id']), message });
  }
  walk.ids.add(step.id);
}

/** Gives `s1`, `s2`, … in the order of the file, leaving out those taken. */
function withIds(steps: readonly CheckedStep[], taken: ReadonlySet<string>): Step[] {
  let last = 0;
  const fresh = (): string => {
    do last += 1;
    while (taken.has(`s${last}`));
    return `s${last}`;
  };
  const give = ({ fields, nested }: CheckedStep): Step => {
    const { id, type, ...rest } = fields;
    const own = typeof id === 'string' ? id : fresh();
    const inner = Object.entries(nested).map(([name, list]) => [name, list.map(give)]);
    return { id: own, type: String(type), ...rest, ...Object.fromEntries(inner) };
  };
  return steps.map(give);
}

function unknownType(type: JsonValue | undefined): string {
  if (typeof type !== 'string') return 'must be a string';
  const kinds = stepDefinitions.map((definition) => definition.type).join(', ');
  return `"${type.slice(0, 60)}" is not a kind of step; the kinds are ${kinds}`;
}

function written(document: JsonValue, key: string): JsonValue {
  return isObject(document) ? (document[key] ?? null) : null;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
