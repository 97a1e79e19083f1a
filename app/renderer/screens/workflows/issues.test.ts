import { expect, it } from 'vitest';
import { sortIssues } from './issues.ts';
import { outlineRows } from './outline/stepTree.ts';

const rows = outlineRows(
  [
    { id: 'a', type: 'click' },
    { id: 'w', type: 'loop', steps: [{ id: 'b', type: 'fill' }] },
  ],
  (type) => (type === 'loop' ? ['steps'] : []),
);

it('puts each refusal to the innermost step and its field', () => {
  const sorted = sortIssues(
    [
      { path: 'steps[1].steps[0].value', message: 'is missing' },
      { path: 'steps[1].conditions[0].value', message: 'is wrong' },
      { path: 'steps[0]', message: 'is unknown' },
      { path: 'name', message: 'is empty' },
    ],
    rows,
  );
  expect(sorted.bySteps.get('b')?.get('value')).toEqual(['is missing']);
  expect(sorted.bySteps.get('w')?.get('conditions')).toEqual(['[0].value: is wrong']);
  expect(sorted.bySteps.get('a')?.get('')).toEqual(['is unknown']);
  expect(sorted.general).toEqual([{ path: 'name', message: 'is empty' }]);
});

it('does not take step 10 for step 1', () => {
  const many = outlineRows(
    Array.from({ length: 11 }, (_, index) => ({ id: `s${index}`, type: 'click' })),
    () => [],
  );
  const sorted = sortIssues([{ path: 'steps[10].url', message: 'x' }], many);
  expect([...sorted.bySteps.keys()]).toEqual(['s10']);
});
