import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Step } from '../../../../../workspace/model/workflow.ts';
import {
  type BranchesOf,
  canMove,
  copyStep,
  findStep,
  identifySteps,
  insertSteps,
  moveStep,
  outlineRows,
  placeOf,
  relocateStep,
  removeStep,
  updateStep,
} from './stepTree.ts';

const branchesOf: BranchesOf = (type) =>
  type === 'if' ? ['then', 'else'] : type === 'loop' ? ['steps'] : [];

const step = (id: string): Step => ({ id, type: 'click' });
const when = (id: string, then: Step[], otherwise: Step[] = []): Step => ({
  id,
  type: 'if',
  then,
  else: otherwise,
});

/** The outline in one line: `a if(b|c) d`. */
const shape = (steps: readonly Step[]): string =>
  steps
    .map((one) =>
      one.type === 'if'
        ? `${one.id}(${shape(one.then as Step[])}|${shape(one.else as Step[])})`
        : one.id,
    )
    .join(' ');

const tree = [step('a'), when('w', [step('b'), step('c')], [step('d')]), step('e')];

describe('outlineRows', () => {
  it('lists steps and branches in reading order, with the paths that refusals name', () => {
    const rows = outlineRows(tree, branchesOf).map((row) =>
      row.kind === 'step' ? `${row.depth} ${row.path}` : `${row.depth} ${row.branch}:${row.length}`,
    );
    expect(rows).toEqual([
      '0 steps[0]',
      '0 steps[1]',
      '1 then:2',
      '1 steps[1].then[0]',
      '1 steps[1].then[1]',
      '1 else:1',
      '1 steps[1].else[0]',
      '0 steps[2]',
    ]);
  });
});

describe('finding and changing', () => {
  it('finds a step and its place', () => {
    expect(findStep(tree, branchesOf, 'd')?.id).toBe('d');
    expect(placeOf(tree, branchesOf, 'c')).toEqual({ parentId: 'w', branch: 'then', index: 1 });
    expect(placeOf(tree, branchesOf, 'none')).toBeNull();
  });

  it('changes one step and shares the rest', () => {
    const next = updateStep(tree, branchesOf, 'c', (one) => ({ ...one, note: 'x' }));
    expect(findStep(next, branchesOf, 'c')?.note).toBe('x');
    expect(next[0]).toBe(tree[0]);
    expect(updateStep(tree, branchesOf, 'none', (one) => ({ ...one }))).toBe(tree);
  });

  it('inserts at the top and inside, and removes', () => {
    const place = { parentId: 'w', branch: 'else', index: 0 };
    expect(shape(insertSteps(tree, branchesOf, place, [step('x')]))).toBe('a w(b c|x d) e');
    expect(shape(removeStep(tree, branchesOf, 'b'))).toBe('a w(c|d) e');
    expect(shape(removeStep(tree, branchesOf, 'w'))).toBe('a e');
  });
});

describe('moving', () => {
  it('goes up, down, in and out', () => {
    expect(shape(moveStep(tree, branchesOf, 'c', 'up'))).toBe('a w(c b|d) e');
    expect(shape(moveStep(tree, branchesOf, 'a', 'down'))).toBe('w(b c|d) a e');
    expect(shape(moveStep(tree, branchesOf, 'e', 'in'))).toBe('a w(b c e|d)');
    expect(shape(moveStep(tree, branchesOf, 'b', 'out'))).toBe('a w(c|d) b e');
  });

  it('stays where there is nowhere to go', () => {
    expect(canMove(tree, branchesOf, 'a', 'up')).toBe(false);
    expect(moveStep(tree, branchesOf, 'a', 'out')).toBe(tree);
    expect(moveStep(tree, branchesOf, 'w', 'in')).toBe(tree);
  });

  it('never goes into itself', () => {
    const place = { parentId: 'w', branch: 'then', index: 0 };
    expect(relocateStep(tree, branchesOf, 'w', place)).toBe(tree);
  });

  it('keeps every step, whatever is moved where', () => {
    const ids = ['a', 'w', 'b', 'c', 'd', 'e'];
    const direction = fc.constantFrom('up', 'down', 'in', 'out');
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...ids), direction)), (moves) => {
        const moved = moves.reduce<readonly Step[]>(
          (steps, [id, way]) => moveStep(steps, branchesOf, id, way),
          tree,
        );
        const kept = outlineRows(moved, branchesOf).flatMap((row) =>
          row.kind === 'step' ? [row.step.id] : [],
        );
        expect(kept.sort()).toEqual([...ids].sort());
      }),
    );
  });
});

describe('copies and identifiers', () => {
  it('gives a copy new identifiers throughout', () => {
    let count = 0;
    const copy = copyStep(tree[1] as Step, branchesOf, () => `n${count++}`);
    expect(shape([copy])).toBe('n3(n0 n1|n2)');
  });

  it('identifies only what needs it', () => {
    let count = 0;
    const given = identifySteps(
      [step('a'), step('a'), { type: 'click' } as Step],
      branchesOf,
      () => `n${count++}`,
    );
    expect(given.map((one) => one.id)).toEqual(['a', 'n0', 'n1']);
  });
});
