/**
 * Edits of a workflow's nested steps. Nothing is changed in place: every operation returns a new list that
 * shares what did not change.
 */
import type { Step } from '../../../../../workspace/model/workflow.ts';

/** The fields of a kind of step that hold steps, in the order they are shown: `then`, `else`. */
export type BranchesOf = (stepType: string) => readonly string[];

/** A place between steps. */
export interface Place {
  /** The step it is inside of; null at the top. */
  readonly parentId: string | null;
  /** The parent's field; unused at the top. */
  readonly branch: string;
  readonly index: number;
}

export type Direction = 'up' | 'down' | 'in' | 'out';

/** One line of the outline, in the order of reading. */
export type OutlineRow =
  | {
      readonly kind: 'step';
      readonly step: Step;
      readonly depth: number;
      /** As refusals write it: `steps[2].then[0]`. */
      readonly path: string;
    }
  | {
      readonly kind: 'branch';
      readonly parentId: string;
      readonly branch: string;
      readonly depth: number;
      readonly length: number;
    };

export function childrenOf(step: Step, branch: string): readonly Step[] {
  const held = step[branch];
  return Array.isArray(held) ? (held as readonly Step[]) : [];
}

export function outlineRows(steps: readonly Step[], branchesOf: BranchesOf): OutlineRow[] {
  return rowsOf(steps, branchesOf, 0, 'steps');
}

function rowsOf(
  steps: readonly Step[],
  branchesOf: BranchesOf,
  depth: number,
  path: string,
): OutlineRow[] {
  return steps.flatMap((step, index) => {
    const own = `${path}[${index}]`;
    return [
      { kind: 'step' as const, step, depth, path: own },
      ...branchesOf(step.type).flatMap((branch): OutlineRow[] => {
        const inside = childrenOf(step, branch);
        return [
          {
            kind: 'branch',
            parentId: step.id,
            branch,
            depth: depth + 1,
            length: inside.length,
          },
          ...rowsOf(inside, branchesOf, depth + 1, `${own}.${branch}`),
        ];
      }),
    ];
  });
}

/** Where a step is; null when it is nowhere. */
export function placeOf(
  steps: readonly Step[],
  branchesOf: BranchesOf,
  id: string,
  parentId: string | null = null,
  branch = '',
): Place | null {
  const index = steps.findIndex((step) => step.id === id);
  if (index >= 0) return { parentId, branch, index };
  for (const step of steps) {
    for (const name of branchesOf(step.type)) {
      const found = placeOf(childrenOf(step, name), branchesOf, id, step.id, name);
      if (found) return found;
    }
  }
  return null;
}

export function findStep(steps: readonly Step[], branchesOf: BranchesOf, id: string): Step | null {
  for (const step of steps) {
    if (step.id === id) return step;
    for (const branch of branchesOf(step.type)) {
      const found = findStep(childrenOf(step, branch), branchesOf, id);
      if (found) return found;
    }
  }
  return null;
}

export function updateStep(
  steps: readonly Step[],
  branchesOf: BranchesOf,
  id: string,
  change: (step: Step) => Step,
): readonly Step[] {
  let changed = false;
  const next = steps.map((step) => {
    const after = step.id === id ? change(step) : updateInside(step, branchesOf, id, change);
    changed ||= after !== step;
    return after;
  });
  return changed ? next : steps;
}

function updateInside(
  step: Step,
  branchesOf: BranchesOf,
  id: string,
  change: (step: Step) => Step,
): Step {
  for (const branch of branchesOf(step.type)) {
    const before = childrenOf(step, branch);
    const after = updateStep(before, branchesOf, id, change);
    if (after !== before) return { ...step, [branch]: after };
  }
  return step;
}

export function insertSteps(
  steps: readonly Step[],
  branchesOf: BranchesOf,
  place: Place,
  added: readonly Step[],
): readonly Step[] {
  const into = (list: readonly Step[]) => [
    ...list.slice(0, place.index),
    ...added,
    ...list.slice(place.index),
  ];
  if (place.parentId === null) return into(steps);
  return updateStep(steps, branchesOf, place.parentId, (parent) => ({
    ...parent,
    [place.branch]: into(childrenOf(parent, place.branch)),
  }));
}

export function removeStep(
  steps: readonly Step[],
  branchesOf: BranchesOf,
  id: string,
): readonly Step[] {
  const place = placeOf(steps, branchesOf, id);
  if (!place) return steps;
  const without = (list: readonly Step[]) => list.filter((step) => step.id !== id);
  if (place.parentId === null) return without(steps);
  return updateStep(steps, branchesOf, place.parentId, (parent) => ({
    ...parent,
    [place.branch]: without(childrenOf(parent, place.branch)),
  }));
}

/** Puts a step elsewhere; into itself it can not go. `place` is meant as before the step is taken out. */
export function relocateStep(
  steps: readonly Step[],
  branchesOf: BranchesOf,
  id: string,
  place: Place,
): readonly Step[] {
  const step = findStep(steps, branchesOf, id);
  const from = placeOf(steps, branchesOf, id);
  if (!step || !from) return steps;
  const intoItself =
    place.parentId === id ||
    (place.parentId !== null &&
      outlineRows([step], branchesOf).some(
        (row) => row.kind === 'step' && row.step.id === place.parentId,
      ));
  if (intoItself) return steps;
  const sameList = from.parentId === place.parentId && from.branch === place.branch;
  const index = sameList && from.index < place.index ? place.index - 1 : place.index;
  if (sameList && index === from.index) return steps;
  return insertSteps(removeStep(steps, branchesOf, id), branchesOf, { ...place, index }, [step]);
}

/** Up and down among its neighbours, in to the end of the one before it, out to after its parent. */
export function moveStep(
  steps: readonly Step[],
  branchesOf: BranchesOf,
  id: string,
  direction: Direction,
): readonly Step[] {
  const target = moveTarget(steps, branchesOf, id, direction);
  return target ? relocateStep(steps, branchesOf, id, target) : steps;
}

function moveTarget(
  steps: readonly Step[],
  branchesOf: BranchesOf,
  id: string,
  direction: Direction,
): Place | null {
  const from = placeOf(steps, branchesOf, id);
  if (!from) return null;
  const parent = from.parentId === null ? null : findStep(steps, branchesOf, from.parentId);
  const neighbours = parent ? childrenOf(parent, from.branch) : steps;
  switch (direction) {
    case 'up':
      return from.index > 0 ? { ...from, index: from.index - 1 } : null;
    case 'down':
      // One past the next one, as seen before the step is taken out.
      return from.index < neighbours.length - 1 ? { ...from, index: from.index + 2 } : null;
    case 'in':
      return endInside(neighbours[from.index - 1], branchesOf);
    case 'out': {
      const outer = parent && placeOf(steps, branchesOf, parent.id);
      return outer ? { ...outer, index: outer.index + 1 } : null;
    }
  }
}

function endInside(step: Step | undefined, branchesOf: BranchesOf): Place | null {
  const branch = step && branchesOf(step.type)[0];
  if (!step || branch === undefined) return null;
  return { parentId: step.id, branch, index: childrenOf(step, branch).length };
}

export function canMove(
  steps: readonly Step[],
  branchesOf: BranchesOf,
  id: string,
  direction: Direction,
): boolean {
  return moveTarget(steps, branchesOf, id, direction) !== null;
}

/** A copy of the step with everything inside it, each with an identifier of its own. */
export function copyStep(step: Step, branchesOf: BranchesOf, newId: () => string): Step {
  const branches = branchesOf(step.type).map((branch) => [
    branch,
    childrenOf(step, branch).map((inside) => copyStep(inside, branchesOf, newId)),
  ]);
  return { ...step, ...Object.fromEntries(branches), id: newId() };
}

/** Gives an identifier to every step that has none or shares one, so that each can be told apart. */
export function identifySteps(
  steps: readonly Step[],
  branchesOf: BranchesOf,
  newId: () => string,
  seen: Set<string> = new Set(),
): readonly Step[] {
  return steps.map((step) => {
    const keep = typeof step.id === 'string' && step.id !== '' && !seen.has(step.id);
    const id = keep ? step.id : newId();
    seen.add(id);
    const branches = branchesOf(step.type).map((branch) => [
      branch,
      identifySteps(childrenOf(step, branch), branchesOf, newId, seen),
    ]);
    return { ...step, ...Object.fromEntries(branches), id };
  });
}
