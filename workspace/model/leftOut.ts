/** What one format says and another can not. */

/** Why it was left out: `kind` has no match, of `viewport` the profile decides, the others name what. */
export const leftOutReasons = [
  'kind',
  'viewport',
  'selector',
  'frame',
  'nth',
  'condition',
  'disabled',
  'expression',
  'options',
] as const;

export interface LeftOut {
  /** Where in the file that was read, or in the workflow that was written: `steps[3]`. */
  readonly path: string;
  /** The kind of step there. */
  readonly kind: string;
  readonly why: (typeof leftOutReasons)[number];
}
