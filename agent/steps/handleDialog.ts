/** Says how the next dialog is answered; it stands before the step that brings the dialog up. */
import { defineStep } from './definition.ts';
import { flag, optional, template, withDefault } from './fields.ts';

export const handleDialog = defineStep({
  type: 'handleDialog',
  group: 'input',
  fields: {
    accept: withDefault(flag(), true),
    /** What a prompt is told. */
    promptText: optional(template(10_000)),
  },
  template: { type: 'handleDialog', accept: true },
  check(step) {
    return !step.accept && step.promptText !== undefined
      ? [{ field: 'promptText', message: 'goes with accept' }]
      : [];
  },
  async run(context, step) {
    if (step.promptText) context.typed(step.promptText);
    context.answerNextDialog(step);
  },
});
