/** Gives a variable a value that later steps can use. */
import { defineStep } from './definition.ts';
import { json, variable } from './fields.ts';

export const setVariable = defineStep({
  type: 'setVariable',
  group: 'data',
  fields: { name: variable(), value: json() },
  template: { type: 'setVariable', name: 'result', value: '' },
  async run(context, step) {
    context.setVariable(step.name, step.value);
  },
});
