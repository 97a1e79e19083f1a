/** The kinds of steps that the host knows, as the editor uses them. */
import type { Step } from '../../../../workspace/model/workflow.ts';
import type { StepKind } from '../../../ipc/contract.ts';
import { hasText } from '../../../text/index.ts';
import { t, tOr } from '../../shell/text.ts';
import { newStepId } from './document.ts';
import { textOfValue } from './fields/typedText.ts';
import type { BranchesOf } from './outline/stepTree.ts';

export interface Catalogue {
  readonly kinds: readonly StepKind[];
  kindOf(type: string): StepKind | undefined;
  readonly branchesOf: BranchesOf;
}

export function createCatalogue(kinds: readonly StepKind[]): Catalogue {
  const byType = new Map(kinds.map((kind) => [kind.type, kind]));
  const branches = new Map(
    kinds.map((kind) => [
      kind.type,
      kind.fields.filter((field) => field.editor === 'steps').map((field) => field.name),
    ]),
  );
  return {
    kinds,
    kindOf: (type) => byType.get(type),
    branchesOf: (type) => branches.get(type) ?? [],
  };
}

export const newStep = (kind: StepKind): Step => ({
  ...structuredClone(kind.template),
  id: newStepId(),
  type: kind.type,
});

export const kindTitle = (type: string): string => tOr(`step.${type}.title`, type);
export const kindSummary = (type: string): string => tOr(`step.${type}.summary`, '');

/** A field's label: the kind's own word for it where there is one. */
export function fieldLabel(type: string, field: string): string {
  return tOr(`step.${type}.field.${field}`, '') || tOr(`step.field.${field}`, field);
}

export const fieldHint = (type: string, field: string): string =>
  tOr(`step.${type}.hint.${field}`, '') || tOr(`step.hint.${field}`, '');

/** What a step is called: the name it was given, unless its kind uses that field for something else. */
export function stepTitle(step: Step, kind: StepKind | undefined): string {
  const ownName = kind?.fields.some((field) => field.name === 'name');
  return (!ownName && step.name) || kindTitle(step.type);
}

/** What a step was called when it ran; one without a name of its own is reported by its kind. */
export function nameOfStep(reported: string): string {
  const key = `step.${reported}.title`;
  return hasText(key) ? t(key) : reported;
}

/** What a step does, in a few words for its line of the outline: its address, selector or value. */
export function stepDetail(step: Step): string {
  const { type } = step;
  const parts = [
    step.go === undefined ? undefined : tOr(`step.choice.${step.go}`, textOfValue(step.go)),
    step.url,
    step.title,
    type === 'switchPage' ? step.index : undefined,
    firstText(step.selectors),
    type === 'dragTo' ? `→ ${firstText(step.target)}` : undefined,
    firstText(step.conditions),
    type === 'setVariable' || type === 'screenshot' ? step.name : undefined,
    step.key,
    step.forEach,
    step.while,
    step.times,
    step.value ?? step.label ?? step.text,
    step.expression ?? step.code,
    type === 'scroll' && !step.intoView ? `${step.x ?? 0}, ${step.y ?? 0}` : undefined,
    step.ms === undefined ? undefined : `${step.ms} ms`,
    type.startsWith('extract') && step.as !== undefined ? `→ ${textOfValue(step.as)}` : undefined,
  ];
  return parts.map(textOfValue).filter(Boolean).join('  ');
}

/** The first selector or condition, its texts joined: `button Send`. */
function firstText(list: unknown): string {
  const first: unknown = Array.isArray(list) ? list[0] : undefined;
  if (typeof first !== 'object' || first === null) return textOfValue(first);
  return Object.values(first)
    .map((value) => (Array.isArray(value) ? firstText(value) : textOfValue(value)))
    .filter((text) => text !== '' && text !== 'true')
    .join(' ');
}
