/** What a form wants to know from a step's JSON Schema about one field. */
export type SchemaNode = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is SchemaNode =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function fieldNode(schema: SchemaNode, field: string): SchemaNode {
  const node = isNode(schema.properties) ? schema.properties[field] : undefined;
  return isNode(node) ? node : {};
}

/** What the step does when the field is absent; undefined where that is nothing in particular. */
export function fieldDefault(schema: SchemaNode, field: string): unknown {
  return fieldNode(schema, field).default;
}

/** True when the field takes any JSON value, so that plain text is one of them. */
export function holdsAnyJson(schema: SchemaNode, field: string): boolean {
  const { type } = fieldNode(schema, field);
  return type !== 'object' && type !== 'array';
}
