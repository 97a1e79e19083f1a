/** Takes rows off the page, one after the other, over as many pages of them as there are. */
import { z } from 'zod';
import type { JsonValue } from '../../workspace/model/workflow.ts';
import { defineStep, type RunStep, type StepContext, StepError } from './definition.ts';
import {
  type Field,
  optional,
  selectors,
  target,
  variable,
  wholeNumber,
  withDefault,
} from './fields.ts';
import { until } from './polling.ts';
import { type Column, type Row, readable, readRows } from './readRows.ts';

const columnSchema = z.strictObject({
  name: z.string().min(1).max(200),
  /** CSS, inside of the row; the row itself when absent. */
  selector: z.string().min(1).max(4_000).optional(),
  what: z.enum(readable).default('text'),
  attribute: z.string().min(1).max(200).optional(),
});

/** What of each row is taken, under which name. */
function columns(): Field<readonly Column[]> {
  const schema = z.array(columnSchema).min(1).max(100);
  return { schema, editor: 'json', content: 'json' };
}

const mostRows = 100_000;

const fields = {
  ...target,
  columns: columns(),
  /** Shows the next rows; the end is where it is not there, hidden or disabled. */
  nextPage: optional(selectors()),
  limit: withDefault(wholeNumber({ min: 1, max: mostRows }), 1_000),
  /** The column of the result, and the variable that later steps can use. */
  as: variable(),
};

type TableStep = RunStep<typeof fields>;

export const extractTable = defineStep({
  type: 'extractTable',
  group: 'data',
  fields,
  // For all of the pages together.
  timeout: 300_000,
  template: {
    type: 'extractTable',
    selectors: ['tbody tr'],
    columns: [{ name: 'first', selector: 'td:nth-child(1)' }],
    as: 'rows',
  },
  check(step) {
    const names = new Set(step.columns.map(({ name }) => name));
    if (names.size < step.columns.length) {
      return [{ field: 'columns', message: 'a name is there twice' }];
    }
    return step.columns.some(({ what, attribute }) => what === 'attribute' && !attribute)
      ? [{ field: 'columns', message: 'an attribute is missing' }]
      : [];
  },
  async run(context, step) {
    const first = await context.locate(step);
    await first.waitFor({ state: 'attached', timeout: context.remaining() });
    const rows: Row[] = [];
    for (;;) {
      const shown = await readRows(await context.matches(step), step.columns);
      rows.push(...shown.slice(0, step.limit - rows.length));
      if (rows.length >= step.limit || !(await turn(context, step, shown))) break;
    }
    const value: JsonValue = rows;
    context.extracted(step.as, value);
    context.setVariable(step.as, value);
  },
});

/** @returns whether other rows came. @throws StepError `timeout` when those before stay. */
async function turn(
  context: StepContext,
  step: TableStep,
  before: readonly Row[],
): Promise<boolean> {
  if (!step.nextPage) return false;
  const found = await context.matches({ selectors: step.nextPage, frame: step.frame });
  const next = found.first();
  if ((await found.count()) === 0 || !(await next.isVisible())) return false;
  const isOff = (element: Element) =>
    element.matches(':disabled, [aria-disabled=true], .disabled, [inert]');
  if (await next.evaluate(isOff)) return false;
  await next.click({ timeout: context.remaining() });
  const known = JSON.stringify(before);
  const changed = await until(context, async () => {
    const rows = await readRows(await context.matches(step), step.columns).catch(() => []);
    return rows.length > 0 && JSON.stringify(rows) !== known;
  });
  if (!changed) throw new StepError('timeout', 'the next page shows the same rows');
  return true;
}
