import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseWorkflow } from './parse.ts';
import { prepareSteps } from './prepare.ts';
import { stepDefinitions } from './registry.ts';

const runs = process.env.WARREN_SLOW === '1' ? 20_000 : 1_000;

/** A step that is right except, now and then, for one field. */
const step = fc
  .tuple(
    fc.constantFrom(...stepDefinitions),
    fc.option(fc.tuple(fc.string(), fc.jsonValue()), { freq: 3 }),
    fc.option(fc.jsonValue(), { freq: 3 }),
  )
  .map(([definition, extra, replaced]) => {
    const names = Object.keys(definition.template);
    return {
      ...definition.template,
      ...(replaced ? { [names.at(-1) ?? 'type']: replaced } : {}),
      ...(extra ? { [extra[0]]: extra[1] } : {}),
    };
  });

it('answers anything with a workflow or with issues', () => {
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.jsonValue()), (document) => {
      const parsed = parseWorkflow(document);
      if (!parsed.ok) expect(parsed.failure.code).toBe('invalid');
    }),
    { numRuns: runs },
  );
});

it('what it accepts can be run and is accepted again', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 5 }), (steps) => {
      const parsed = parseWorkflow({ name: 'x', steps });
      if (!parsed.ok) return;
      expect(prepareSteps(parsed.value.steps)).toHaveLength(steps.length);
      expect(parseWorkflow(parsed.value)).toEqual(parsed);
    }),
    { numRuns: runs },
  );
});
